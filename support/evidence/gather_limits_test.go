//go:build unit

package evidence

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

func TestGatherSettlesWhatIsMissing(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := controlled(nil)
	ask(api, "email", Needs("user.email"))
	ask(api, "keycloak", Needs("keycloak"))
	ask(api, "is it absent", OnlyWithout("keycloak"))
	ask(api, "is email absent", OnlyWithout("email"))
	j := job(s.URL)
	j.Target.Without = []string{"keycloak"}
	ev := gather(t, api, j)
	verdicts := map[string]string{}
	for _, o := range ev.Outcomes {
		verdicts[o.Scenario] = o.Verdict
	}
	g.Expect(verdicts).To(Equal(map[string]string{"email": Unconfigured, "keycloak": Unsupported,
		"is email absent": NotApplicable}))
	g.Expect(ev.Find("is it absent", "")).NotTo(BeNil())
}

func TestGatherSendsRefusedCredentialsNoMore(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := controlled(func(t *Caller) {
		t.Get(nil, "/control")
		t.RefuseAccount("user", "its login is refused")
	})
	api.Add("login", nil, func(t *Caller) { t.Post(nil, "/login", nil, Opens("user")) }, Account("user"))
	ask(api, "none")
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/control", "/none"}))
}

func TestGatherEndsTheSessionsThatAreLeft(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{LogOut: func(t *Caller, _ *Step, left Session, _ ...Option) *exchange.Exchange {
		return t.Delete(nil, "/out/"+left.Cookie)
	}}
	api.Add("control", nil, func(t *Caller) {
		t.Get(nil, "/control")
		t.Opened(Session{"user", "a"})
		t.Opened(Session{"user", "b"})
		t.Opened(Session{"user", "a"})
		t.Ended(Session{"user", "b"})
	}, Control())
	gather(t, api, job(s.URL))
	g.Expect(s.paths).To(Equal([]string{"/control", "/out/a"}))
	j := job(s.URL)
	s.paths, j.Target.Without = nil, []string{"logout"}
	gather(t, api, j)
	g.Expect(s.paths).To(Equal([]string{"/control"}))
}

func TestGatherSurvivesAScenarioThatPanics(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := controlled(nil)
	api.Add("broken", nil, func(*Caller) { panic("oh") })
	ask(api, "a")
	ev := gather(t, api, job(s.URL))
	o, _ := ev.Outcome("broken", "")
	g.Expect(o.Reason).To(ContainSubstring("the suite's own scenario failed: oh"))
	g.Expect(ev.Find("a", "")).NotTo(BeNil())
}

func TestGatherKeepsTargetsApart(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := controlled(nil)
	good, down := job(s.URL), job("http://127.0.0.1:1")
	for i, file := range gatherAll(api, good, down, good) {
		ev, err := Read(file)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(ev.Target.Stopped != "").To(Equal(i == 1))
	}
}

func TestGatherHidesSecretsAndKeepsShapes(t *testing.T) {
	g := NewWithT(t)
	const id = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "sid="+id+"; Path=/")
		w.Header().Set("X-Echo", r.Header.Get("X-Key"))
		fmt.Fprintf(w, "%q", id)
	})
	api := controlled(func(t *Caller) {
		t.Post(nil, "/login", JSON{"login": t.User.Login, "password": t.User.Password}, Opens("user"))
		t.Get(nil, "/use", Cookie("sid", id), Query("api-token", id), Basic(t.User.Login, t.User.Password))
		t.Post(nil, "/login", JSON{"password": t.Secret("near", "correct horse, 9 staples")}, WrongPassword("user"))
	})
	j := job(s.URL)
	j.Target.Headers = map[string]string{"X-Key": "k3ym8-K3YM8-k3ym8", "X-Short": "s3s5t"}
	har := string(gatherAll(api, j)[0])
	for _, secret := range []string{id, "Correct horse", "correct horse", "k3ym8", "K3YM8", "s3s5t"} {
		g.Expect(har).NotTo(ContainSubstring(secret))
	}
	ev, err := Read([]byte(har))
	g.Expect(err).NotTo(HaveOccurred())
	login, use := ev.Find("control", "POST /login"), ev.Find("control", "GET /use")
	standIn := strings.Trim(string(login.Body()), `"`)
	g.Expect(standIn).To(MatchRegexp(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`), "a quoted UUID stays one")
	g.Expect(login.Cookies()[0].Value).To(Equal(standIn), "a cookie that was the body still is")
	g.Expect(use.Request.Header.Get("Cookie")).To(Equal("sid=" + standIn))
	g.Expect(use.Request.URL).To(HaveSuffix("api-token=" + standIn))
	g.Expect(string(login.Request.Body)).
		To(MatchRegexp(`^\{"login":"somebody","password":"[A-Z][a-z]{6} [a-z]{5}, \d [a-z]{7}"\}$`))
	g.Expect(ev.Target.User).To(Equal(&target.User{Login: "somebody"}))
	g.Expect(ev.Target.TooCommon).To(Equal([]string{"headers.X-Short"}))
}
