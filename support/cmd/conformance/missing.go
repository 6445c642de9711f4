package main

import (
	"slices"
	"strings"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// reportMissing leaves a failing report for each API whose suite should have left results and has none: it does not compile, or was
// killed. Without it only the exit would say so, and no JUnit.
func reportMissing(folder report.Dir, apis []string, began time.Time) error {
	for _, api := range apis {
		if r, err := folder.Read(api); err == nil && !r.Started.Before(began) {
			continue
		}
		failed := &report.Results{Format: report.Format, API: api, SuiteVersion: evidence.Version(), Started: time.Now().UTC(),
			Problems: []string{"the suite ended without results: it does not compile, a flag is not one of ginkgo, or it was killed; what ginkgo printed says why"}, Targets: []report.Target{}}
		if err := folder.Write(failed); err != nil {
			return err
		}
	}
	return nil
}

// filters are the flags of ginkgo that may leave an API without any spec, and so without results.
var filters = []string{"focus", "skip", "label-filter", "focus-file", "skip-file", "sem-ver-filter"}

func filtered(flags []string) bool {
	return slices.ContainsFunc(flags, func(flag string) bool {
		name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimLeft(flag, "-"), "ginkgo."), "=")
		return strings.HasPrefix(flag, "-") && slices.Contains(filters, name)
	})
}
