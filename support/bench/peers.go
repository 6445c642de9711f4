package bench

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/target"
)

// RunPeers has each peer that is installed do the checks of peers/checks.yaml, and the suite judge the same clauses, against the same
// servers. It writes a table to Out and gives the same for benchstat.
func RunPeers(o Options) (benchmarkText string, err error) {
	o.APIs = []string{target.SAYMON}
	b := &bench{Options: o}
	c, err := readChecks(o.Root)
	if err != nil {
		return "", err
	}
	chain, err := c.chain()
	if err != nil {
		return "", err
	}
	if b.programs, err = build(o.Root, o.APIs); err != nil {
		return "", err
	}
	defer b.programs.remove()
	judges := []judge{{name: "this suite", many: true, judge: func(s serving) (Cost, error) {
		cost, _, err := b.programs.judge(s, "--ginkgo.label-filter=clause: containsAny {"+strings.Join(c.clauses(), ",")+"}")
		return cost, err
	}}}
	for _, p := range b.installed() {
		if err := p.prove(b, c); err != nil {
			return "", err
		}
		judges = append(judges, judge{name: p.name, many: p.many, beyond: c.cannot(p.name), judge: func(s serving) (Cost, error) {
			cost, passed, output, err := p.judges(b, s)
			if err == nil && !passed {
				err = fmt.Errorf("%s fails the conforming server:\n%s", p.name, output)
			}
			return cost, err
		}})
	}
	err = b.sideBySide(judges, chain)
	return benchmarks(b.rows), err
}

// prove sees to it that each check of the peer can fail: of the servers that break its clause, one at least must not pass. Others
// may: such as those that break it for another account only.
func (p peer) prove(b *bench, c *checks) error {
	for _, id := range c.clauses() {
		caught := false
		for _, f := range saymon.Faults {
			if f.Clause != id || f.HTTPS || caught {
				continue
			}
			_, passed, _, err := p.judges(b, serving{api: target.SAYMON, targets: 1, concurrency: 8, with: f.Name})
			if err != nil {
				return err
			}
			caught = !passed
		}
		if !caught {
			return fmt.Errorf("%s passes every server that breaks %s: its check cannot fail", p.name, id)
		}
	}
	fmt.Fprintf(b.Out, "%s: each of its %d checks can fail\n", p.name, len(c.clauses()))
	return nil
}

// judge is the suite or a peer.
type judge struct {
	name     string
	many     bool
	beyond   string // which clauses it cannot express
	judge    func(serving) (Cost, error)
	requests string // the path of those that it sends
	sent     int
}

func (b *bench) sideBySide(judges []judge, chain int) error {
	one := serving{api: target.SAYMON, targets: 1, delay: lateness, concurrency: 64}
	many := serving{api: target.SAYMON, targets: b.Many, concurrency: 8}
	ones, manys := make([]row, len(judges)), make([]row, len(judges))
	for i := range judges {
		j := &judges[i]
		if err := j.count(b); err != nil {
			return err
		}
		ones[i] = row{title: fmt.Sprintf("%s: one target, %s per answer, %d requests", j.name, lateness, j.sent), name: "PeersOne/by=" + j.plain()}
		manys[i] = row{title: fmt.Sprintf("%s: %d targets, answers at once", j.name, b.Many), name: "PeersMany/by=" + j.plain()}
	}
	err := b.repeat(func() error {
		for i, j := range judges {
			cost, err := j.judge(one)
			if err != nil {
				return err
			}
			ones[i].add("wall", "ns/op", 0, float64(cost.Wall))
			ones[i].add(fmt.Sprintf("÷ the %d of the checks' requests that depend on each other", chain), "wall/chain", 0, float64(cost.Wall)/float64(time.Duration(chain)*lateness))
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = b.repeat(func() error {
		for i, j := range judges {
			if j.many {
				if err := j.against(b, many, &manys[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for i, j := range judges {
		b.done(ones[i])
		if j.many && err == nil {
			b.done(manys[i])
		}
		fmt.Fprint(b.Out, j.beyond)
	}
	return err
}

// against measures the judge by a bare client that sends what the judge sends.
func (j judge) against(b *bench, s serving, r *row) error {
	cost, err := j.judge(s)
	if err != nil {
		return err
	}
	serial, _, err := b.programs.replay(s, j.requests, 1)
	if err != nil {
		return err
	}
	r.add("wall", "ns/op", 0, float64(cost.Wall))
	r.add("wall ÷ serial replay of its requests", "wall/serial", 0, float64(cost.Wall)/float64(serial.Wall))
	r.add("CPU ÷ serial replay of its requests", "cpu/serial", 0, float64(cost.CPU)/float64(serial.CPU))
	return nil
}

// count records the requests that the judge sends to one target.
func (j *judge) count(b *bench) error {
	j.requests = b.programs.path("requests.json")
	if _, err := j.judge(serving{api: target.SAYMON, targets: 1, concurrency: 8, record: j.requests}); err != nil {
		return err
	}
	text, err := os.ReadFile(j.requests)
	if err != nil {
		return err
	}
	var sent []Request
	err = json.Unmarshal(text, &sent)
	j.sent = len(sent)
	return err
}

// plain is the name without blanks.
func (j judge) plain() string { return strings.ReplaceAll(j.name, " ", "-") }
