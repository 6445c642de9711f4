package suite

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"session-conformance/support/report"
)

// searchedWhole is up to how many targets each report is searched for the secrets of every one, through encodings within
// encodings. Of more targets each one's evidence is, from which the reports are made, through one encoding: all secrets in all
// files would cost their product.
const searchedWhole = 20

// searchEvidence reads a target's evidence back from its file and looks for the target's secrets. If one is found, the file
// is removed and the run fails.
func (s *Suite) searchEvidence(folder report.Dir, i int) error {
	if found := search(folder.Evidence(s.targets[i].name), s.targets[i:i+1]); found != "" {
		return errors.New(found)
	}
	return nil
}

// searchReports does the same for the reports of the API, and says what was found.
func (s *Suite) searchReports(folder report.Dir) []string {
	var found []string
	if len(s.targets) > searchedWhole {
		return nil
	}
	for _, path := range folder.Files(s.api.Name) {
		if wrong := search(path, s.targets); wrong != "" {
			found = append(found, wrong)
		}
	}
	return found
}

// search reads a file back and looks for the targets' secrets. A file with one is removed; the answer names the secret by
// its label, and is empty where none was found.
func search(path string, targets []*Evidence) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Sprintf("%s cannot be read back: %v", path, err)
	}
	for _, ev := range targets {
		if ev.leaks == nil {
			continue
		}
		if labels := ev.leaks(text); len(labels) > 0 {
			gone := "It was removed."
			if err := os.Remove(path); err != nil {
				gone = fmt.Sprintf("It could not be removed: %v", err)
			}
			return fmt.Sprintf("%s held a secret of %s: %s. %s This is a mistake of the suite: please report it.", path, ev.name, strings.Join(labels, ", "), gone)
		}
	}
	return ""
}
