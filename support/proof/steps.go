package proof

import (
	"fmt"
	"os"
	"path/filepath"

	"session-conformance/suites"
	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// unsent says which steps are declared and sent to none of all cases: what reads them judges nothing. folder has the
// evidence.
func (a api) unsent(folder string, live *report.Results) (problems []string, err error) {
	if !a.wanted.whole() {
		return nil, nil
	}
	sent := map[[2]string]bool{}
	for _, t := range live.Targets {
		text, err := os.ReadFile(filepath.Join(folder, t.Name+".har"))
		if err != nil {
			return nil, err
		}
		run, err := evidence.Read(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		for _, e := range run.Exchanges {
			sent[[2]string{e.Scenario, e.Step}] = true
		}
	}
	for _, step := range suites.Of(a.API).Steps() {
		if !sent[[2]string{step.Scenario().Name, step.Name}] {
			problems = append(problems, fmt.Sprintf("%s: the step %q of %q is declared, and no case of the proof has it sent",
				a.API, step.Name, step.Scenario().Name))
		}
	}
	return problems, nil
}
