package suite

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/evidence"
	"session-conformance/support/redact"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// folder is where the reports of this run lie.
func (s *Suite) folder() (report.Dir, error) {
	return report.FolderOf(os.Getenv("EVIDENCE") != "", s.filter != "")
}

// How long a run waits for a folder that another one holds: a moment, or for a suite as long as one may take to end
// whose program was killed, or to write what shows the results of all APIs.
const (
	aMoment    = 3 * time.Second
	lastSuites = 20 * time.Second
	lastPages  = 2 * time.Minute
)

// sharing holds what shows the results of all APIs while it is written or removed: `go test ./suites/...` runs the
// suites side by side.
func sharing(folder report.Dir, act func() error) error {
	release, err := folder.Hold("pages", lastPages)
	if err != nil {
		return err
	}
	defer release()
	return act()
}

// hold takes the folder for this suite, and in a program that was not started by another one of ours for this run,
// until the process ends. It is asked on process 1 only.
func (s *Suite) hold(folder report.Dir) error {
	if len(s.held) > 0 || s.unheld {
		return nil
	}
	patience := map[string]time.Duration{"suite-" + s.api.Name: lastSuites}
	if s.orders == nil {
		patience[s.api.Name] = aMoment
	}
	for what, long := range patience {
		release, err := folder.Hold(what, long)
		if err != nil {
			s.unheld = true
			return err
		}
		s.held = append(s.held, release)
	}
	return nil
}

// writeAll writes the reports. Where one cannot be written none stays, so that nothing looks green: a short one says
// why, if there is room for it.
func (s *Suite) writeAll(folder report.Dir, results *report.Results) {
	masked, err := s.write(folder, results)
	if err != nil {
		withhold(folder, results, []string{err.Error()})
	}
	if !masked { // what was masked is not what was written
		if unreadable := folder.ReadBack(results); len(unreadable) > 0 {
			withhold(folder, results, unreadable)
		}
	}
}

// withhold fails the run in the place of its results. Where no report can say why, whoever reads the errors is told.
func withhold(folder report.Dir, results *report.Results, wrong []string) {
	all, held := folder.Withhold(results, wrong)
	if !held {
		fmt.Fprintln(os.Stderr, sink.Line(wrong[0]))
	}
	ginkgo.Fail(sink.Text(strings.Join(all, "\n")))
}

// neverCached keeps `go test` from taking a pass of yesterday for one of today: it does not look at files outside of
// the sources, but remembers no test that used one of theirs which was just written.
func neverCached(folder report.Dir) {
	sources, err := target.Sources()
	if err != nil || sources == "" || !testing.Testing() {
		return
	}
	if inside, err := filepath.Rel(sources, folder.Path); err == nil && filepath.IsLocal(inside) {
		return // the reports themselves were just read
	}
	stamp := filepath.Join(sources, "reports", ".judged")
	if err := os.MkdirAll(filepath.Dir(stamp), 0o700); err == nil {
		_ = os.WriteFile(stamp, fmt.Append(nil, time.Now().UnixNano()), 0o600)
		_, _ = os.ReadFile(stamp)
	}
}

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

// keepWordsOf keeps what the specs of other APIs say, whose results stand on the same pages.
func (s *Suite) keepWordsOf(all []*report.Results) {
	for _, results := range all {
		for _, t := range results.Targets {
			for _, r := range t.Results {
				if results.API != s.api.Name {
					s.configured.Keep(r.Spec)
				}
			}
		}
	}
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
		if len(labels) > 0 { // it may be a word of another API: sessionId
			s.keepWordsOf(folder.All())
			masked, labels, ok = s.configured.Mask(text)
		}
		if len(labels) == 0 {
			continue
		}
		if ok {
			if err = folder.Rewrite(path, masked); err == nil {
				found.Notices = append(found.Notices, evidence.Mistake(path, labels))
				continue
			}
		}
		held := path + " held a secret (" + strings.Join(labels, ", ") + ") that could not be masked"
		gone := held + ", and was removed. "
		if err := os.Remove(path); err != nil {
			gone = fmt.Sprintf("%s, and cannot be removed (%v): remove it. ", held, err)
		}
		found.Lost = append(found.Lost, gone+evidence.OurMistake)
	}
	return found
}
