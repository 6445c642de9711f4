//go:build unit

package evidence

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// Where a user has one session only from some time on, what another login ended tells nothing of the product; where a
// session dies though two of a user live, it does.
func TestABoundThatBeginsInTheMidstIsNotTheSessionsFault(t *testing.T) {
	g := NewWithT(t)
	asked := func(lives func(session, newest int64) bool) *exchange.Exchange {
		var newest atomic.Int64
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				http.SetCookie(w, &http.Cookie{Name: "s", Value: fmt.Sprint(newest.Add(1))})
				return
			}
			var session int64
			_, _ = fmt.Sscanf(r.Header.Get("Cookie"), "s=%d", &session)
			if !lives(session, newest.Load()) {
				w.WriteHeader(http.StatusUnauthorized)
			}
		})
		api := &API{Session: func(_ *Caller, e *exchange.Exchange) Session { return Session{"user", e.CookieHeader()} }}
		var control, later Steps
		login, first, second := control.Step("log in"), later.Step("log in"), later.Step("log in beside it")
		used := later.Step("use the first")
		open := func(t *Caller, step *Step) string {
			e := t.Post(step, "/login", nil, Opens("user"))
			t.Opened(Session{"user", e.CookieHeader()})
			return e.CookieHeader()
		}
		api.Add("control", &control, func(t *Caller) { open(t, login) }, Control())
		api.Add("later", &later, func(t *Caller) {
			session := open(t, first)
			open(t, second)
			t.Get(used, "/", CookieHeader(session))
		}, Account("user"))
		return gather(t, api, job(s.URL)).Find("later", used.Name)
	}
	bound := asked(func(session, newest int64) bool { return session == newest })
	g.Expect(bound.Unanswered()).To(ContainSubstring("was a bound set meanwhile on how many a user may have?"))
	dies := asked(func(session, _ int64) bool { return session != 2 })
	g.Expect(dies.Answered()).To(BeTrue())
	g.Expect(dies.Status()).To(Equal(http.StatusUnauthorized))
}
