//go:build unit

package evidence

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// A user may have one session, or two: control ends the first where a further login is refused beside it, or sees a
// third refused; then each login of the account follows the end of the one before.
func TestAUserMayHaveFewSessions(t *testing.T) {
	for name, most := range map[string]int{"one": 1, "two": 2, "one, without a logout": 1} {
		logsOut := !strings.HasSuffix(name, "logout")
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var mu sync.Mutex
			live := 0
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				switch {
				case r.URL.Path == "/out":
					live--
				case r.URL.Path == "/in" && live == most:
					w.WriteHeader(http.StatusForbidden)
				case r.URL.Path == "/in":
					live++
				}
			})
			api := &API{LogOut: func(t *Caller, _ *Step, _ Session, _ ...Option) *exchange.Exchange {
				return t.Post(nil, "/out", nil)
			}, Session: func(t *Caller, e *exchange.Exchange) Session { return Session{Account: "user", Cookie: "sid=third"} }}
			logIn := func(t *Caller, step *Step) *exchange.Exchange {
				e := t.Post(step, "/in", nil, Opens("user"))
				if e.Succeeded() {
					t.Opened(Session{Account: "user", Cookie: "sid=" + t.scenario.Name + step.Name})
				}
				return e
			}
			var steps, later Steps
			first, second, used, third := steps.Step("first"), steps.Step("second"), steps.Step("use"), later.Step("third")
			control := api.Add("control", &steps, func(t *Caller) {
				logIn(t, first)
				if e := logIn(t, second); !LetIn(e) {
					t.RefusedBeside(e, func() *exchange.Exchange { return logIn(t, second) })
				}
				t.Get(used, "/use", CookieHeader("sid=controlsecond"))
			}, Control())
			more := api.Add("more", &later, func(t *Caller) {
				g.Expect(t.OneAtATime()).To(BeTrue())
				logIn(t, third)
			}, Account("user"))
			j := job(s.URL)
			if !logsOut {
				j.Target.Without = []string{"logout"}
			}
			ev := gather(t, api, j)
			refused := ev.Find(control.Name, second.Name)
			if !logsOut {
				g.Expect(ev.Target.Stopped).To(And(HavePrefix("a further login is answered 403 Forbidden while"),
					HaveSuffix("let the account have more")))
				g.Expect(refused.Unanswered()).To(HavePrefix("not judged: "))
				return
			}
			g.Expect(ev.Target.Stopped).To(BeEmpty())
			g.Expect(refused.Succeeded()).To(BeTrue(), "the login after the first session's end")
			if most == 1 {
				g.Expect(ev.Find(control.Name, second.Name+", beside the first session").Unanswered()).
					To(HavePrefix("not judged: a further login is answered 403"))
			}
			g.Expect(ev.Find(more.Name, third.Name).Succeeded()).To(BeTrue())
			g.Expect(live).To(BeZero(), "the last session ends with the run")
		})
	}
}
