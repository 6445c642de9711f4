//go:build unit

package suite

import (
	"context"
	"fmt"
	"time"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/target"
)

// GatherEmbedded gives the evidence of an embedded reference server.
func GatherEmbedded(api string) []byte {
	s := made[api]
	job := evidence.Job{Target: target.Target{Name: api + "-lab", API: api, URL: "embedded", Version: target.DefaultVersion, Probe: target.DefaultProbe,
		Timeout: 5 * time.Second, Concurrency: 8, User: &target.User{}}}
	if api != target.SDM {
		job.Target.Version, job.Target.Probe = "", ""
	}
	job.Target.User = nil
	stop := prepare(&job)
	defer stop()
	var har []byte
	evidence.Gather(context.Background(), s.api, []evidence.Job{job}, "test", &evidence.Progress{}, func(_ int, g evidence.Gathered) { har = g.HAR })
	return har
}

// ReadForeign reads evidence as it is read before it is judged, and says what is wrong with it.
func ReadForeign(api string, har []byte) error {
	s := made[api]
	if s.catalogue == nil {
		var err error
		if s.catalogue, err = clause.Read(api, s.clauses); err != nil {
			return fmt.Errorf("the catalogue: %w", err)
		}
		s.takeCatalogue()
	}
	run, err := evidence.Read(har)
	if err != nil {
		return err
	}
	return run.Validate(s.api)
}
