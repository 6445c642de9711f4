package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// folder is where the reports of this run lie.
func (s *Suite) folder() (report.Dir, error) {
	return report.FolderOf(os.Getenv("EVIDENCE") != "", s.filter != "")
}

// How long a run waits for a folder that another one holds: a moment, or for a suite as long as one may take to end
// whose program was killed.
const (
	aMoment    = 3 * time.Second
	lastSuites = 20 * time.Second
)

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
