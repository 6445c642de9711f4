package suite

import (
	"errors"
	"strings"

	"github.com/onsi/ginkgo/v2"
)

// Open counts, by setting, the specs that cannot be judged of the first target of targets.yaml because that setting is
// missing. It builds the tree of specs, which a process can do once.
func (s *Suite) Open() (map[string]int, error) {
	s.configure()
	if len(s.problems) > 0 || len(s.jobs) == 0 {
		return nil, errors.New(strings.Join(s.problems, "\n"))
	}
	s.build()
	settings, _ := ginkgo.GinkgoConfiguration()
	first := &s.jobs[0].Target
	open := map[string]int{}
	for _, found := range ginkgo.PreviewSpecs(s.description, settings).SpecReports {
		for _, name := range values(found.Labels(), "scenario") {
			if setting := s.api.Unset(name, first); setting != "" {
				open[setting]++
				break
			}
		}
	}
	return open, nil
}
