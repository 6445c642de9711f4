package main

import (
	"slices"
	"time"

	"session-conformance/support/evidence"
)

// Longest is the number of requests in the longest chain in which each depends on the one before it. However many may
// be under way at once, no run is shorter.
func Longest(plan []evidence.Planned) int {
	if len(plan) == 0 {
		return 0
	}
	return slices.Max(levels(plan))
}

// Least is how long a run takes at least where each answer takes so long and no more than limit requests may be under
// way at once: the waits of its scenarios count, but not where they pass beside something longer.
func Least(plan []evidence.Planned, answer time.Duration, limit int) time.Duration {
	_, steps := Best(plan, limit)
	least := time.Duration(steps) * answer
	ends := make([]time.Duration, len(plan))
	for i, p := range plan {
		for _, before := range p.After {
			ends[i] = max(ends[i], ends[before])
		}
		ends[i] += p.Wait + answer
		least = max(least, ends[i])
	}
	return least
}

// levels gives for each request how many follow one another from it to the end, itself included.
func levels(plan []evidence.Planned) []int {
	level := make([]int, len(plan))
	for i := len(plan) - 1; i >= 0; i-- { // what depends on a request stands behind it
		level[i]++
		for _, before := range plan[i].After {
			level[before] = max(level[before], level[i])
		}
	}
	return level
}

// Best gives how many answers' times a run takes at least where no more than limit requests may be under way at once
// and all take the same time, and how many the schedule takes that always sends what has the longest way to go. Where
// the two are the same no schedule is better.
func Best(plan []evidence.Planned, limit int) (atLeast, found int) {
	level, start := levels(plan), starts(plan)
	// What stands behind so many others, and before so many, has only the time between for all of it.
	for behind := range Longest(plan) {
		for before := range Longest(plan) {
			between := 0
			for i := range plan {
				if start[i] >= behind && level[i] > before {
					between++
				}
			}
			if between > 0 {
				atLeast = max(atLeast, behind+(between+limit-1)/limit+before)
			}
		}
	}
	return atLeast, schedule(plan, level, limit)
}

// starts gives for each request how many must have been answered one after another before it.
func starts(plan []evidence.Planned) []int {
	start := make([]int, len(plan))
	for i, p := range plan {
		for _, before := range p.After {
			start[i] = max(start[i], start[before]+1)
		}
	}
	return start
}

func schedule(plan []evidence.Planned, level []int, limit int) (steps int) {
	answered := make([]bool, len(plan))
	for sent := 0; sent < len(plan); steps++ {
		var ready []int
		for i, p := range plan {
			if !answered[i] && !slices.ContainsFunc(p.After, func(before int) bool { return !answered[before] }) {
				ready = append(ready, i)
			}
		}
		slices.SortStableFunc(ready, func(a, b int) int { return level[b] - level[a] })
		for _, i := range ready[:min(limit, len(ready))] {
			answered[i] = true
			sent++
		}
	}
	return steps
}
