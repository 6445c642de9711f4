//go:build unit

package evidence

import (
	"context"
	"io"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

func TestStepsBelongToOneScenario(t *testing.T) {
	g := NewWithT(t)
	nothing := func(context.Context, *Caller) {}
	shared, twin := NewStep("ask"), NewStep("ask")
	api := &API{}
	api.Add("control", Steps(shared), nothing, Control())
	g.Expect(api.Check()).To(Succeed())
	api.Add("other", Steps(shared), nothing)
	g.Expect(api.Check()).To(MatchError(`the step "ask" was handed to "control" and to "other": declare one for each`))

	api = &API{}
	api.Add("control", Steps(NewStep("ask"), twin), nothing, Control())
	g.Expect(api.Check()).To(MatchError(`two steps of "control" are called "ask"`))
	api = &API{}
	api.Add("control", nil, nothing, Control())
	g.Expect(api.Check()).To(MatchError(`"control" declares no steps`))
}

func TestAScenarioSendsItsOwnStepsOnly(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") })
	mine, others := NewStep("mine"), NewStep("others")
	api := &API{}
	api.Add("control", Steps(mine), func(ctx context.Context, t *Caller) {
		t.Get(ctx, mine, "/")
		t.Get(ctx, mine.Attempt("is 1 live"), "/again")
		t.Get(ctx, others, "/never")
	}, Control())
	api.Add("other", Steps(others), func(context.Context, *Caller) {})
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Exchanges).To(HaveLen(2))
	g.Expect(ev.Find("control", "mine").TryOf).To(BeEmpty())
	g.Expect(ev.Find("control", "mine, is 1 live").TryOf).To(Equal("mine"), "the HAR file says what an attempt follows")
	o, _ := ev.Outcome("control", "")
	g.Expect(o.Reason).To(Equal("the suite's own scenario failed: it sends GET /never, which is none of its steps"))
}
