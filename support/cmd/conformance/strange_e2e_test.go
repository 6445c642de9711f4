//go:build e2e

package main

import (
	"cmp"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// strangePasswords are ones that stand all over answers and reports, or that careless hiding takes for something else.
var strangePasswords = map[string]string{"plain": "plain-Password-17", "as-the-login": "", "a-field": "password",
	"a-field-of-another-api": "validUntil", "a-reason": "Unauthorized", "percent": "%41%42cd", "blanks": "        x",
	"short": "abc", "pattern": "%"}

// strangeLogins are ones that a suite may send for nobody's, or that only differ from these.
var strangeLogins = map[string]string{"digits": "4711", "a-letter": "z", "a-number": "12345", "a-word": "constructor",
	"dot": "user.", "percent-sign": "user%", "underscore": "user_", "star": "*", "null": "null"}

// withAccount is a target of that API whose user has this login, empty: the reference's, and password, empty: the same
// as the login. The other user, who is SAYMON's, has that password, too.
func withAccount(t *testing.T, api, name, login, password string) string {
	t.Helper()
	var handler http.Handler
	var err error
	base, others := "", map[string]any{}
	take := func(ofLogin, ofPassword *string) {
		login = cmp.Or(login, *ofLogin)
		*ofLogin, *ofPassword = login, cmp.Or(password, login)
		password = *ofPassword
	}
	switch api {
	case "saymon":
		c := saymon.Default()
		take(&c.User.Login, &c.User.Password)
		c.OtherUser.Password = password
		others["login"], others["password"] = c.OtherUser.Login, password
		handler, err = saymon.New(c)
	case "sdm":
		c := sdm.Default()
		take(&c.User.UserName, &c.User.Password)
		handler, err = sdm.New(c)
	default:
		c := sessions.Default()
		take(&c.User.Login, &c.User.Password)
		base = sessions.BasePath
		handler, err = sessions.New(c)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	of := map[string]any{"name": api + "-" + name, "api": api, "url": s.URL + base,
		"user": map[string]string{"login": login, "password": password}, "wrong_password_pause": "0s",
		"session_idle": "100ms", "timeout": "20s"}
	if len(others) > 0 {
		of["other_user"] = others
	}
	text, _ := json.Marshal(of)
	return string(text)
}

// No login or password changes a verdict, whatever it is, but where it cannot tell anything; and no report blames the
// suite.
func TestAStrangeAccountChangesNoVerdict(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	var targets []string
	for name, password := range strangePasswords {
		for _, api := range target.APIs() {
			targets = append(targets, withAccount(t, api, name, "", password))
		}
	}
	for name, login := range strangeLogins {
		for _, api := range target.APIs() {
			targets = append(targets, withAccount(t, api, "login-"+name, login, "plain-Password-17"))
		}
	}
	r := call(t, `{"targets": [`+strings.Join(targets, ",")+`]}`, nil, program, "run")
	for _, api := range target.APIs() {
		results := r.results(t, api)
		g.Expect(results.Notices).To(BeEmpty())
		g.Expect(results.Lost).To(BeEmpty())
		g.Expect(results.Targets).To(HaveLen(len(strangePasswords) + len(strangeLogins)))
		usual := map[string]report.Verdict{}
		for _, one := range results.Targets {
			for _, of := range one.Results {
				if one.Name == api+"-plain" {
					usual[of.Spec] = of.Verdict
				}
			}
		}
		for _, one := range results.Targets {
			for _, of := range one.Results {
				if of.Verdict != report.NotApplicable && of.Verdict != usual[of.Spec] {
					t.Errorf("%s: %s is %s, not %s: %s", one.Name, of.Spec, of.Verdict, usual[of.Spec], of.Message)
				}
			}
		}
	}
}
