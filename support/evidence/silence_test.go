//go:build unit

package evidence

import (
	"net/http"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// A silence on what must be refused is judged where a good login is answered, unless the target is slow in all.
func TestASlowTargetIsNotBlamedForASilence(t *testing.T) {
	g := NewWithT(t)
	asked := func(takes time.Duration) *exchange.Exchange {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(takes)
			if r.URL.Path == "/odd" {
				<-r.Context().Done() // until the client gives up
			}
			fine(w, r)
		})
		api := &API{}
		var logins, refusals Steps
		login, odd := logins.Step("log in"), refusals.Step("odd")
		api.Add("control", &logins, func(t *Caller) {
			t.Post(login, "/login", nil, Opens("user"))
		}, Control())
		api.Add("refusals", &refusals, func(t *Caller) { t.Get(odd, "/odd", Odd()) })
		j := job(s.URL)
		j.Target.Timeout = time.Second
		return gather(t, api, j).Find("refusals", odd.Name)
	}
	quick, slow := asked(0), asked(300*time.Millisecond)
	g.Expect(quick.NoAnswer).To(Equal("none within the timeout of 1s"))
	g.Expect(quick.Unanswered()).To(BeEmpty())
	g.Expect(slow.NoAnswer).To(Equal("none within the timeout of 1s"))
	g.Expect(slow.Unanswered()).To(MatchRegexp(`^not judged: none came within the timeout of 1s, and another answer ` +
		`took 0\.[3-9] s: the target or this machine is slow, so a longer timeout would tell$`))
}
