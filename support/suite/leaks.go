package suite

import (
	"fmt"
	"os"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

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
