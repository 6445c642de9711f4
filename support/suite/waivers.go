package suite

import (
	"os"
	"time"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// judgesWaivers are the waivers of who judges evidence, by target: see target.ReadWaivers. Those in evidence are shown
// and not applied.
func judgesWaivers() (target.Waivers, error) {
	given := os.Getenv("WAIVERS")
	if given == "" {
		return nil, nil
	}
	path, err := target.FromRoot(given)
	if err != nil {
		return nil, err
	}
	return target.ReadWaivers(path)
}

// foreign notes when and by which version the evidence was gathered, and puts the judge's waivers in the place of its
// own.
func (ev *subject) foreign(waivers target.Waivers) {
	from := &report.Gathered{By: ev.run.Version, Waivers: ev.run.Target.Waivers}
	for _, e := range ev.run.Exchanges {
		if from.When.IsZero() || e.Started.Before(from.When) {
			from.When = e.Started
		}
	}
	from.When = from.When.UTC().Truncate(time.Second)
	ev.gathered, ev.run.Target.Waivers = from, waivers.Of(ev.run.Target.API, ev.name)
}
