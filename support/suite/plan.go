package suite

import (
	"context"
	"fmt"

	"session-conformance/support/evidence"
	"session-conformance/support/target"
)

// Steps are those that the scenarios of the API declare.
func (s *Suite) Steps() (steps []*evidence.Step) {
	for _, scenario := range s.api.Scenarios() {
		steps = append(steps, scenario.Steps()...)
	}
	return steps
}

// Plan runs all scenarios of the API against the target and gives the requests with what depends on what.
func (s *Suite) Plan(ctx context.Context, t target.Target) ([]evidence.Planned, error) {
	if err := s.api.Check(); err != nil {
		return nil, fmt.Errorf("suites/%s: %w", t.API, err)
	}
	job := evidence.Job{Target: t}
	stop := s.prepare(&job)
	defer stop()
	if job.Failed != "" {
		return nil, fmt.Errorf("%s: %s", t.Name, job.Failed)
	}
	return evidence.Plan(ctx, s.api, job, "session-conformance/"+evidence.Version()), nil
}
