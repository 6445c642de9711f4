package proof

import (
	"fmt"
	"os"
	"path/filepath"

	"session-conformance/suites"
	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// asked reads in the evidence of all cases which call each declared step asks. What was sent to none of them is taken
// from asked.txt; where these are all cases, that is a problem, also of what may follow a step: what reads it judges
// nothing. folder has the evidence.
func (a api) asked(folder string, live *report.Results) (asked evidence.Asked, problems []string, err error) {
	suite := suites.Of(a.API)
	asked = evidence.Asked{}
	followed := map[*evidence.FollowUp]bool{}
	for _, t := range live.Targets {
		text, err := os.ReadFile(filepath.Join(folder, t.Name+".har"))
		if err != nil {
			return nil, nil, err
		}
		run, err := evidence.Read(text)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		in, err := suite.AskedIn(run)
		if err != nil {
			return nil, nil, err
		}
		for step, call := range in {
			if known := asked[step]; known != "" && known != call {
				problems = append(problems, fmt.Sprintf("%s: the step %q of %q asks %s of some, and %s of %s: make two steps of it",
					a.API, step.Step, step.Scenario, known, call, t.Name))
			}
			asked[step] = call
		}
		for _, e := range run.Exchanges {
			for _, f := range suite.FollowUps() {
				if _, is := f.Of(e.Step); is {
					followed[f] = true
				}
			}
		}
	}
	for _, f := range suite.FollowUps() {
		if a.wanted.whole() && !followed[f] {
			problems = append(problems, fmt.Sprintf("%s: %q is declared to follow a step, and no case of the proof has it sent",
				a.API, f.Name))
		}
	}
	for _, step := range suite.Steps() {
		name := evidence.StepName{Scenario: step.Scenario().Name, Step: step.Name}
		if asked[name] != "" {
			continue
		}
		if before := suite.Asked()[name]; before != "" {
			asked[name] = before
		}
		if a.wanted.whole() {
			problems = append(problems, fmt.Sprintf("%s: the step %q of %q is declared, and no case of the proof has it sent",
				a.API, name.Step, name.Scenario))
		}
	}
	return asked, problems, nil
}
