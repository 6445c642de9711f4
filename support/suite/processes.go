package suite

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/onsi/ginkgo/v2"
)

// Ginkgo's -p judges in several processes, of which the first one writes the reports. The others hand it their
// judgements in files.

// handedJudgement is a judgement as it stands in such a file.
type handedJudgement struct {
	Spec   string `json:"spec"`
	Target int    `json:"target"`
	judgement
}

// handedBy is the file of a process, counted from 1.
func (s *Suite) handedBy(process int) (string, error) {
	folder, err := s.folder()
	return filepath.Join(folder.Path, fmt.Sprintf(".judged-%s-%d.json", s.api.Name, process)), err
}

// handOver writes the judgements of this process, unless it is the first.
func (s *Suite) handOver() {
	process := ginkgo.GinkgoParallelProcess()
	if process == 1 {
		return
	}
	all := []handedJudgement{}
	for of, j := range s.judgements {
		all = append(all, handedJudgement{of.spec, of.target, j})
	}
	text, err := json.Marshal(all)
	if err == nil {
		var path string
		if path, err = s.handedBy(process); err == nil {
			err = os.WriteFile(path, text, 0o600)
		}
	}
	if err != nil {
		ginkgo.Fail("judgements cannot be handed on: " + err.Error())
	}
}

// forgetOthers removes what processes of a run before left that did not come to its end.
func (s *Suite) forgetOthers(processes int) {
	for process := 2; process <= processes; process++ {
		if path, err := s.handedBy(process); err == nil {
			_ = os.Remove(path)
		}
	}
}

// takeFromOthers reads the judgements of the other processes. Of one that judged nothing there is no file.
func (s *Suite) takeFromOthers(processes int) error {
	for process := 2; process <= processes; process++ {
		path, err := s.handedBy(process)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var all []handedJudgement
		if err == nil {
			err = json.Unmarshal(text, &all)
		}
		if err != nil {
			return fmt.Errorf("the judgements of process %d cannot be read: %w", process, err)
		}
		for _, h := range all {
			s.judgements[judged{h.Spec, h.Target}] = h.judgement
		}
	}
	s.forgetOthers(processes)
	return nil
}
