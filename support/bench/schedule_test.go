//go:build unit

package main

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
)

// planned makes a plan of what each request comes after.
func planned(after ...[]int) []evidence.Planned {
	plan := make([]evidence.Planned, len(after))
	for i := range after {
		plan[i].After = after[i]
	}
	return plan
}

func TestLongestFollowsWhatDependsOnWhat(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Longest(nil)).To(Equal(0))
	g.Expect(Longest(planned(nil, nil, nil))).To(Equal(1))
	g.Expect(Longest(planned(nil, []int{0}, nil, []int{1, 2}, []int{2}))).To(Equal(3))
}

func TestLeastCountsWaits(t *testing.T) {
	g := NewWithT(t)
	plan := planned(nil, []int{0}, []int{0}, []int{1, 2})
	g.Expect(Least(plan, 50*time.Millisecond, 8)).To(Equal(150 * time.Millisecond))
	g.Expect(Least(plan, 50*time.Millisecond, 1)).To(Equal(200 * time.Millisecond))
	plan[1].Wait = time.Second
	g.Expect(Least(plan, 50*time.Millisecond, 8)).To(Equal(1150 * time.Millisecond))
	g.Expect(Least(plan, 50*time.Millisecond, 1)).To(Equal(1150*time.Millisecond), "others go while it waits")
}

func TestBestKeepsTheLimitAndTheOrder(t *testing.T) {
	for _, c := range []struct {
		name                  string
		plan                  []evidence.Planned
		limit, atLeast, found int
	}{
		{"nothing", nil, 8, 0, 0},
		{"all at once", planned(nil, nil, nil), 3, 1, 1},
		{"by twos", planned(nil, nil, nil), 2, 2, 2},
		{"one after another", planned(nil, []int{0}, []int{1}), 8, 3, 3},
		{"the chain first, though it stands last", planned(nil, nil, nil, []int{2}, []int{3}), 2, 3, 3},
		{"alone before and after what goes by twos", planned(nil, []int{0}, []int{0}, []int{0}, []int{1, 2, 3}), 2, 4, 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			atLeast, found := Best(c.plan, c.limit)
			NewWithT(t).Expect([]int{atLeast, found}).To(Equal([]int{c.atLeast, c.found}))
		})
	}
}
