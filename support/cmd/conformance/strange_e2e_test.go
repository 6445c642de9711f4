//go:build e2e

package main

import (
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

// withPassword is a target of that API whose user has this password; empty: the same as the login. The other user, who
// is SAYMON's, has it, too.
func withPassword(t *testing.T, api, name, password string) string {
	t.Helper()
	var handler http.Handler
	var err error
	login, base, others := "", "", map[string]any{}
	or := func(other string) string {
		if login = other; password == "" {
			password = login
		}
		return password
	}
	switch api {
	case "saymon":
		c := saymon.Default()
		c.User.Password = or(c.User.Login)
		c.OtherUser.Password = password
		others["login"], others["password"] = c.OtherUser.Login, password
		handler, err = saymon.New(c)
	case "sdm":
		c := sdm.Default()
		c.User.Password = or(c.User.UserName)
		handler, err = sdm.New(c)
	default:
		c := sessions.Default()
		c.User.Password, base = or(c.User.Login), sessions.BasePath
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

// A password changes no verdict, whatever it is, but where it cannot tell anything; and no report blames the suite.
func TestAStrangePasswordChangesNoVerdict(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	var targets []string
	for name, password := range strangePasswords {
		for _, api := range target.APIs() {
			targets = append(targets, withPassword(t, api, name, password))
		}
	}
	r := call(t, `{"targets": [`+strings.Join(targets, ",")+`]}`, nil, program, "run")
	for _, api := range target.APIs() {
		results := r.results(t, api)
		g.Expect(results.Notices).To(BeEmpty())
		g.Expect(results.Lost).To(BeEmpty())
		g.Expect(results.Targets).To(HaveLen(len(strangePasswords)))
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
