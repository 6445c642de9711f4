//go:build unit

package evidence

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// A product that keeps two sessions of a user must not lose one between its login and its use.
func TestAloneKeepsOtherLoginsOut(t *testing.T) {
	g := NewWithT(t)
	var mu sync.Mutex
	var live []string
	lost := 0
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		name := r.URL.Query().Get("as")
		switch {
		case r.URL.Path == "/login":
			live = append(live, name)
			live = live[max(0, len(live)-2):]
		case r.URL.Path == "/use" && !slices.Contains(live, name):
			lost++
		}
	})
	api := controlled(func(*Caller) {})
	for i := range 12 {
		name := fmt.Sprint("s", i)
		api.Add(name, nil, func(t *Caller) {
			if i%2 == 0 {
				t.Get(nil, "/login", Query("as", name), Opens("user"))
				return
			}
			t.Alone("user", func() {
				t.Get(nil, "/login", Query("as", name), LogsIn("user"))
				time.Sleep(5 * time.Millisecond)
				t.Get(nil, "/use", Query("as", name))
			})
		}, Account("user"))
	}
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(HaveLen(18))
	g.Expect(lost).To(BeZero())
}

// Where scenarios take turns, who has one may wait for the account. So who has that must not wait for a turn, though a
// silence has to be explained by a good login.
func TestAloneWaitsForNoTurn(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/odd" {
			panic(http.ErrAbortHandler) // no answer
		}
	})
	taken := make(chan struct{})
	api := controlled(func(t *Caller) {
		t.TakeTurns()
		t.Get(nil, "/login", Opens("user"))
	})
	api.Add("has its turn", nil, func(t *Caller) {
		<-taken
		t.Alone("user", func() {})
	}, Account("user"))
	api.Add("alone", nil, func(t *Caller) {
		t.Alone("user", func() {
			close(taken)
			time.Sleep(20 * time.Millisecond)
			t.Get(nil, "/odd", Odd())
		})
	})
	done := make(chan struct{})
	go func() {
		gather(t, api, job(s.URL))
		close(done)
	}()
	g.Eventually(done, "10s").Should(BeClosed())
}

// Refused logins open no session, so they need not wait; but who opens one for a wrong password is not let in between
// again.
func TestAloneLetsLoginsInThatAreRefused(t *testing.T) {
	for status, goesOn := range map[int]bool{http.StatusUnauthorized: true, http.StatusOK: false} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
			first, begun, second := make(chan struct{}), make(chan struct{}), make(chan struct{})
			api := controlled(func(t *Caller) { t.TakeTurns() })
			api.Add("refused", nil, func(t *Caller) {
				t.Get(nil, "/first", LogsIn("user"), WrongPassword("user"))
				close(first)
				<-begun
				t.Get(nil, "/second", LogsIn("user"), Refused())
				close(second)
			})
			came := false
			api.Add("alone", nil, func(t *Caller) {
				<-first
				t.Alone("user", func() {
					close(begun)
					select {
					case <-second:
						came = true
					case <-time.After(map[bool]time.Duration{true: 10 * time.Second, false: 50 * time.Millisecond}[goesOn]):
					}
				})
			})
			gather(t, api, job(s.URL))
			g := NewWithT(t)
			g.Expect(s.paths).To(Equal([]string{"/first", "/second"}))
			g.Expect(came).To(Equal(goesOn))
		})
	}
}

func TestOneLoginGoesOutBesideOneThatIsAlone(t *testing.T) {
	for name, tt := range map[string]struct {
		strictly bool
		before   int // how many logins are under way before; of several, one too many
		beside   int // how many go out meanwhile
	}{
		"none is under way": {false, 0, 1},
		"one is":            {false, 2, 0},
		"strictly alone":    {true, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			l := newLogins()
			var over []func()
			for range tt.before {
				over = append(over, l.one())
			}
			entered, leave, left := make(chan bool), make(chan bool), make(chan bool)
			go func() {
				done := l.alone(tt.strictly)
				entered <- true
				<-leave
				done()
				left <- true
			}()
			if len(over) > 0 {
				g.Consistently(entered, "20ms").ShouldNot(Receive(), "one too many is under way")
				over[0]()
			}
			g.Eventually(entered).Should(Receive())
			went := make(chan func(), 3)
			for range 3 {
				go func() { went <- l.one() }()
			}
			g.Eventually(went).Should(HaveLen(tt.beside))
			g.Consistently(went, "20ms").Should(HaveLen(tt.beside))
			leave <- true
			<-left
			g.Eventually(went).Should(HaveLen(3))
		})
	}
}

// Before the others begin nobody knows whether the target refuses, and nobody waits to know.
func TestARefusedLoginOfControlDoesNotWait(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	api := controlled(func(t *Caller) {
		t.Get(nil, "/refused", LogsIn("user"), Refused())
	})
	gather(t, api, job(s.URL))
	NewWithT(t).Expect(s.paths).To(Equal([]string{"/refused"}))
}
