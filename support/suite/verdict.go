package suite

import (
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/evidence"
	"session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// judgement is what one spec decided of one target. It stays this value until a report writes it: Ginkgo is told of it.
type judgement struct {
	Verdict   report.Verdict `json:"verdict"`
	Message   string         `json:"message"`
	Seconds   float64        `json:"seconds"`
	Exchanges []int          `json:"exchanges"`
	Judged    int            `json:"judged,omitempty"` // the exchange that decided it; 0: none
	Check     string         `json:"check,omitempty"`  // how a script judges that exchange
}

// conclusion ends the body of a spec, as a panic, before its end.
type conclusion struct {
	verdict report.Verdict
	text    string
}

// Skip ends the spec with a verdict other than pass and fail, and its reason.
func Skip(verdict report.Verdict, reason string) { panic(conclusion{verdict, cut(reason, textLimit)}) }

// mistaken ends the spec, because it is wrong itself.
func mistaken(format string, args ...any) {
	panic(conclusion{report.Fail, "the suite's own spec failed: " + fmt.Sprintf(format, args...)})
}

// judge runs the body of a spec for the target of its group, keeps what it decided and tells Ginkgo. Of a crowd it
// tells what was decided before.
func (s *Suite) judge(g *group, body func()) {
	of := ginkgo.CurrentSpecReport()
	labels, full := of.Labels(), of.FullText()
	if s.crowd() {
		s.tellOfAll(full)
		return
	}
	i := g.targets[0]
	if s.targets[i].run == nil {
		return
	}
	*g.handle = Evidence{suite: s, subject: s.targets[i], labels: labels, text: g.textOf(full)}
	s.decide(g.handle, body, func(j judgement) {
		s.judgements[judged{full, i}] = j
		s.tellGinkgo(j)
	})
}

// decide runs the body of a spec for the target of the handle. It gives the judgement to done on the stack of the spec
// where that ended, so that whoever is told there sees its line.
func (s *Suite) decide(ev *Evidence, body func(), done func(judgement)) {
	s.now = ev
	match.Forget()
	began := time.Now()
	defer func() {
		j := judgement{Verdict: report.Pass}
		switch p := recover().(type) {
		case nil:
		case conclusion:
			j.Verdict, j.Message = p.verdict, sink.Text(p.text)
		default:
			j.Verdict = report.Fail
			j.Message = sink.Text(fmt.Sprintf("the suite's own spec failed, %s: %v", evidence.PlaceOfPanic(), p))
		}
		j.Message, _ = s.masked(ev.subject, j.Message)
		s.now = nil
		if e := match.Last(); e != nil {
			j.Judged, j.Check = e.Number, match.LastShell()
		}
		j.Seconds, j.Exchanges = time.Since(began).Seconds(), ev.numbers()
		done(j)
	}()
	body()
}

// tellGinkgo ends Ginkgo's spec as the judgement says: it knows pass, fail and skip.
func (s *Suite) tellGinkgo(j judgement) {
	switch {
	case j.Verdict == report.Pass:
	case j.Verdict == report.Fail && !s.compared:
		ginkgo.Fail(j.Message, callersToSpec())
	default:
		ginkgo.Skip(string(j.Verdict)+": "+j.Message, callersToSpec())
	}
}

// callersToSpec counts the callers of who calls, up to the body of the spec: its line is the one that a reader wants,
// whatever helpers it calls.
func callersToSpec() int {
	for skip := 0; ; skip++ {
		pc, _, _, more := runtime.Caller(skip)
		if !more {
			return 0
		}
		if strings.HasSuffix(runtime.FuncForPC(pc).Name(), ".(*Suite).decide") { // which calls the body
			return skip - 2
		}
	}
}
