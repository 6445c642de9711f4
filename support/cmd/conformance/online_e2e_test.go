//go:build e2e

package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/suites"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/report"
)

// counted notes which calls a server gets.
type counted struct {
	http.Handler
	mu    sync.Mutex
	calls []string
}

func (c *counted) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	c.mu.Lock()
	c.calls = append(c.calls, q.Method+" "+q.URL.Path)
	c.mu.Unlock()
	c.Handler.ServeHTTP(w, q)
}

// asked serves an API, writes its targets.yaml as changed, and gives what check --online says of it.
func asked(t *testing.T, api string, with []string, tls bool,
	change func(settings map[string]any, origin, base string)) (ran, []string) {
	t.Helper()
	made, err := suites.Of(api).Reference().New(with)
	if err != nil {
		t.Fatal(err)
	}
	server := &counted{Handler: made.Handler}
	s := httptest.NewUnstartedServer(server)
	if s.Config.ErrorLog = log.New(io.Discard, "", 0); tls {
		s.StartTLS()
	} else {
		s.Start()
	}
	defer s.Close()
	settings := map[string]any{}
	text, err := json.Marshal(made.Settings)
	if err == nil {
		err = json.Unmarshal(text, &settings) // plain maps
	}
	user, _ := settings["user"].(map[string]any)
	settings = map[string]any{"name": "lab", "api": api, "url": s.URL + made.Base,
		"user": map[string]any{"login": user["login"], "password": user["password"]}}
	change(settings, s.URL, made.Base)
	if err == nil {
		text, err = json.Marshal(map[string]any{"targets": []any{settings}})
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "targets.yaml"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	got := elsewhere(t, folder, "", nil, "check", "--online")
	left, err := os.ReadDir(folder)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	NewWithT(t).Expect(left).To(HaveLen(1), "nothing is written")
	return got, server.calls
}

// What people who run it get wrong is said before a run, with little sent: no verdict about a product comes of it.
func TestCheckOnlineSaysWhatIsWrongWithTheSettings(t *testing.T) {
	t.Parallel()
	for api, paths := range map[string]struct{ own, other string }{"saymon": {"/node/api", "sdm"},
		"sdm": {"/rest/v1.3", "sessions"}, "sessions": {"/session", "saymon"}} {
		for name, c := range map[string]struct {
			change func(settings map[string]any, origin, base string)
			tls    bool
			says   string
			exit   int
			most   int // requests
		}{
			"right": {func(map[string]any, string, string) {}, false, "lab: let in: POST ", 0, 20},
			"a wrong password": {func(s map[string]any, _, _ string) {
				s["user"].(map[string]any)["password"] = "never-this-one-17"
			}, false, "is answered 401 Unauthorized.*user.login or user.password is not right", report.ExitInconclusive, 2},
			"a wrong port": {func(s map[string]any, _, base string) { s["url"] = "http://127.0.0.1:1" + base }, false,
				"nothing listens at that address and port", report.ExitInconclusive, 0},
			"http for https": {func(s map[string]any, origin, base string) {
				s["url"] = strings.Replace(origin, "https:", "http:", 1) + base
			}, true, "the port speaks TLS: write https://", report.ExitInconclusive, 0},
			"https for http": {func(s map[string]any, origin, base string) {
				s["url"] = strings.Replace(origin, "http:", "https:", 1) + base
			}, false, "is the scheme of the url right", report.ExitInconclusive, 0},
			"the API's own path": {func(s map[string]any, origin, base string) { s["url"] = origin + base + paths.own }, false,
				"ends in the path of the API itself", report.ExitWrongUse, 0},
			"another path": {func(s map[string]any, origin, _ string) { s["url"] = origin + "/elsewhere" }, false,
				"answered 404 Not Found.*the path of url is not right", report.ExitInconclusive, 3},
			"the wrong API": {func(s map[string]any, _, _ string) {
				s["api"] = paths.other
			}, false, "is api: " + paths.other + "[?]", report.ExitInconclusive, 3},
		} {
			t.Run(api+" "+name, func(t *testing.T) {
				g := NewWithT(t)
				got, calls := asked(t, api, nil, c.tls, c.change)
				g.Expect(got.exit).To(Equal(c.exit), got.output)
				g.Expect(got.output).To(MatchRegexp("(?s)" + c.says))
				g.Expect(len(calls)).To(BeNumerically("<=", c.most), "%q", calls)
			})
		}
	}
}

// The address without /api is the commonest mistake with Storware.
func TestCheckOnlineLooksAtTheAddressWithoutAPI(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	got, calls := asked(t, "sessions", nil, false, func(s map[string]any, origin, _ string) { s["url"] = origin })
	g.Expect(got.exit).To(Equal(report.ExitInconclusive), got.output)
	g.Expect(got.output).To(ContainSubstring("url ends in /api mostly"))
	g.Expect(calls).To(Equal([]string{"POST /session/login", "GET /session"}))
}

// Refused in one form and accepted in another, the product is what a run will fail.
func TestCheckOnlineTellsARefusedFormFromRefusedCredentials(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	got, _ := asked(t, "sdm", []string{"xml-login-refused"}, false, func(map[string]any, string, string) {})
	g.Expect(got.exit).To(Equal(report.ExitNonConformant), got.output)
	g.Expect(got.output).To(ContainSubstring(`let in by "log in with JSON" only`))
}

// init tries the login that it was told, and keeps the file whatever comes.
func TestInitTriesTheLoginOnce(t *testing.T) {
	t.Parallel()
	for password, c := range map[string]struct {
		exit int
		says string
	}{
		sdm.Default().User.Password: {0, "lab: let in: POST "},
		"never-this-one-17":         {report.ExitInconclusive, "user.password is not right (from $PW)"},
	} {
		g := NewWithT(t)
		folder := emptyFolder(t)
		r := elsewhere(t, folder, "", []string{"PW=" + password}, "init", "--api", "sdm", "--url", product(t),
			"--login", sdm.Default().User.UserName, "--password-env", "PW", "--name", "lab")
		g.Expect(r.exit).To(Equal(c.exit), r.output)
		g.Expect(r.output).To(ContainSubstring(c.says))
		g.Expect(r.output).NotTo(ContainSubstring(password))
		g.Expect(filepath.Join(folder, "targets.yaml")).To(BeARegularFile())
		g.Expect(filepath.Join(folder, "reports")).NotTo(BeADirectory())
	}
}
