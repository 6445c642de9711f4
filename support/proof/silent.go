package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/report"
)

// silent finds the faults that nobody can notice: their exchanges look like those of the reference server. Only what no
// spec noticed is looked at. folder has the evidence.
func (a api) silent(folder string, live *report.Results) (problems []string, err error) {
	noticed := map[string]bool{}
	for _, t := range live.Targets {
		noticed[t.Name] = slices.ContainsFunc(t.Results, func(r report.Result) bool {
			return r.Verdict == report.Fail || r.Verdict == report.Warn
		})
	}
	for _, c := range a.cases() {
		if c.Kind != Fault || noticed[c.Target()] {
			continue
		}
		reference := "reference"
		if c.https {
			reference = "reference-over-https"
		}
		right, err := outline(filepath.Join(folder, reference+".har"))
		if err != nil {
			return nil, err
		}
		wrong, err := outline(filepath.Join(folder, c.Target()+".har"))
		if err != nil {
			return nil, err
		}
		if slices.Equal(right, wrong) {
			problems = append(problems, fmt.Sprintf("%s: fault %s changes nothing on the wire (%s)", a.API, c.Name, c.Says))
		}
	}
	return problems, nil
}

// random finds what differs from run to run in an answer: IDs, tokens, times. They have digits.
var random = regexp.MustCompile(`[\w.-]*\d[\w.-]*`)

// outline is what the answers of a HAR file look like, in order: status, header fields and body without what is random.
func outline(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var har struct {
		Log struct {
			Entries []struct {
				Response struct {
					Status  int
					Headers []struct{ Name, Value string }
					Content struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(text, &har); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var lines []string
	for _, e := range har.Log.Entries {
		var headers []string
		for _, h := range e.Response.Headers {
			if h.Name != "Date" {
				headers = append(headers, h.Name+": "+h.Value)
			}
		}
		slices.Sort(headers)
		shown := strings.Join(headers, "\n") + "\n" + e.Response.Content.Text
		lines = append(lines, fmt.Sprint(e.Response.Status, "\n", random.ReplaceAllString(shown, "*")))
	}
	slices.Sort(lines) // scenarios run side by side
	return lines, nil
}
