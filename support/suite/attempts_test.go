//go:build unit

package suite

import (
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/redact"
	"session-conformance/support/report"
)

// ended runs the body of a spec outside of Ginkgo and gives how it ended.
func ended(ev *Evidence, body func()) (verdict report.Verdict, message string) {
	if ev.subject == nil {
		ev.subject = &subject{}
	}
	(&Suite{}).decide(ev, body, func(j judgement) { verdict, message = j.Verdict, j.Message })
	return verdict, message
}

func TestATryWithoutAnAnswerEndsTheSpec(t *testing.T) {
	g := NewWithT(t)
	var steps evidence.Steps
	login := steps.Step("login")
	(&evidence.API{}).Add("wrong", &steps, nil)
	try := func(step string, status int) *exchange.Exchange {
		e := &exchange.Exchange{Scenario: "wrong", Step: step, TryOf: strings.SplitN(step, ",", 2)[0]}
		if e.NoAnswer = "reset"; status > 0 {
			e.NoAnswer, e.Answer = "", &exchange.Answer{Status: status}
		}
		return e
	}
	refused, silent, live := try("login, is 1 live", 401), try("login, is 2 live", 0), try("login, is 3 live", 200)
	of := func(outcomes []evidence.Outcome, all ...*exchange.Exchange) (tries int, ends string) {
		ev := &Evidence{labels: []string{"scenario:wrong"},
			subject: &subject{run: &evidence.Evidence{Exchanges: all, Outcomes: outcomes}}}
		verdict, message := ended(ev, func() { tries = len(ev.Attempts(login)) })
		return tries, string(verdict) + " " + message
	}
	tries, c := of(nil, refused, try("another, is 1 live", 0))
	g.Expect(tries).To(Equal(1))
	g.Expect(c).To(Equal("pass "))
	_, c = of(nil, refused, silent)
	g.Expect(c).To(Equal("inconclusive no answer: reset"))
	tries, c = of(nil, refused, silent, live)
	g.Expect(tries).To(Equal(2), "one that is live decides")
	g.Expect(c).To(Equal("pass "))
	_, c = of([]evidence.Outcome{{Scenario: "wrong", Step: "login, is 1 live", TryOf: "login",
		Verdict: evidence.Inconclusive, Reason: "not asked: the run was interrupted"}})
	g.Expect(c).To(Equal("inconclusive not asked: the run was interrupted"))
}

func TestASpecThatPanicsFailsForItsTargetOnly(t *testing.T) {
	g := NewWithT(t)
	verdict, message := ended(&Evidence{}, func() { panic("boom") })
	g.Expect(verdict).To(Equal(report.Fail))
	g.Expect(message).To(MatchRegexp(`^the suite's own spec failed, attempts_test.go line \d+: boom$`))
	verdict, message = ended(&Evidence{}, func() { Skip(report.Warn, "so") })
	g.Expect(string(verdict) + " " + message).To(Equal("warn so"))
	verdict, message = ended(&Evidence{}, func() {})
	g.Expect(string(verdict) + message).To(Equal("pass"))
}

// What a spec says is masked before Ginkgo or a report gets it; the verdict stands.
func TestASpecThatSaysASecretIsMasked(t *testing.T) {
	g := NewWithT(t)
	secrets := redact.New()
	secrets.Learn("user.password", "hunter2-hunter2")
	verdict, message := ended(&Evidence{subject: &subject{name: "b", secrets: secrets}},
		func() { Skip(report.Warn, "it is hunter2-hunter2") })
	g.Expect(string(verdict) + " " + message).To(Equal("warn it is [masked: user.password]"))
}

// Evidence of an older version lacks the steps that are new since: nobody is to blame for that.
func TestAStepThatAnOlderVersionDidNotHave(t *testing.T) {
	g := NewWithT(t)
	var steps evidence.Steps
	_, again := steps.Step("log in"), steps.Step("log in again")
	(&evidence.API{}).Add("log in", &steps, nil)
	first := &exchange.Exchange{Scenario: "log in", Step: "log in", Answer: &exchange.Answer{Status: 200}}
	said := func(version string, all ...*exchange.Exchange) string {
		ev := &Evidence{labels: []string{"scenario:log in"},
			subject: &subject{run: &evidence.Evidence{Version: version, Exchanges: all}}}
		verdict, message := ended(ev, func() { ev.Of(again) })
		return string(verdict) + ": " + message
	}
	const older = "inconclusive: not asked by v0.0.9, the version that gathered this evidence"
	g.Expect(said("v0.0.9")).To(Equal(older))
	g.Expect(said("v0.0.9", first)).To(HavePrefix(older + `; or "log in" did not come as far as "log in again"`))
	g.Expect(said(evidence.Version())).To(Equal(`inconclusive: "log in" was not asked`))
	g.Expect(said(evidence.Version(), first)).To(HavePrefix(`inconclusive: "log in" did not come as far as`))
}
