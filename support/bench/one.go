package main

import (
	"fmt"
	"time"
)

// lateness is how long each answer takes where one target is measured.
const lateness = 50 * time.Millisecond

// one measures a run against one target that answers late, beside the chain of answers that it waits for one after
// another, and which rule makes each wait.
func (b *bench) one(api string) error {
	for _, atOnce := range []int{64, 8} {
		r := row{title: fmt.Sprintf("%s: one target, %s per answer, %d at once", api, lateness, atOnce),
			name: fmt.Sprintf("OneTarget/api=%s/atonce=%d", api, atOnce)}
		s := serving{api: api, targets: 1, delay: lateness, concurrency: atOnce}
		err := b.repeat(func() error {
			run, err := b.programs.judge(s)
			if err != nil {
				return err
			}
			bare, _, err := b.programs.replay(s, b.requests[api], atOnce)
			if err != nil {
				return err
			}
			r.add("run", "ns/op", 0, float64(run.Wall))
			waited := longestChain(run.evidence.Exchanges)
			r.add("its longest chain, pauses counted", "chain-ns/op", 0, float64(waited.least()))
			r.add("run ÷ that chain", "run/chain", 1.05, float64(run.Wall)/float64(waited.least()))
			r.add("pauses that the suite keeps", "pauses-ns/op", 0, float64(waited.pauses))
			for i, rule := range links {
				r.add("answers: "+rule, fmt.Sprintf("link%d/op", i+1), 0, float64(waited.answers[rule]))
			}
			r.add(fmt.Sprintf("bare replay, %d at once, heeding no order", atOnce), "bare-ns/op", 0, float64(bare.Wall))
			return nil
		})
		if err != nil {
			return err
		}
		b.done(r)
	}
	return nil
}
