//go:build unit

package evidence

import (
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// notLetIn is an API whose control logs in, and then by another way; a scenario of the account and one of nobody
// follow.
func notLetIn() *API {
	api := controlled(func(t *Caller) {
		if e := t.Post(nil, "/session/login", JSON{"login": t.User.Login}, Opens("user")); !LetIn(e) && e.Answered() {
			t.NotLetIn("user", e, func() *exchange.Exchange { return t.Post(nil, "/session/token", nil) })
		}
	})
	api.Add("plain", nil, func(t *Caller) { t.Post(nil, "/session/login", nil, Opens("user")) }, Account("user"))
	api.Add("basic", nil, func(t *Caller) {
		t.Get(nil, "/basic", Basic(t.User.Login, t.User.Password))
	}, Account("user"))
	api.Add("nobody", nil, func(t *Caller) { t.Get(nil, "/nobody") })
	return api
}

func TestWhoIsNotLetInIsToldWhy(t *testing.T) {
	t.Setenv("IT_LOGIN", "'qa'")
	const html = "<html><head><title>Sign in</title></head>"
	for name, c := range map[string]struct {
		status       int
		header, body string
		sent         int
		says         []string
	}{
		"a wrong password": {401, "", "", 2,
			[]string{`POST /api/session/login with user.login and user.password is answered 401 Unauthorized, and "POST /session/token" 401 Unauthorized`,
				"user.login or user.password is not right (from $IT_LOGIN and $IT_PASSWORD; the value of $IT_LOGIN stands in " +
					"quotation marks, as env files of Docker keep them); or the account is locked"}},
		"a wall of Basic": {401, `WWW-Authenticate: Basic realm="Staging"`, "", 2, []string{
			`a proxy before the product asks for credentials of its own (WWW-Authenticate: Basic realm="Staging")`}},
		"a wrong path": {404, "", "", 3, []string{"the path of url is not right (GET /api/session is answered 404 Not " +
			"Found): url ends in /api mostly", "is its port right, and is api: sessions?"}},
		"a login page": {200, "", html, 2, []string{`200 OK with an HTML page with the title "Sign in"`,
			"a login page or proxy stands before"}},
		"a redirect": {302, "Location: https://sso.acme.test/", "", 2, []string{"url is not the address of the API itself: it " +
			"leads to https://sso.acme.test/"}},
		"http for https": {400, "", "The plain HTTP request was sent to HTTPS port", 2,
			[]string{"the port speaks TLS: write https://"}},
		"another program": {400, "", "{}", 2, []string{"is api: sessions"}},
		"it fails":        {500, "", "", 2, []string{"the product itself fails"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				if name, value, is := strings.Cut(c.header, ": "); is {
					w.Header().Set(name, value)
				}
				w.WriteHeader(c.status)
				_, _ = w.Write([]byte(c.body))
			})
			j := job(s.URL + "/api")
			j.Target.API, j.Target.Variables = "sessions", map[string]string{"user.password": "IT_PASSWORD",
				"user.login": "IT_LOGIN"}
			j.Target.WrongPasswordPause = time.Millisecond
			ev := gather(t, notLetIn(), j)
			g.Expect(s.paths).To(HaveLen(c.sent), "nothing else is sent")
			g.Expect(ev.Exchanges).To(HaveLen(c.sent), "all of it stands in the evidence")
			for _, e := range ev.Exchanges {
				g.Expect(ev.unlikeOwn(e)).To(BeEmpty())
			}
			for _, says := range c.says {
				g.Expect(ev.Target.Stopped).To(ContainSubstring(says))
			}
			g.Expect(ev.Exchanges[0].Unanswered()).To(HavePrefix("not judged: control was not let in"))
		})
	}
}

// Let in by another way, all else is asked but what carries the same credentials.
func TestWhoIsLetInOtherwiseIsJudged(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/session/login" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	ev := gather(t, notLetIn(), job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/session/login", "/session/token", "/nobody"}))
	g.Expect(ev.Target.Stopped).To(BeEmpty())
	g.Expect(ev.Exchanges[0].Answered()).To(BeTrue(), "it is judged")
}

// What was refused of one target is not sent again of another: five targets of an account would lock it.
func TestWhatWasRefusedOfATargetIsNotSentOfAnother(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	var jobs []Job
	for _, name := range []string{"first", "same", "other"} {
		j := job(s.URL)
		j.Target.Name, j.Target.WrongPasswordPause = name, time.Millisecond
		jobs = append(jobs, j)
	}
	other := *jobs[2].Target.User
	other.Password = "another one"
	jobs[2].Target.User = &other
	var stopped []string
	for _, har := range gatherAll(notLetIn(), jobs...) {
		ev, err := Read(har)
		g.Expect(err).NotTo(HaveOccurred())
		stopped = append(stopped, ev.Target.Stopped)
	}
	g.Expect(s.paths).To(HaveLen(2 + 2))
	g.Expect(stopped[1]).To(Equal("the same login and password were refused at the same url when first was asked, and " +
		"once more could lock the account"))
	g.Expect(stopped[2]).To(HavePrefix("control was not let in"))
}
