//go:build unit

package evidence

import (
	"crypto/tls"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
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

// Where there was no connection, the target did not even see what it must refuse: that is no refusal, and no failure.
func TestWhatWasNotSentIsNotJudged(t *testing.T) {
	g := NewWithT(t)
	var closed atomic.Bool
	s := httptest.NewUnstartedServer(http.HandlerFunc(fine))
	s.TLS = &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
		if closed.Load() {
			return nil, errors.New("no")
		}
		return nil, nil
	}}
	s.StartTLS()
	defer s.Close()
	api := &API{}
	var logins, refusals Steps
	login, odd := logins.Step("log in"), refusals.Step("odd")
	api.Add("control", &logins, func(t *Caller) { t.Post(login, "/login", nil, Opens("user")) }, Control())
	api.Add("refusals", &refusals, func(t *Caller) {
		closed.Store(true)
		t.Get(odd, "/odd", Odd(), Fresh())
		closed.Store(false)
	})
	j := job(s.URL)
	j.TLS = &tls.Config{InsecureSkipVerify: true}
	ev := gather(t, api, j)
	g.Expect(ev.Find("refusals", odd.Name).Unanswered()).To(HavePrefix("no answer: "))
	g.Expect(ev.Find(BetweenName, "")).To(BeNil(), "no good login is spent on it")
}

// A network that loses answers loses them whatever was asked: a silence on what must be refused tells nothing then.
func TestANetworkThatLosesAnswersIsNotTheTargetsSilence(t *testing.T) {
	g := NewWithT(t)
	asked := func(lost ...string) *exchange.Exchange {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if slices.Contains(lost, r.URL.Path) {
				panic(http.ErrAbortHandler) // closes the connection
			}
			fine(w, r)
		})
		api := &API{}
		var logins, refusals, uses Steps
		login, odd, use := logins.Step("log in"), refusals.Step("odd"), uses.Step("use")
		api.Add("control", &logins, func(t *Caller) {
			t.Post(login, "/login", nil, Opens("user"))
		}, Control())
		api.Add("refusals", &refusals, func(t *Caller) { t.Get(odd, "/odd", Odd()) })
		api.Add("uses", &uses, func(t *Caller) { t.Get(use, "/use", Fresh()) })
		return gather(t, api, job(s.URL)).Find("refusals", odd.Name)
	}
	g.Expect(asked("/odd").Unanswered()).To(BeEmpty(), "it is the target's answer")
	const closed = "the connection closed before the answer was whole"
	g.Expect(asked("/odd", "/use").Unanswered()).To(Equal("not judged: " + closed + `; nor did "use" in "uses" get one (` +
		closed + "), so the network may have lost both"))
}
