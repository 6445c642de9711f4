package evidence

import (
	"context"
	"maps"
	"slices"
	"time"
)

// Planned is one request of a run, and what its turn came after.
type Planned struct {
	Scenario string
	Step     string
	// After are the places, in the same list, of the requests that had to be answered first. All are earlier ones.
	After []int
	// Wait is how long the scenario itself waited before it.
	Wait time.Duration
}

// awaiting says that a scenario waited for another one, or for a time, when it had sent so many requests.
type awaiting struct {
	sent int
	on   *Scenario // nil: for a time
	wait time.Duration
}

// Plan runs the scenarios against the job's target as Gather does, and gives what was sent, in the order of the
// evidence, with what depends on what. Requests that merely keep out of each other's way, as those of Caller.Alone do
// and those of the clean-up, do not depend on each other.
func Plan(ctx context.Context, api *API, job Job, userAgent string) []Planned {
	r := newRecorder(ctx, api, job, nil, userAgent, &Progress{})
	defer r.client.Close()
	r.run(ctx, api, job)
	return r.plan(api.chosen(job.Scenarios))
}

func (r *recorder) plan(chosen []*Scenario) []Planned {
	var list []Planned
	ends := map[*Scenario][]int{} // the places of the requests after which a scenario has ended
	turn := map[string]*Scenario{}
	add := func(s *Scenario, first []int) {
		before := first
		for i, e := range r.exchanges[s] {
			before = slices.Concat(before, r.awaitedAt(s, i, ends))
			list = append(list, Planned{s.Name, e.Step, compact(before), r.waitedAt(s, i)})
			before = []int{len(list) - 1}
		}
		ends[s] = compact(slices.Concat(before, r.awaitedAt(s, len(r.exchanges[s]), ends)))
	}
	for i, s := range chosen {
		var first []int
		switch {
		case i == 0:
		case s.ending:
			first = slices.Concat(slices.Collect(maps.Values(ends))...) // all that ran before
		default:
			first = ends[chosen[0]]
			for _, earlier := range s.after {
				first = slices.Concat(first, ends[earlier])
			}
			if r.takeTurns && s.account != "" {
				first = slices.Concat(first, ends[turn[s.account]])
				turn[s.account] = s
			}
		}
		add(s, first)
	}
	all := compact(slices.Concat(slices.Collect(maps.Values(ends))...))
	for _, e := range r.exchanges[r.tidies] {
		list = append(list, Planned{Scenario: CleanUpName, Step: e.Step, After: all})
	}
	return list
}

// awaitedAt are the ends of what the scenario waited for when it had sent so many requests.
func (r *recorder) awaitedAt(s *Scenario, sent int, ends map[*Scenario][]int) []int {
	var places []int
	for _, a := range r.awaited[s] {
		if a.sent == sent && a.on != nil {
			places = append(places, ends[a.on]...)
		}
	}
	return places
}

// waitedAt is how long the scenario let pass when it had sent so many requests.
func (r *recorder) waitedAt(s *Scenario, sent int) time.Duration {
	var d time.Duration
	for _, a := range r.awaited[s] {
		if a.sent == sent {
			d += a.wait
		}
	}
	return d
}

func compact(places []int) []int {
	slices.Sort(places)
	return slices.Compact(places)
}

// awaits notes that a scenario waits for another one in its midst.
func (r *recorder) awaits(s, on *Scenario) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.awaited[s] = append(r.awaited[s], awaiting{sent: len(r.exchanges[s]), on: on})
}

// waits notes that a scenario lets time pass in its midst.
func (r *recorder) waits(s *Scenario, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.awaited[s] = append(r.awaited[s], awaiting{sent: len(r.exchanges[s]), wait: d})
}
