//go:build unit

package evidence

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites/saymon/settings"
	"session-conformance/support/target"
)

const (
	// It ends with the year 2099.
	fetchedToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJmZXRjaGVkIiwiZXhwIjo0MTAyNDQ0ODAwfQ.c2lnbmF0dXJl"
	fetchedID    = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJpZGVudGl0eSJ9.c2lnbmF0dXJl"
)

// issuer answers discovery, and grants by the function; it counts the grants.
func issuer(t *testing.T, grant func(w http.ResponseWriter, r *http.Request)) (settings.Own, *atomic.Int32) {
	t.Helper()
	var grants atomic.Int32
	var s *server
	s = serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasSuffix(r.URL.Path, "/openid-configuration") {
			fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": %q}`, s.URL, s.URL+"/token")
			return
		}
		grants.Add(1)
		grant(w, r)
	})
	return settings.Own{Keycloak: &target.Keycloak{Issuer: s.URL, ClientID: "c", ClientSecret: "Secret of the client",
		Username: "u", Password: "Password at the realm"}}, &grants
}

func granted(lifetime int) func(w http.ResponseWriter, r *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"access_token": %q, "id_token": %q, "token_type": "Bearer", "expires_in": %d}`, fetchedToken,
			fetchedID, lifetime)
	}
}

// withKeycloak are scenarios of which two need the tokens.
func withKeycloak(saw *atomic.Value) *API {
	api := controlled(nil)
	api.Add("log in", nil, func(t *Caller) {
		saw.Store(strings.Join([]string{t.Tokens().Access, t.Tokens().ID, t.Tokens().Refresh}, " "))
		t.Post(nil, "/log-in", JSON{"x": t.Tokens().Access})
	}, Needs("keycloak"))
	ask(api, "log in again", Needs("keycloak"))
	return api
}

func TestTokensAreFetchedOnceAndHidden(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	j := job(s.URL)
	var grants *atomic.Int32
	j.Target.Own, grants = issuer(t, granted(300))
	j.Target.Realm().ExpiredToken, j.Target.Realm().OtherRealmToken = "expired token 1", "token of another realm 1"
	var saw atomic.Value
	var gathered Gathered
	Gather(context.Background(), withKeycloak(&saw), []Job{j}, "test", nil, func(_ int, one Gathered) { gathered = one })
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())

	g.Expect(grants.Load()).To(Equal(int32(1)))
	g.Expect(saw.Load()).To(Equal(strings.Join([]string{fetchedToken, fetchedID, ""}, " ")))
	g.Expect(ev.Find("log in", "")).NotTo(BeNil())
	g.Expect(ev.Find("log in again", "")).NotTo(BeNil())
	g.Expect(ev.Outcomes).To(BeEmpty())
	for _, secret := range []string{fetchedToken, fetchedID, "Secret of the client", "Password at the realm",
		"expired token 1", "token of another realm 1"} {
		g.Expect(string(gathered.HAR)).NotTo(ContainSubstring(secret))
		g.Expect(gathered.Secrets.Leaks([]byte("x " + secret))).NotTo(BeEmpty())
	}
	g.Expect(ev.Target.Realm()).To(Equal(&target.Keycloak{Issuer: j.Target.Realm().Issuer, ClientID: "c"}))
}

func TestTokensThatCannotBeFetchedLeaveTheRestAlone(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	j := job(s.URL)
	j.Target.Own, _ = issuer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error": "invalid_grant", "error_description": "not with Password at the realm"}`)
	})
	var saw atomic.Value
	ev := gather(t, withKeycloak(&saw), j)
	g.Expect(s.paths).To(Equal([]string{"/control"}))
	g.Expect(ev.Outcomes).To(HaveLen(2))
	for _, o := range ev.Outcomes {
		g.Expect(o.Verdict).To(Equal(Inconclusive), o.Scenario)
		g.Expect(o.Reason).To(HavePrefix("no Keycloak token: "))
		g.Expect(o.Reason).NotTo(ContainSubstring("Password at the realm"))
	}
}

func TestTokensAreNotFetchedInVain(t *testing.T) {
	for name, change := range map[string]func(*Job){
		"no scenario needs them":     func(j *Job) { j.Scenarios = map[string]bool{} },
		"the target lacks Keycloak":  func(j *Job) { j.Target.Without = []string{"keycloak"} },
		"the target gives no answer": func(j *Job) { j.Target.URL = "http://127.0.0.1:1" },
		"a token is in targets.yaml": func(j *Job) {
			j.Target.Own = settings.Own{Keycloak: &target.Keycloak{Token: fetchedToken}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			j := job(serve(t, fine).URL)
			var grants *atomic.Int32
			j.Target.Own, grants = issuer(t, granted(300))
			change(&j)
			var saw atomic.Value
			gather(t, withKeycloak(&saw), j)
			g.Expect(grants.Load()).To(BeZero())
		})
	}
}

func TestTokensThatExpiredAreNotSent(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	j := job(s.URL)
	j.Target.Own, _ = issuer(t, granted(-1))
	var saw atomic.Value
	ev := gather(t, withKeycloak(&saw), j)
	g.Expect(s.paths).To(Equal([]string{"/control"}))
	o, _ := ev.Outcome("log in", "")
	g.Expect(o.Verdict).To(Equal(Inconclusive))
	g.Expect(o.Reason).To(ContainSubstring("had expired"))
}
