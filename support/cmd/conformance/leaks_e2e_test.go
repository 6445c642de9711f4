//go:build e2e

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/canary"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// aviary is a target of each API for each group of ways of echoing secrets, and all secrets that these were shown.
type aviary struct {
	targets []map[string]any
	cage    canary.Cage
	finder  *canary.Finder
}

// secret is what breaks careless hiding, another one for each target and use.
func secret(use, name string) string {
	return fmt.Sprintf(`Kanari "%s" & <ö %s>%%41\ 7+é`, use, name)
}

// plainSecret is a secret of few characters, such as headers carry.
func plainSecret(use, name string) string { return "kn-" + use + "-" + name + "-0123456789abcdef" }

// groups is among how many targets of an API the ways of echoing secrets are divided: a target of its own for each
// takes five times as long. Ways that end in no answer stand in different groups, so that no target is given up for
// them.
const groups = 7

func newAviary(t *testing.T, ways []canary.Way) *aviary {
	t.Helper()
	a := &aviary{finder: canary.NewFinder(nil)}
	for group := range groups {
		var own []canary.Way
		for i := group; i < len(ways); i += groups {
			own = append(own, ways[i])
		}
		for _, api := range target.APIs() {
			name := fmt.Sprint(api, "-", group)
			settings := map[string]any{"name": name, "api": api, "timeout": "20s", "wrong_password_pause": "0s",
				"headers": map[string]string{"X-Canary": plainSecret("header", name)}}
			handler, base := referenceOf(t, api, name, settings)
			a.cage.Add(secret("user", name), secret("other", name), secret("token", name), secret("node", name),
				plainSecret("serial", name))
			if k, ok := settings["keycloak"].(map[string]string); ok {
				a.cage.Add(k["token"])
			}
			s := httptest.NewServer(canary.Echo(handler, own, &a.cage, secret("user", name), plainSecret("header", name)))
			t.Cleanup(s.Close)
			settings["url"] = s.URL + base
			a.targets = append(a.targets, settings)
		}
	}
	return a
}

// referenceOf makes the reference server of an API with secrets of its own, and fills in the target's settings.
func referenceOf(t *testing.T, api, name string, settings map[string]any) (handler http.Handler, base string) {
	t.Helper()
	var err error
	user := map[string]string{"password": secret("user", name)}
	settings["user"] = user
	switch api {
	case "saymon":
		c := saymon.Default()
		c.User.Password, c.OtherUser.Password = secret("user", name), secret("other", name)
		user["login"], user["email"], user["id"] = c.User.Login, c.User.Email, c.User.ID
		settings["other_user"] = map[string]string{"login": c.OtherUser.Login, "id": c.OtherUser.ID,
			"password": c.OtherUser.Password}
		var server *saymon.Server
		server, err = saymon.New(c)
		settings["keycloak"] = map[string]string{"token": server.KeycloakToken(c.User)}
		handler = server
	case "sdm":
		c := sdm.Default()
		c.User.Password = secret("user", name)
		user["login"] = c.User.UserName
		handler, err = sdm.New(c)
	default:
		c := sessions.Default()
		c.User.Password, c.Token = secret("user", name), secret("token", name)
		c.Node = map[string]any{"login": "node-01", "password": secret("node", name),
			"inner": map[string]any{"serial": plainSecret("serial", name)}}
		user["login"], settings["token"], settings["node"] = c.User.Login, c.Token, c.Node
		base = sessions.BasePath
		handler, err = sessions.New(c)
	}
	if err != nil {
		t.Fatal(err)
	}
	return handler, base
}

func (a *aviary) yaml(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(map[string]any{"targets": a.targets})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// search looks for the secrets in all that a command printed and wrote, and gives the number of files.
func (a *aviary) search(t *testing.T, what string, r ran) int {
	t.Helper()
	a.finder.Add(a.cage.Secrets())
	if found := a.finder.Find([]byte(r.output)); len(found) > 0 {
		t.Errorf("%s prints %q", what, found)
	}
	return eachFile(t, r.reports.Path, func(path string, text []byte) {
		if found := a.finder.Find(text); len(found) > 0 {
			t.Errorf("%s writes %q into %s", what, found, path)
		}
	})
}

// Whatever a target echoes a secret in, no file and no line of the terminal shows it: live and judged again, in brief
// and at length, in processes, in Ginkgo's own reports.
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	// Large bodies are left to the tests of evidence: a run that gets a hundred of them takes long.
	ways := slices.DeleteFunc(canary.Ways(), func(w canary.Way) bool { return w.Large })
	a := newAviary(t, ways)
	targets := a.yaml(t)
	own := []string{"--json-report=own.json", "--junit-report=own.xml", "--output-dir"}
	folder := t.TempDir()
	reports := "REPORTS_DIR=" + filepath.Join(folder, "reports")
	live := call(t, targets, []string{reports}, program,
		append([]string{"run", "-vv"}, append(own, filepath.Join(folder, "reports"))...)...)
	live.reports = report.Dir{Path: filepath.Join(folder, "reports")}
	g.Expect(live.exit).To(Equal(report.ExitNonConformant), live.output)
	g.Expect(len(a.cage.Secrets())).To(BeNumerically(">", 5*len(a.targets)))
	g.Expect(a.search(t, "run -vv", live)).To(BeNumerically(">=", len(a.targets)+10),
		live.output[max(0, len(live.output)-20_000):])
	judged := map[string]int{}
	for _, api := range target.APIs() {
		results := live.results(t, api)
		g.Expect(results.Notices).To(BeEmpty(), "what is hidden needs no mask")
		for _, judgedTarget := range results.Targets {
			judged[api]++
			g.Expect(judgedTarget.Requests).To(BeNumerically(">", 50), judgedTarget.Name)
		}
		g.Expect(judged[api]).To(Equal(groups))
	}
	// The others are for how they print: each gets every way by one API only, so that this ends soon.
	for turn, command := range [][]string{
		{"go", "tool", "ginkgo", "-r", "--keep-going", "suites"},
		{"go", "tool", "ginkgo", "-r", "--keep-going", "-v", "-p", "suites"},
		{program, "judge", live.reports.Path, "-vv"},
	} {
		var some []string
		for group := range groups {
			some = append(some, fmt.Sprint(target.APIs()[(group+turn)%3], "-", group))
		}
		r := call(t, targets, []string{"TARGET=" + strings.Join(some, ",")}, command[0], command[1:]...)
		a.search(t, strings.Join(command[1:], " "), r)
		g.Expect(r.reports.Path).To(BeADirectory())
	}
	for _, args := range [][]string{{"accept", "-o", filepath.Join(folder, "reports", "accepted.json"), live.reports.Path},
		{"diff", filepath.Join(folder, "reports", "accepted.json"), live.reports.Path}, {"report", live.reports.Path}} {
		r := call(t, targets, []string{reports}, program, args...)
		r.reports = live.reports
		g.Expect(r.exit).To(Equal(0), r.output)
		a.search(t, args[0], r)
	}
}
