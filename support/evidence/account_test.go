//go:build unit

package evidence

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// locking is a product that counts logins: R for a refused one, G for a good one, in their order.
type locking struct {
	*server
	mu     sync.Mutex
	logins []string
	at     []time.Time // of the refused ones
	lock   int         // so many refused ones in a row lock the account; 0: never
}

func newLocking(t *testing.T) *locking {
	l := &locking{}
	l.server = serve(t, func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		defer l.mu.Unlock()
		switch {
		case r.URL.Path == "/wrong/login":
			l.logins, l.at = append(l.logins, "R"), append(l.at, time.Now())
			w.WriteHeader(http.StatusUnauthorized)
		case strings.HasPrefix(r.URL.Path, "/good"):
			if l.lock > 0 && strings.HasSuffix(strings.Join(l.logins, ""), strings.Repeat("R", l.lock)) {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			l.logins = append(l.logins, "G")
			w.Header().Set("Set-Cookie", fmt.Sprintf("sid=%d", len(l.logins)))
		}
	})
	return l
}

// counting is an API whose scenarios log in well and wrongly, so many times.
func counting(goods, wrongs, others int) *API {
	api := &API{LogOut: func(t *Caller, _ *Step, s Session, _ ...Option) *exchange.Exchange {
		return t.Delete(nil, "/out", CookieHeader(s.Cookie))
	}, Session: func(_ *Caller, login *exchange.Exchange) Session { return Session{"user", login.CookieHeader()} }}
	good := func(t *Caller) {
		e := t.Post(nil, "/good/login", nil, Opens("user"))
		t.Opened(Session{"user", e.CookieHeader()})
		t.Get(nil, "/use", CookieHeader(e.CookieHeader()))
	}
	api.Add("control", nil, func(t *Caller) {
		good(t)
		good(t)
	}, Control())
	for i := range goods {
		api.Add(fmt.Sprint("good ", i), nil, good, Account("user"))
	}
	api.Add("wrong", nil, func(t *Caller) {
		for range wrongs {
			t.Post(nil, "/wrong/login", JSON{"login": t.User.Login, "password": "no"}, LogsIn("user"),
				WrongPassword("user"))
		}
	}, Account("user"))
	for i := range others {
		api.Add(fmt.Sprint("other ", i), nil, func(t *Caller) {
			t.Post(nil, "/wrong/login", JSON{"login": t.User.Login}, LogsIn("user"), Refused())
		})
	}
	return api
}

func (l *locking) order() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.logins, "")
}

// Between two refused logins there is a good one, however many scenarios run side by side, and the last one is good. No
// more are made than there are refused ones.
func TestRefusedLoginsAlternateWithGoodOnes(t *testing.T) {
	for name, c := range map[string]struct{ goods, wrongs, others int }{
		"enough good ones":  {13, 4, 8},
		"too few of them":   {1, 4, 6},
		"no other login":    {0, 3, 0},
		"nothing to refuse": {5, 0, 0},
	} {
		for _, turned := range []bool{false, true} {
			t.Run(fmt.Sprint(name, turned), func(t *testing.T) {
				g := NewWithT(t)
				l := newLocking(t)
				api := counting(c.goods, c.wrongs, c.others)
				if turned {
					act := api.scenarios[0].act
					api.scenarios[0].act = func(t *Caller) { act(t); t.TakeTurns() }
				}
				ev := gather(t, api, job(l.URL))
				order := l.order()
				g.Expect(strings.Count(order, "R")).To(Equal(c.wrongs+c.others), order)
				g.Expect(order).NotTo(ContainSubstring("RR"))
				g.Expect(order).To(HaveSuffix("G"))
				g.Expect(strings.Count(order, "G")).To(BeNumerically("<=", 3+c.goods+c.wrongs+c.others), order)
				if c.wrongs > 0 {
					g.Expect(ev.Target.RefusedLogins).To(Equal(map[string]int{"user": c.wrongs}))
				}
				g.Expect(strings.Count(strings.Join(l.paths, " "), "/out")).To(Equal(strings.Count(order, "G")),
					"every session is ended")
			})
		}
	}
}

func TestWrongPasswordsAreBoundedAndKeepADistance(t *testing.T) {
	g := NewWithT(t)
	l := newLocking(t)
	j := job(l.URL)
	j.Target.WrongPasswordPause = 60 * time.Millisecond
	ev := gather(t, counting(3, 7, 0), j)
	g.Expect(strings.Count(l.order(), "R")).To(Equal(target.DefaultWrongPasswords))
	o, _ := ev.Outcome("wrong", "POST /wrong/login")
	g.Expect(o.Reason).To(ContainSubstring("wrong_passwords in targets.yaml allows more"))
	for i := 1; i < len(l.at); i++ {
		g.Expect(l.at[i].Sub(l.at[i-1])).To(BeNumerically(">=", 60*time.Millisecond))
	}
	l = newLocking(t)
	j = job(l.URL)
	j.Target.WrongPasswords = 7
	gather(t, counting(3, 7, 0), j)
	g.Expect(strings.Count(l.order(), "R")).To(Equal(7))
	l = newLocking(t)
	gather(t, counting(3, 0, 14), job(l.URL))
	g.Expect(strings.Count(l.order(), "R")).To(Equal(othersLimit))
}

// A good login that is refused later is followed by a plain one at once: accepted, the form is at fault.
func TestARefusedGoodLoginIsTriedPlainly(t *testing.T) {
	for name, locked := range map[string]bool{"the form is at fault": false, "the account is locked": true} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var mu sync.Mutex
			var paths []string
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				paths = append(paths, r.URL.Path)
				if r.URL.Path == "/odd" || locked && slices.Contains(paths, "/odd") {
					w.WriteHeader(http.StatusUnauthorized)
				}
			})
			api := &API{}
			api.Add("control", nil, func(t *Caller) { t.Post(nil, "/good", nil, Opens("user")) }, Control())
			odd := api.Add("odd", nil, func(t *Caller) { t.Post(nil, "/odd", nil, Opens("user")) }, Account("user"))
			api.Add("last", nil, func(t *Caller) { t.Get(nil, "/last") }, Ending())
			ev := gather(t, api, job(s.URL))
			e := ev.Find(odd.Name, "")
			if locked {
				g.Expect(paths).To(Equal([]string{"/good", "/odd", "/good"}))
				g.Expect(ev.Target.Stopped).To(ContainSubstring("is the account locked"))
				g.Expect(e.Unanswered()).To(HavePrefix("not judged: "))
			} else {
				g.Expect(paths).To(Equal([]string{"/good", "/odd", "/good", "/last"}))
				g.Expect(ev.Target.Stopped).To(BeEmpty())
				g.Expect(e.Unanswered()).To(BeEmpty())
			}
		})
	}
}

// What was refused since an account was let in last is not judged where it is not let in any more: a ban may have
// answered.
func TestABanIsNoRefusal(t *testing.T) {
	g := NewWithT(t)
	banned := false
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if banned = banned || r.URL.Path == "/nobody"; banned {
			w.WriteHeader(http.StatusForbidden)
		}
	})
	api := &API{}
	api.Add("control", nil, func(t *Caller) { t.Post(nil, "/good", nil, Opens("user")) }, Control())
	api.Add("nobody", nil, func(t *Caller) { t.Post(nil, "/nobody", nil, Refused()) }, Ending())
	api.Add("later", nil, func(t *Caller) { t.Post(nil, "/good", nil, Opens("user")) }, Ending())
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Target.Stopped).To(ContainSubstring("is the account locked"))
	g.Expect(ev.Find("nobody", "").Unanswered()).To(HavePrefix("not judged: the login of user that was accepted"))
	g.Expect(ev.Find("control", "").Unanswered()).To(BeEmpty())
}

// A connection that closes on what must be refused is no outage, where a good login right after it is answered.
func TestSilenceOnWhatMustBeRefusedIsNoOutage(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			panic(http.ErrAbortHandler)
		}
	})
	api := &API{}
	api.Add("control", nil, func(t *Caller) { t.Post(nil, "/good", nil, Opens("user")) }, Control())
	for i := range 5 {
		api.Add(fmt.Sprint("bad ", i), nil, func(t *Caller) {
			t.Post(nil, "/bad", JSONText("{"), LogsIn("user"), Refused())
		})
	}
	api.Add("last", nil, func(t *Caller) { t.Get(nil, "/last") }, Ending())
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Target.Stopped).To(BeEmpty())
	g.Expect(ev.Find("last", "")).NotTo(BeNil())
	g.Expect(ev.Find("bad 0", "").Unanswered()).To(BeEmpty())
	g.Expect(ev.Find("bad 0", "").Succeeded()).To(BeFalse())
}

// Beside a live session nothing follows such a silence but its use: a login could end it.
func TestNoLoginFollowsASilenceBesideASession(t *testing.T) {
	g := NewWithT(t)
	var logins atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/bad":
			panic(http.ErrAbortHandler)
		case "/good":
			logins.Add(1)
		}
	})
	api := &API{}
	api.Add("control", nil, func(t *Caller) { t.Post(nil, "/good", nil, Opens("user")) }, Control())
	api.Add("beside", nil, func(t *Caller) {
		t.Post(nil, "/bad", JSONText("{"), LogsIn("user"), Refused(), BesideSession())
		t.Get(nil, "/use")
	}, Ending())
	ev := gather(t, api, job(s.URL))
	g.Expect(logins.Load()).To(Equal(int32(1)))
	g.Expect(ev.Target.Stopped).To(BeEmpty())
	g.Expect(ev.Find("beside", "POST /bad").Unanswered()).NotTo(BeEmpty())
}
