package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
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
	paths := harFiles(folder)
	if len(paths) == 0 {
		paths = harFiles(filepath.Join(folder, "evidence"))
	}
	if len(paths) == 0 {
		return true, fmt.Errorf("EVIDENCE=%s: no HAR file lies in %s, nor in its folder evidence", given, folder)
	}
	if s.waivers, err = judgesWaivers(); err != nil {
		return true, fmt.Errorf("WAIVERS: %w", err)
	}
	names, found := target.Selection(), []string{}
	for _, path := range paths {
		run, altered, err := s.readReplayed(path)
		if err != nil {
			return true, fmt.Errorf("EVIDENCE: %w", err)
		}
		name := run.Target.Name
		if slices.Contains(found, name) {
			return true, fmt.Errorf("EVIDENCE: %s: the target %s stands in two files", path, name)
		}
		found = append(found, name)
		if !slices.Contains(target.APIs(), run.Target.API) {
			return true, fmt.Errorf("EVIDENCE: %s: log._target.api: %s is none of %s", path,
				exchange.Printable(run.Target.API, 40), strings.Join(target.APIs(), ", "))
		}
		if run.Target.API == s.api.Name && (len(names) == 0 || slices.Contains(names, name)) {
			if err := run.Validate(s.api); err != nil {
				return true, fmt.Errorf("EVIDENCE: %s is no evidence of a run: %w", path, err)
			}
			s.targets = append(s.targets, &subject{name: name})
			s.jobs = append(s.jobs, evidence.Job{Target: run.Target.Target})
			s.replayed = append(s.replayed, path)
			if altered != "" {
				s.notices = append(s.notices, fmt.Sprintf("%s: its evidence is judged as it lies there, but %s", name, altered))
			}
		}
	}
	for _, name := range names {
		if !slices.Contains(found, name) {
			return true, fmt.Errorf("TARGET names %s, of which no evidence lies in %s; there is that of %v", name, folder, found)
		}
	}
	return true, nil
}

// readReplayed reads evidence from elsewhere. That of another API is the matter of its suite. What was altered since it
// was written is judged only where $EVIDENCE_ALTERED allows it, and what is missing in it cannot be judged.
func (s *Suite) readReplayed(path string) (run *evidence.Evidence, altered string, err error) {
	text, err := target.ReadRegular(path, evidenceLimit)
	if err != nil {
		return nil, "", err
	}
	if run, err = evidence.Read(text); err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	if run.Target.API != s.api.Name {
		return run, "", nil
	}
	if missing := evidence.Missing(text); missing != "" {
		return nil, "", fmt.Errorf("%s: another tool took away what verdicts rest on: %s. Judge the file as the suite wrote it", path, missing)
	}
	altered = evidence.Altered(text)
	if altered != "" && os.Getenv("EVIDENCE_ALTERED") == "" {
		return nil, "", fmt.Errorf("%s: %s. Judge the file as the suite wrote it, or say --altered (EVIDENCE_ALTERED=1) "+
			"to judge it as it is: "+
			"every report will say so", path, altered)
	}
	return run, altered, nil
}

// harFiles are the paths of the HAR files that lie in a folder, which need not be there. No glob: its name may hold [
// ].
func harFiles(folder string) []string {
	var paths []string
	entries, _ := os.ReadDir(folder)
	for _, entry := range entries {
		if strings.EqualFold(filepath.Ext(entry.Name()), ".har") {
			paths = append(paths, filepath.Join(folder, entry.Name()))
		}
	}
	return paths
}
