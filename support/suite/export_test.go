//go:build unit

package suite

import (
	"context"
	"fmt"
	"time"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/evidence"
	"session-conformance/support/target"
)

// GatherEmbedded gives the evidence of an embedded reference server.
func (s *Suite) GatherEmbedded() []byte {
	api := s.api.Name
	job := evidence.Job{Target: target.Target{Name: api + "-lab", API: api, URL: "embedded",
		Own: target.Of(api).Own, Timeout: 5 * time.Second, Concurrency: 8}}
	stop := s.prepare(&job)
	defer stop()
	var har []byte
	evidence.Gather(context.Background(), s.api, []evidence.Job{job}, "test", &evidence.Progress{},
		func(_ int, g evidence.Gathered) { har = g.HAR })
	return har
}

// ReadForeign reads evidence as it is read before it is judged, and says what is wrong with it.
func (s *Suite) ReadForeign(har []byte) error {
	if s.catalogue == nil {
		if err := s.takeCatalogue(); err != nil {
			return fmt.Errorf("the catalogue: %w", err)
		}
	}
	run, err := evidence.Read(har)
	if err != nil {
		return err
	}
	return run.Validate(s.api)
}

// Prepare makes a job ready to be asked.
func (s *Suite) Prepare(job *evidence.Job) (stop func()) { return s.prepare(job) }
