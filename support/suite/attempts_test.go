//go:build unit

package suite

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
)

// ended runs the body of a spec outside of Ginkgo and gives how it ended.
func ended(t *testing.T, body func()) conclusion {
	before := concluding
	t.Cleanup(func() { concluding = before })
	concluding = func(verdict report.Verdict, text string, _ int) { panic(conclusion{verdict, text}) }
	return concluded(body)
}

func TestATryWithoutAnAnswerEndsTheSpec(t *testing.T) {
	g := NewWithT(t)
	login := evidence.NewStep("login")
	(&evidence.API{}).Add("wrong", evidence.Steps(login), nil)
	try := func(step string, status int) *exchange.Exchange {
		e := &exchange.Exchange{Scenario: "wrong", Step: step, TryOf: strings.SplitN(step, ",", 2)[0]}
		if e.NoAnswer = "reset"; status > 0 {
			e.NoAnswer, e.Answer = "", &exchange.Answer{Status: status}
		}
		return e
	}
	refused, silent, live := try("login, is 1 live", 401), try("login, is 2 live", 0), try("login, is 3 live", 200)
	of := func(outcomes []evidence.Outcome, all ...*exchange.Exchange) (tries int, c conclusion) {
		ev := &Evidence{labels: []string{"scenario:wrong"}, run: &evidence.Evidence{Exchanges: all, Outcomes: outcomes}}
		c = ended(t, func() { tries = len(ev.Attempts(login)) })
		return tries, c
	}
	tries, c := of(nil, refused, try("another, is 1 live", 0))
	g.Expect(tries).To(Equal(1))
	g.Expect(c.verdict).To(Equal(report.Pass))
	_, c = of(nil, refused, silent)
	g.Expect(c).To(Equal(conclusion{report.Inconclusive, "no answer: reset"}))
	tries, c = of(nil, refused, silent, live)
	g.Expect(tries).To(Equal(2), "one that is live decides")
	g.Expect(c.verdict).To(Equal(report.Pass))
	_, c = of([]evidence.Outcome{{Scenario: "wrong", Step: "login, is 1 live", TryOf: "login", Verdict: evidence.Inconclusive, Reason: "not asked: the run was interrupted"}})
	g.Expect(c).To(Equal(conclusion{report.Inconclusive, "not asked: the run was interrupted"}))
}

func TestASpecThatPanicsFailsForItsTargetOnly(t *testing.T) {
	g := NewWithT(t)
	g.Expect(ended(t, func() { panic("boom") })).To(Equal(conclusion{report.Fail, "the suite's own spec failed: boom"}))
	g.Expect(ended(t, func() { Skip(report.Warn, "so") })).To(Equal(conclusion{report.Warn, "so"}))
	g.Expect(ended(t, func() {})).To(Equal(conclusion{verdict: report.Pass}))
}
