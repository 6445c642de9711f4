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
	if err := w.Write([]string{"api", "target", "product", "version", "clause", "tier", "verdict", "call", "spec", "says",
		"source", "exchanges", "message"}); err != nil {
		return err
	}
	for _, run := range runs {
		for verdict, texts := range map[string][]string{"notice": run.heads(lang.English), "not judged": run.Problems} {
			for _, text := range texts {
				if err := w.Write([]string{sink.CSV(run.API), "", "", "", "", "", verdict, "", "", "", "", "",
					sink.CSV(text)}); err != nil {
					return err
				}
			}
		}
		for _, t := range run.Targets {
			for _, r := range t.Results {
				fields := []string{run.API, t.Name, t.Product.Name, t.Product.Version, r.Clause, r.Tier, string(r.Verdict), r.Call,
					r.Spec, r.Says, r.Source,
					strings.Trim(fmt.Sprint(r.Exchanges), "[]"), firstLine(r.Message)}
				for i := range fields {
					fields[i] = sink.CSV(fields[i])
				}
				if err := w.Write(fields); err != nil {
					return err
				}
			}
		}
	}
	w.Flush()
	return w.Error()
}
