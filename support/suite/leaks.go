package suite

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// searchedWhole is up to how many targets each report is searched for the secrets of every one, through encodings within
// encodings. Of more targets each one's evidence is, from which the reports are made, through one encoding: all secrets in all
// files would cost their product.
const searchedWhole = 20

// searchedDeep is up to which size, in bytes, a target's evidence is searched through encodings within encodings. An honest one
// is a tenth of it; of a target that answers with megabytes a deep search takes minutes.
const searchedDeep = 4 << 20

// searchEvidence reads a target's evidence back from its file and looks for the target's secrets. If one is found, the file
// is removed and the run fails.
func (s *Suite) searchEvidence(folder report.Dir, i int) error {
	if found := search(folder.Evidence(s.targets[i].name), s.targets[i:i+1]); found != "" {
		return errors.New(found)
	}
	return nil
}

// giveUp ends the run before anything is judged, and has the reports say why.
func (s *Suite) giveUp(reason string) {
	s.problems = append(s.problems, reason)
	ginkgo.Fail(sink.Text(reason), 1)
}

// untrusted says what is wrong with the reports as they lie in the folder: a secret in them, or what no reader would understand.
func (s *Suite) untrusted(folder report.Dir, results *report.Results) []string {
	wrong := s.searchReports(folder)
	if len(wrong) == 0 { // what was removed cannot be read back
		wrong = folder.ReadBack(results)
	}
	return wrong
}

// withhold puts a failing report in the place of one that is not to be trusted, so that no green one stays. It gives what is to be said;
// where not even that report holds, all of the API's are removed.
func withhold(folder report.Dir, results *report.Results, wrong []string) []string {
	withheld := *results
	withheld.Problems = append([]string{"the results are withheld"}, wrong...)
	withheld.Targets, withheld.Contradictions = []report.Target{}, nil
	err := folder.Write(&withheld)
	if again := folder.ReadBack(&withheld); err != nil || len(again) > 0 {
		if err != nil {
			again = append(again, err.Error())
		}
		wrong = append(wrong, again...)
		if err := folder.Clear(results.API); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	return wrong
}

// searchReports reads the reports of the API back and looks for the secrets of all targets. A file with one is removed; the answer says
// what was found.
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
