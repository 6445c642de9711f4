//go:build e2e

package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/canary"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/wire"
	"session-conformance/support/report"
)

// kinds make secrets that a run cannot know before a target shows them, each with a name that says so or in a form that
// does.
var kinds = map[string]func(random string) (name, secret string){
	"token":      func(r string) (string, string) { return "authenticationToken", r },
	"password":   func(r string) (string, string) { return "User_Passwd", "geheim-" + r },
	"secret":     func(r string) (string, string) { return "client-secret", r },
	"API key":    func(r string) (string, string) { return "APIKey", "key-" + r },
	"csrf":       func(r string) (string, string) { return "X-CSRF-Token", r },
	"session":    func(r string) (string, string) { return "sessionId", strings.ToUpper(r) },
	"credential": func(r string) (string, string) { return "credentials", "user:" + r },
	"JWT": func(r string) (string, string) {
		return "said", "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(`{"jti":"`+r+`"}`)) +
			".c2lnbmF0dXJl"
	},
	"hash":   func(r string) (string, string) { return "said", "$2b$10$" + r + r[:21] },
	"argon2": func(r string) (string, string) { return "said", "$argon2id$v=19$m=65536,t=3,p=4$" + r },
	"private key": func(r string) (string, string) {
		return "said", "-----BEGIN PRIVATE KEY-----\n" + r + "\n-----END PRIVATE KEY-----"
	},
	"bearer": func(r string) (string, string) { return "said", "Bearer " + r },
	"basic": func(r string) (string, string) {
		return "said", "Basic " + base64.StdEncoding.EncodeToString([]byte("somebody:"+r))
	},
}

// places are where an answer may show a secret of that name.
var places = map[string]func(w http.ResponseWriter, name, secret string) string{
	"JSON": func(_ http.ResponseWriter, name, secret string) string { return asJSON(map[string]any{name: secret}) },
	"nested JSON": func(_ http.ResponseWriter, name, secret string) string {
		return asJSON(map[string]any{"a": []any{map[string]any{"b": map[string]any{name: []string{secret}}}}})
	},
	"JSON in text": func(_ http.ResponseWriter, name, secret string) string {
		return asJSON(map[string]any{"message": asJSON(map[string]any{name: secret})})
	},
	"XML": func(_ http.ResponseWriter, name, secret string) string {
		return "<error><" + name + ">" + escapeXML(secret) + "</" + name + "></error>"
	},
	"XML attribute": func(_ http.ResponseWriter, name, secret string) string {
		return "<error " + name + `="` + escapeXML(secret) + `"/>`
	},
	"error page": func(_ http.ResponseWriter, name, secret string) string {
		return `<html><body><form><input type="hidden" name="` + name + `" value="` + escapeXML(secret) +
			`"></form></body></html>`
	},
	"header": func(w http.ResponseWriter, name, secret string) string {
		w.Header().Set(name, strings.ReplaceAll(secret, "\n", ""))
		return `{"code":"InvalidCredentials"}`
	},
	"redirect": func(w http.ResponseWriter, name, secret string) string {
		w.Header().Set("Location", "/login?"+name+"="+strings.ReplaceAll(secret, "\n", ""))
		return ""
	},
}

func asJSON(value any) string { text, _ := json.Marshal(value); return string(text) }

func escapeXML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;").Replace(text)
}

// showing lets a server show a fresh secret of one kind in each refusal, at one place after the other.
func showing(h http.Handler, cage *canary.Cage, made func(string) (string, string)) http.Handler {
	order := slices.Collect(maps.Values(places))
	var refused atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := httptest.NewRecorder()
		h.ServeHTTP(kept, r)
		for name, values := range kept.Result().Header {
			w.Header()[name] = values
		}
		body := kept.Body.Bytes()
		if kept.Code >= 400 {
			var random [16]byte
			_, _ = rand.Read(random[:])
			core := hex.EncodeToString(random[:])
			cage.Add(core, strings.ToUpper(core), base64.RawURLEncoding.EncodeToString([]byte(`{"jti":"`+core+`"}`)))
			name, secret := made(core)
			w.Header().Del("Content-Type")
			body = []byte(order[int(refused.Add(1))%len(order)](w, name, secret))
		}
		w.WriteHeader(kept.Code)
		_, _ = w.Write(body)
	})
}

// No secret that a target reveals stands in a file or on the terminal, with one target and with 25.
func TestNoRevealedSecretLeaves(t *testing.T) {
	t.Parallel()
	cage := &canary.Cage{}
	var targets []string
	for kind, made := range kinds {
		for twin := range 2 {
			c := saymon.Default()
			server, err := saymon.New(c)
			if err != nil {
				t.Fatal(err)
			}
			s := httptest.NewServer(showing(server, cage, made))
			t.Cleanup(s.Close)
			name := strings.ReplaceAll(fmt.Sprint(kind, ".", twin), " ", "-")
			targets = append(targets, fmt.Sprintf(
				`{"name": %q, "api": "saymon", "url": %q, "user": {"login": %q, "password": %q}, "wrong_password_pause": "0s"}`,
				name, s.URL, c.User.Login, c.User.Password))
		}
	}
	judged := map[string]report.Target{}
	run := func(some []string) {
		t.Helper()
		g := NewWithT(t)
		cmd, folder := prepared(t, `{"targets": [`+strings.Join(some, ",")+`]}`, nil, program, "run", "-v")
		output, _ := cmd.CombinedOutput()
		finder := canary.NewFinder(cage.Secrets())
		g.Expect(finder.Find(output)).To(BeEmpty(), "the terminal")
		files := eachFile(t, folder.Path, func(path string, text []byte) {
			g.Expect(finder.Find(text)).To(BeEmpty(), path)
		})
		g.Expect(files).To(BeNumerically(">=", 4+len(some)), "%s", output)
		results, err := folder.Read("saymon")
		g.Expect(err).NotTo(HaveOccurred(), string(output))
		g.Expect(results.Targets).To(HaveLen(len(some)))
		g.Expect(results.Notices).To(BeEmpty())
		for _, one := range results.Targets {
			judged[one.Name] = one
		}
		g.Expect(results.Lost).To(BeEmpty())
	}
	run(targets[:25])
	run(targets[25:])
	for name, one := range judged {
		if one.Verdict == report.Inconclusive || one.Verdict == report.NonConformant {
			t.Errorf("%s is %s: %s", name, one.Verdict, one.Stopped)
			for _, r := range one.Results {
				if r.Verdict == report.Fail || r.Verdict == report.Inconclusive {
					t.Log(r.Message)
				}
			}
		}
	}
}

// The words of a refusal are read in every report and on the terminal, however a framework writes them.
func TestTheWordsOfARefusalAreReadEverywhere(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	phrase := regexp.MustCompile(`[A-Za-z][A-Za-z. -]{9,}[A-Za-z]`)
	said := map[string]string{}
	var targets []string
	for _, form := range wire.ErrorForms {
		c := saymon.Default()
		server, err := saymon.New(c)
		g.Expect(err).NotTo(HaveOccurred())
		running, err := wire.Start(server, wire.Options{Addr: "127.0.0.1:0", With: []string{"errors-of-" + form.Framework}})
		g.Expect(err).NotTo(HaveOccurred())
		t.Cleanup(func() { _ = running.Close() })
		targets = append(targets, fmt.Sprintf(
			`{"name": %q, "api": "saymon", "url": %q, "user": {"login": %q, "password": %q, `+
				`"email": "nobody@example.com"}, "wrong_password_pause": "0s"}`,
			form.Framework, running.URL, c.User.Login, c.User.Password)) // the email is wrong, so that specs fail and say why
		body := form.Text("POST", "/node/api/users/session", 401)
		for _, found := range phrase.FindAllString(body[:min(len(body), 200)], -1) {
			if len(found) > len(said[form.Framework]) {
				said[form.Framework] = found
			}
		}
		g.Expect(said[form.Framework]).NotTo(BeEmpty(), form.Framework)
	}
	r := call(t, `{"targets": [`+strings.Join(targets, ",")+`]}`, nil, program, "run", "-v")
	g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
	shown := map[string]string{"the terminal": r.output}
	pages := map[string]string{} // of a target, by its name
	for _, path := range r.reports.Files("saymon") {
		text, err := os.ReadFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		folder, name := filepath.Split(path)
		switch {
		case filepath.Base(folder) == "targets":
			pages[strings.TrimSuffix(name, ".html")] = string(text)
		case filepath.Clean(folder) == r.reports.Path && name != "summary.md" && name != "index.html":
			shown[path] = string(text) // the others show no answers
		}
	}
	for framework, words := range said {
		har, err := os.ReadFile(r.reports.Evidence(framework))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(har)).To(ContainSubstring(words), framework)
		g.Expect(pages[framework]).To(ContainSubstring(words), "the page of %s", framework)
		for where, text := range shown {
			g.Expect(text).To(ContainSubstring(words), "%s in %s", framework, where)
		}
	}
}
