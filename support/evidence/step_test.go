//go:build unit

package evidence

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

func TestStepsBelongToOneScenario(t *testing.T) {
	g := NewWithT(t)
	nothing := func(*Caller) {}
	var steps Steps
	steps.Step("ask")
	api := &API{}
	api.Add("control", &steps, nothing, Control())
	g.Expect(api.Check()).To(Succeed())
	api.Add("other", &steps, nothing)
	g.Expect(api.Check()).To(MatchError(`"other" and "control" share their steps: declare some for each`))

	api, steps = &API{}, Steps{}
	steps.Step("ask").Beside("ask")
	api.Add("control", &steps, nothing, Control())
	g.Expect(api.Check()).To(MatchError(`two steps of "control" are called "ask"`))
	api = &API{}
	api.Add("control", nil, nothing, Control())
	g.Expect(api.Check()).To(MatchError(`"control" declares no steps`))
}

func TestAScenarioSendsItsOwnStepsOnly(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") })
	var steps, othersSteps Steps
	mine, others := steps.Step("mine"), othersSteps.Step("others")
	api := &API{}
	live := api.Attempt("is %d live")
	api.Add("control", &steps, func(t *Caller) {
		t.Get(mine, "/")
		t.Get(mine.Then(live, 1), "/again")
		t.Get(others, "/never")
	}, Control())
	api.Add("other", &othersSteps, func(*Caller) {})
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Exchanges).To(HaveLen(2))
	g.Expect(ev.Find("control", "mine").TryOf).To(BeEmpty())
	g.Expect(ev.Find("control", "mine, is 1 live").TryOf).To(Equal("mine"), "the HAR file says what an attempt follows")
	o, _ := ev.Outcome("control", "")
	g.Expect(o.Reason).To(Equal("the suite's own scenario failed: it sends GET /never, which is none of its steps"))
}

// What follows a step is declared too: evidence with another name is of no run.
func TestWhatFollowsAStepIsDeclared(t *testing.T) {
	var steps Steps
	steps.Step("log in")
	api := &API{}
	api.FollowUp("still there")
	api.Attempt("is %d live")
	s := api.Add("control", &steps, nil, Control())
	for _, c := range []struct{ name, tryOf, wrong string }{
		{"log in", "", ""}, {"log in, still there", "", ""}, {"log in, is 2 live", "log in", ""},
		{"log in, is it live", "log in", "no such step"}, {"log in, is 2 live", "", "no such step"},
		{"log in, still there", "log in", "no such step"}, {"log out, still there", "", "no such step"},
		{"log in, is 2 live", "log out", "no such step"}, {"log in", "log out", `does not follow the step "log out"`},
	} {
		wrong := api.wrongStep(s, c.name, c.tryOf)
		NewWithT(t).Expect(wrong == "").To(Equal(c.wrong == ""), "%q of %q: %s", c.name, c.tryOf, wrong)
		NewWithT(t).Expect(wrong).To(ContainSubstring(c.wrong))
	}
}

// What the suite sends on its own account stands in the evidence as well, with its secrets hidden, and is taken where
// the evidence is judged.
func TestEvidenceHoldsEveryRequest(t *testing.T) {
	g := NewWithT(t)
	l := newLocking(t)
	api := counting(0, 3, 0)
	har := gatherAll(api, job(l.URL))[0]
	g.Expect(Altered(har)).To(BeEmpty())
	g.Expect(string(har)).NotTo(ContainSubstring("Correct horse"))
	ev, err := Read(har)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges).To(HaveLen(len(l.paths)), "%v", l.paths)
	between := ev.Find(BetweenName, "")
	g.Expect(between.Succeeded()).To(BeTrue())
	g.Expect(ev.Latest(BetweenName).Started).To(BeTemporally(">=", between.Started))
	g.Expect(ev.unlikeOwn(between)).To(BeEmpty())

	right := between.Request.Body
	between.Request.Body = append(bytes.Clone(right), 'x')
	g.Expect(ev.unlikeOwn(between)).To(Equal("it repeats no login that a scenario made"))
	between.Request.Body, between.Scenario = right, LookName
	g.Expect(ev.unlikeOwn(between)).To(Equal("it is no GET without credentials"))
}
