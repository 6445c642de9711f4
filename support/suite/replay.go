package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// replay finds the HAR files that $EVIDENCE names (a folder with HAR files, or with evidence/ in it) and makes targets
// of those that are of this API. It says whether $EVIDENCE is set; then nothing is sent and nothing is removed.
func (s *Suite) replay() (asked bool, err error) {
	given := os.Getenv("EVIDENCE")
	if given == "" {
		return false, nil
	}
	folder, err := target.FromRoot(given)
	if err != nil {
		return true, err
	}
	paths, within := harFiles(folder), harFiles(filepath.Join(folder, "evidence"))
	switch {
	case len(paths) == 0:
		paths = within
	case len(within) > 0:
		return true, fmt.Errorf("EVIDENCE=%s: HAR files lie in %s and in its folder evidence: name one of the two folders, "+
			"or move them together", given, folder)
	}
	if len(paths) == 0 {
		return true, fmt.Errorf("EVIDENCE=%s: no HAR file lies in %s, nor in its folder evidence", given, folder)
	}
	if s.waivers, err = judgesWaivers(); err != nil {
		return true, fmt.Errorf("WAIVERS: %w", err)
	}
	names, found := target.Selection(), []string{}
	for _, path := range paths {
		text, err := report.ReadEvidence(path)
		if err != nil {
			return true, fmt.Errorf("EVIDENCE: %w", err)
		}
		name, api, err := evidence.About(text)
		if err != nil {
			return true, fmt.Errorf("EVIDENCE: %s: %w. %s", path, err, asWritten)
		}
		if slices.Contains(found, name) {
			return true, fmt.Errorf("EVIDENCE: %s: the target %s stands in two files", path, name)
		}
		found = append(found, name)
		if !slices.Contains(target.APIs(), api) {
			return true, fmt.Errorf("EVIDENCE: %s: log._target.api: %s is none of %s. %s", path,
				exchange.Printable(api, 40), strings.Join(target.APIs(), ", "), asWritten)
		}
		if api == s.api.Name && (len(names) == 0 || slices.Contains(names, name)) {
			if err := s.replays(path, name, text); err != nil {
				return true, fmt.Errorf("EVIDENCE: %w", err)
			}
		}
	}
	for _, name := range names {
		if !slices.Contains(found, name) {
			return true, fmt.Errorf("TARGET names %s, of which no evidence lies in %s; there is that of %v",
				name, folder, found)
		}
	}
	return true, nil
}

// asWritten is what to do about evidence that is not what a run left.
const asWritten = "Judge the file as the suite wrote it, by that version or a later one"

// replays makes a target of evidence from elsewhere. What was altered since it was written is judged only where
// $EVIDENCE_ALTERED allows it, and what is missing in it cannot be judged.
func (s *Suite) replays(path, name string, text []byte) error {
	run, err := evidence.Read(text)
	if err != nil {
		return fmt.Errorf("%s: %w. %s", path, err, asWritten)
	}
	if run.Target.Name != name || run.Target.API != s.api.Name {
		return fmt.Errorf("%s: it names its target twice. %s", path, asWritten)
	}
	if missing := evidence.Missing(text); missing != "" {
		return fmt.Errorf("%s: another tool took away what verdicts rest on: %s. %s", path,
			missing, asWritten)
	}
	if altered := evidence.Altered(text); altered != "" {
		if os.Getenv("EVIDENCE_ALTERED") == "" {
			return fmt.Errorf("%s: %s. %s, or say --altered (EVIDENCE_ALTERED=1) to judge it as it is: every report "+
				"will say so", path, altered, asWritten)
		}
		s.notices = append(s.notices, fmt.Sprintf("%s: its evidence is judged as it lies there, but %s", name, altered))
	}
	if err := run.Validate(s.api); err != nil {
		return fmt.Errorf("%s is no evidence of a run: %w. %s", path, err, asWritten)
	}
	s.targets = append(s.targets, &subject{name: name, run: run})
	s.jobs = append(s.jobs, evidence.Job{Target: run.Target.Target})
	s.replayed = append(s.replayed, path)
	return nil
}

// harFiles are the paths of the HAR files that lie in a folder, which need not be there. Hidden ones are left alone: a
// signature does not cover them, and systems put their own there. No glob: the folder's name may hold [ ].
func harFiles(folder string) []string {
	var paths []string
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if strings.EqualFold(filepath.Ext(entry.Name()), ".har") && entry.Name()[0] != '.' {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	return paths
}

// judgesWaivers are the waivers of who judges evidence, by target: see target.ReadWaivers. Those in evidence are shown
// and not applied.
func judgesWaivers() (target.Waivers, error) {
	given := os.Getenv("WAIVERS")
	if given == "" {
		return nil, nil
	}
	path, err := target.FromRoot(given)
	if err != nil {
		return nil, err
	}
	return target.ReadWaivers(path)
}

// foreign notes when and by which version the evidence was gathered, and puts the judge's waivers in the place of its
// own.
func (ev *subject) foreign(waivers target.Waivers) {
	from := &report.Gathered{By: ev.run.Version, Waivers: ev.run.Target.Waivers}
	for _, e := range ev.run.Exchanges {
		if from.When.IsZero() || e.Started.Before(from.When) {
			from.When = e.Started
		}
	}
	from.When = from.When.UTC().Truncate(time.Second)
	ev.gathered, ev.run.Target.Waivers = from, waivers.Of(ev.run.Target.API, ev.name)
}
