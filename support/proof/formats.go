package proof

import (
	"fmt"
	"os"
	"path/filepath"

	"session-conformance/support/formats"
	"session-conformance/support/report"
)

// malformed says what in a folder of reports is not what its public format demands: the API's JUnit, and the evidence
// of each target of the results. The peculiar servers put into them what real ones do not.
func malformed(folder string, results *report.Results) []string {
	var wrong []string
	check := func(path string, valid func([]byte) error) {
		text, err := os.ReadFile(path)
		if err == nil {
			err = valid(text)
		}
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("%s: %s: %v", results.API, filepath.Base(path), err))
		}
	}
	for _, path := range (report.Dir{Path: folder}).JUnits(results.API) {
		check(path, formats.JUnit)
	}
	for _, t := range results.Targets {
		check(report.Dir{Path: folder}.Evidence(t.Name), formats.HAR)
	}
	return wrong
}
