package suite

import (
	"encoding/json"

	"session-conformance/support/evidence"
	"session-conformance/support/redact"
	"session-conformance/support/report"
)

// masked is a text about a target without secrets, and the labels of those that stood in it: of all that targets.yaml
// declares, and of all that the target minted, which process 1 knows. The target may be nil. Specs see stand-ins
// only, so there should be none; where there is one, the verdict stands.
func (s *Suite) masked(t *subject, text string) (string, []string) {
	known := []*redact.Hider{s.configured}
	if t != nil {
		known = append(known, t.secrets)
	}
	var all []string
	for _, secrets := range known {
		if secrets == nil {
			continue
		}
		masked, labels, ok := secrets.Mask([]byte(text))
		if text = string(masked); !ok {
			text = "[masked]"
		}
		all = append(all, labels...)
	}
	return text, all
}

// mask masks secrets in what was decided of a target before reports are made of it. The verdicts stand. It gives a
// sentence for each piece.
func (s *Suite) mask(ev *subject, t *report.Target) (said []string) {
	if whole, err := json.Marshal(t); err == nil {
		if _, labels := s.masked(ev, string(whole)); len(labels) == 0 {
			return nil
		}
	}
	clean := func(piece string, text *string) {
		masked, labels := s.masked(ev, *text)
		if *text = masked; len(labels) > 0 {
			said = append(said, evidence.Mistake(t.Name+": "+piece, labels))
		}
	}
	for k := range t.Results {
		r := &t.Results[k]
		clean("the text of the spec "+r.Spec, &r.Message)
		clean("the command of the spec "+r.Spec, &r.Curl)
	}
	for k := range t.Scripts {
		clean("the script of "+t.Scripts[k].Clause, &t.Scripts[k].Steps)
		clean("the script of "+t.Scripts[k].Clause, &t.Scripts[k].Text)
	}
	for k := range t.Observations {
		clean("the observation "+t.Observations[k].Name, &t.Observations[k].Value)
	}
	clean("why it was stopped", &t.Stopped)
	return said
}
