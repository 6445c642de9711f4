//go:build unit

package evidence

import (
	"net/http"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"
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
