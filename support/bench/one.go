package main

import (
	"fmt"
	"time"
)

// lateness is how long each answer takes where one target is measured.
const lateness = 50 * time.Millisecond

// one measures a run against one target that answers late, against the shortest that its order allows.
func (b *bench) one(api string) error {
	for _, atOnce := range []int{64, 8} {
		atLeast, found := Best(b.plans[api], atOnce)
		best := fmt.Sprintf("÷ best schedule, %d answers", found)
		if atLeast < found {
			best = fmt.Sprintf("÷ shortest schedule found, %d answers (none is below %d)", found, atLeast)
		}
		r := row{title: fmt.Sprintf("%s: one target, %s per answer, %d at once", api, lateness, atOnce),
			name: fmt.Sprintf("OneTarget/api=%s/atonce=%d", api, atOnce)}
		s := serving{api: api, targets: 1, delay: lateness, concurrency: atOnce}
		first, err := b.programs.firstOf(b.requests[api], found)
		if err != nil {
			return err
		}
		err = b.repeat(func() error {
			run, _, err := b.programs.judge(s)
			if err != nil {
				return err
			}
			bare, _, err := b.programs.replay(s, b.requests[api], atOnce)
			if err != nil {
				return err
			}
			r.add("run", "ns/op", 0, float64(run.Wall))
			r.add(best, "wall/best", 1.05, float64(run.Wall)/float64(time.Duration(found)*lateness))
			if least := Least(b.plans[api], lateness, atOnce); least > time.Duration(found)*lateness {
				r.add(fmt.Sprintf("÷ %s, with what its scenarios wait of themselves", least), "wall/least", 0,
					float64(run.Wall)/float64(least))
			}
			r.add(fmt.Sprintf("bare replay, %d at once, heeding no order", atOnce), "bare-ns/op", 0, float64(bare.Wall))
			// What the machine adds to each answer, nobody can take away: a timer that rings late, a process that is woken.
			chain, _, err := b.programs.replay(s, first, 1)
			if err != nil {
				return err
			}
			r.add(fmt.Sprintf("bare replay of %d requests, one after another", found), "chain-ns/op", 0, float64(chain.Wall))
			r.add("÷ that", "wall/chain", 0, float64(run.Wall)/float64(chain.Wall))
			return nil
		})
		if err != nil {
			return err
		}
		b.done(r)
	}
	return nil
}
