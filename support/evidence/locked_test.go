//go:build unit

package evidence

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

// A refusal that was under way when the account was let in last may be the ban's that keeps it out since.
func TestARefusalBesideTheLastGoodLoginMayBeTheBans(t *testing.T) {
	g := NewWithT(t)
	var logins atomic.Int64
	letIn := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/odd":
			<-letIn
			w.WriteHeader(http.StatusForbidden)
		case logins.Add(1) == 2:
			defer close(letIn)
			fine(w, r)
		case logins.Load() > 2:
			<-letIn
			w.WriteHeader(http.StatusForbidden)
		}
	})
	api := &API{}
	var control, odds, later Steps
	login, odd := control.Step("log in"), odds.Step("log in oddly")
	first, second := later.Step("log in"), later.Step("log in again")
	api.Add("control", &control, func(t *Caller) { t.Post(login, "/login", nil, Opens("user")) }, Control())
	api.Add("odd", &odds, func(t *Caller) { t.Post(odd, "/odd", nil, Refused()) })
	api.Add("later", &later, func(t *Caller) {
		t.Post(first, "/login", nil, Opens("user"))
		t.Post(second, "/login", nil, Opens("user"))
	})
	ev := gather(t, api, job(s.URL))
	g.Expect(ev.Target.Stopped).To(ContainSubstring("is the account locked"))
	g.Expect(ev.Find("odd", odd.Name).Unanswered()).To(ContainSubstring("is the account locked"))
}

// A mistyped password of the other user is sent twice, whatever would log that user in, and never for other targets.
func TestAnAccountThatIsNeverLetInIsAskedTwice(t *testing.T) {
	g := NewWithT(t)
	var refused atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/other" {
			refused.Add(1)
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	api := controlled(func(t *Caller) { t.Post(nil, "/login", nil, Opens("user")) })
	for i := range 5 {
		api.Add(fmt.Sprint("other ", i), nil, func(t *Caller) { t.Post(nil, "/other", nil, Opens("other_user")) })
	}
	one, twin := job(s.URL), job(s.URL)
	twin.Target.Name = "twin"
	one.Target.OtherUser = &target.User{Login: "other", Password: "mistyped-77"}
	twin.Target.OtherUser = one.Target.OtherUser
	for _, har := range gatherAll(api, one, twin) {
		ev, err := Read(har)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(ev.Target.Stopped).To(BeEmpty(), "all else is asked")
	}
	g.Expect(refused.Load()).To(BeEquivalentTo(2))
}
