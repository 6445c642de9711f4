package suite

import (
	"encoding/json"
	"fmt"
	"os"

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

// write writes the reports and looks for secrets of targets.yaml in them as they lie in the folder. A piece that
// holds one is masked where it stands, and the reports say so. Only a file in which that is impossible is removed.
// masked says whether there was one.
func (s *Suite) write(folder report.Dir, results *report.Results) (masked bool, err error) {
	if err := folder.Write(results); err != nil {
		return false, err
	}
	found := s.maskFiles(folder, results.API)
	if len(found.Notices)+len(found.Lost) == 0 {
		return false, nil
	}
	results.Notices, results.Lost = append(results.Notices, found.Notices...), append(results.Lost, found.Lost...)
	if err := folder.Write(results); err != nil { // with what was found
		return true, err
	}
	s.maskFiles(folder, results.API)
	return true, nil
}

// maskFiles says what was masked, as notices, and what was removed, as lost.
func (s *Suite) maskFiles(folder report.Dir, api string) (found report.Results) {
	if s.configured == nil {
		return found
	}
	for _, path := range folder.Files(api) {
		text, err := os.ReadFile(path)
		if err != nil {
			found.Lost = append(found.Lost, fmt.Sprintf("%s cannot be read back: %v", path, err))
			continue
		}
		masked, labels, ok := s.configured.Mask(text)
		if len(labels) == 0 {
			continue
		}
		if ok {
			if err = folder.Rewrite(path, masked); err == nil {
				found.Notices = append(found.Notices, evidence.Mistake(path, labels))
				continue
			}
		}
		gone := fmt.Sprintf("%s held a secret that could not be masked, and was removed. ", path)
		if err := os.Remove(path); err != nil {
			gone = fmt.Sprintf("%s holds a secret that could not be masked, and cannot be removed (%v): remove it. ", path, err)
		}
		found.Lost = append(found.Lost, gone+evidence.Mistake("it", labels))
	}
	return found
}
