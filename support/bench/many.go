package main

import (
	"errors"
	"fmt"
)

// underWay is how many targets the bare client asks at once where it does so side by side: as many as a run has
// requests under way.
const underWay = 256

// alikeAtLeast is how much of a serial replay must be answered as in the run. The rest is Keycloak's: each server has a
// key of its own.
const alikeAtLeast = 0.95

// many measures runs against many targets that answer at once, all reports included, against a bare client that sends
// the very requests one after another.
func (b *bench) many(api string) error {
	few, many := b.scaled(api, b.Few), b.scaled(api, b.Many)
	few.wall = 1.2
	many.wall, many.cpu = 0.8, 1.6
	err := b.repeat(func() error { return errors.Join(few.measure(b), many.measure(b)) })
	if err == nil {
		b.done(few.row)
		b.done(many.row)
	}
	return err
}

// growth measures how time and memory grow with the number of targets, all reports included.
func (b *bench) growth(api string) error {
	few, many := b.scaled(api, b.Few), b.scaled(api, b.Many)
	r := row{title: fmt.Sprintf("%s: growth from %d to %d targets", api, b.Few, b.Many), name: "Growth/api=" + api}
	times := float64(b.Many) / float64(b.Few)
	err := b.repeat(func() error {
		small, err := b.programs.judge(few.serving)
		if err != nil {
			return err
		}
		large, err := b.programs.judge(many.serving)
		if err != nil {
			return err
		}
		r.add(fmt.Sprintf("run of %d, wall", b.Many), "ns/op", 0, float64(large.Wall))
		r.add(fmt.Sprintf("wall ÷ %g × that of %d", times, b.Few), "wall/linear", 1.10,
			float64(large.Wall)/float64(small.Wall)/times)
		r.add(fmt.Sprintf("CPU ÷ %g × that of %d", times, b.Few), "cpu/linear", 1.10,
			float64(large.CPU)/float64(small.CPU)/times)
		r.add("memory of each further target", "B/target", 0.2*(1<<20),
			float64(large.RSS-small.RSS)/float64(b.Many-b.Few))
		return nil
	})
	if err == nil {
		b.done(r)
	}
	return err
}

// scale is a run against a number of targets.
type scale struct {
	row
	serving
	wall, cpu float64 // what is to be reached, as multiples of a serial replay; 0: nothing is
}

func (b *bench) scaled(api string, targets int) *scale {
	return &scale{row: row{title: fmt.Sprintf("%s: %d targets, answers at once", api, targets),
		name: fmt.Sprintf("Targets/api=%s/targets=%d", api, targets)},
		serving: serving{api: api, targets: targets, concurrency: 8}}
}

// measure runs the suite and the bare client once each, and keeps what both cost.
func (s *scale) measure(b *bench) error {
	run, err := b.programs.judge(s.serving)
	if err != nil {
		return err
	}
	serial, alike, err := b.programs.replay(s.serving, b.requests[s.api], 1)
	if err != nil {
		return err
	}
	if alike < alikeAtLeast {
		return fmt.Errorf("only %.0f %% of the replayed requests are answered as in the run: that is no floor for it",
			100*alike)
	}
	side, _, err := b.programs.replay(s.serving, b.requests[s.api], underWay)
	if err != nil {
		return err
	}
	s.add("run, wall", "ns/op", 0, float64(run.Wall))
	s.add("run, CPU", "cpu-ns/op", 0, float64(run.CPU))
	s.add("run, most memory", "B/run", 0, float64(run.RSS))
	s.add("wall ÷ serial replay", "wall/serial", s.wall, float64(run.Wall)/float64(serial.Wall))
	s.add("CPU ÷ serial replay", "cpu/serial", s.cpu, float64(run.CPU)/float64(serial.CPU))
	s.add(fmt.Sprintf("wall ÷ replay, %d at once", underWay), "wall/atonce", 0, float64(run.Wall)/float64(side.Wall))
	s.add(fmt.Sprintf("CPU ÷ replay, %d at once", underWay), "cpu/atonce", 0, float64(run.CPU)/float64(side.CPU))
	s.add("serial replay, wall", "serial-ns/op", 0, float64(serial.Wall))
	s.add("serial replay, CPU", "serial-cpu-ns/op", 0, float64(serial.CPU))
	s.add("replayed requests answered as in the run, percent", "percent-alike", 0, 100*alike)
	return nil
}
