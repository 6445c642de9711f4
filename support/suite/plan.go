package suite

import (
	"context"
	"fmt"

	"session-conformance/support/evidence"
	"session-conformance/support/target"
)

// made are the suites of this program, by API.
var made = map[string]*Suite{}

// Plan runs all scenarios of the target's API against the target and gives the requests with what depends on what. The package
// of the API's suite must be part of the program.
func Plan(ctx context.Context, t target.Target) ([]evidence.Planned, error) {
	s := made[t.API]
	if s == nil {
		return nil, fmt.Errorf("the suite of the API %q is not part of this program", t.API)
	}
	if err := s.api.Check(); err != nil {
		return nil, fmt.Errorf("suites/%s: %w", t.API, err)
	}
	job := evidence.Job{Target: t}
	stop := prepare(&job)
	defer stop()
	if job.Failed != "" {
		return nil, fmt.Errorf("%s: %s", t.Name, job.Failed)
	}
	return evidence.Plan(ctx, s.api, job, "session-conformance/"+evidence.Version()), nil
}
