package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// writeCSV writes a line for each spec of each target.
func writeCSV(to io.Writer, runs []*Results) error {
	w := csv.NewWriter(to)
	line := func(fields ...string) {
		for i := range fields {
			fields[i] = sink.CSV(fields[i])
		}
		_ = w.Write(fields) // w keeps the first error
	}
	line("api", "target", "product", "version", "clause", "tier", "verdict", "call", "spec", "says",
		"source", "exchanges", "message")
	for _, run := range runs {
		for verdict, texts := range map[string][]string{"notice": run.heads(lang.English), "not judged": run.Problems} {
			for _, text := range texts {
				line(run.API, "", "", "", "", "", verdict, "", "", "", "", "", text)
			}
		}
		for _, t := range run.Targets {
			for _, r := range t.Results {
				line(run.API, t.Name, t.Product.Name, t.Product.Version, r.Clause, r.Tier, string(r.Verdict), r.Call,
					r.Spec, r.Says, r.Source, strings.Trim(fmt.Sprint(r.Exchanges), "[]"), firstLine(r.Message))
			}
		}
	}
	w.Flush()
	return w.Error()
}
