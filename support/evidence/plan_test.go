//go:build unit

package evidence

import (
	"context"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// The plan of a run names, for each request, what had to be answered before it.
func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name   string
		turned bool
		want   [][]int
	}{
		{"side by side", false, [][]int{0: nil, 1: {0}, 2: {0}, 3: {0, 1}, 4: {1, 3}, 5: {0}, 6: {0, 1, 2, 4, 5},
			7: {0, 1, 2, 4, 5, 6}}},
		{"an account takes turns", true, [][]int{0: nil, 1: {0}, 2: {0}, 3: {0, 1}, 4: {1, 3}, 5: {0, 2}, 6: {0, 1, 2, 4, 5},
			7: {0, 1, 2, 4, 5, 6}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			api := &API{}
			api.Add("control", nil, func(ctx context.Context, t *Caller) {
				t.Get(ctx, nil, "/control")
				if c.turned {
					t.TakeTurns()
				}
			}, Control())
			a := ask(api, "a")
			ask(api, "mine", Account("user"))
			api.Add("b", nil, func(ctx context.Context, t *Caller) {
				t.Get(ctx, nil, "/b")
				t.Await(a)
				t.Get(ctx, nil, "/b again")
			}, After(a))
			ask(api, "mine too", Account("user"))
			ask(api, "ending", Ending())
			ask(api, "last", Ending())
			plan := Plan(context.Background(), api, job(serve(t, fine).URL), "test")
			var after [][]int
			for _, p := range plan {
				after = append(after, p.After)
			}
			NewWithT(t).Expect(after).To(Equal(c.want))
		})
	}
}

func TestThePlanOfCleaningUp(t *testing.T) {
	g := NewWithT(t)
	api := &API{CleanUp: func(ctx context.Context, t *Caller, s Session) *exchange.Exchange {
		return t.Get(ctx, nil, "/out")
	}}
	api.Add("control", nil, func(ctx context.Context, t *Caller) {
		for _, cookie := range []string{"a", "b"} {
			t.Get(ctx, nil, "/in")
			t.Opened(Session{Cookie: cookie})
		}
	}, Control())
	plan := Plan(context.Background(), api, job(serve(t, fine).URL), "test")
	g.Expect(plan).To(HaveLen(4))
	g.Expect(plan[2].After).To(Equal([]int{1}))
	g.Expect(plan[3].After).To(Equal([]int{1}), "each is ended for itself")
}

func TestThePlanOfAScenarioThatWaitsAtItsEnd(t *testing.T) {
	g := NewWithT(t)
	api := &API{}
	ask(api, "control", Control())
	a := ask(api, "a")
	waits := api.Add("waits", nil, func(ctx context.Context, t *Caller) {
		t.Get(ctx, nil, "/waits")
		t.Await(a)
	})
	ask(api, "b", After(waits))
	plan := Plan(context.Background(), api, job(serve(t, fine).URL), "test")
	g.Expect(plan[3].Scenario).To(Equal("b"))
	g.Expect(plan[3].After).To(Equal([]int{0, 1, 2}))
}

func TestThePlanOfAScenarioThatLetsTimePass(t *testing.T) {
	g := NewWithT(t)
	api := &API{}
	api.Add("control", nil, func(ctx context.Context, t *Caller) {
		t.Get(ctx, nil, "/now")
		t.Wait(ctx, 30*time.Millisecond)
		t.Get(ctx, nil, "/later")
	}, Control())
	began := time.Now()
	plan := Plan(context.Background(), api, job(serve(t, fine).URL), "test")
	g.Expect(time.Since(began)).To(BeNumerically(">=", 30*time.Millisecond))
	g.Expect(plan).To(HaveExactElements(HaveField("Wait", time.Duration(0)), HaveField("Wait", 30*time.Millisecond)))
}
