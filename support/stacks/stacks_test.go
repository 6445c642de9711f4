//go:build stacks

package stacks

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

// stack is one API on one framework.
type stack struct {
	api, folder string
	prepare     []string // the command that fetches and builds it, in a copy of its folder
	start       []string // the command that serves it, and prints its address
	base        string   // what follows the address in a target's url
	habits      []string // what conforming products do
	mistakes    []mistake
}

// mistake is what people who know the framework get wrong.
type mistake struct {
	name   string
	clause string // that fails or warns; empty: it is not noticed, because of why
	why    string
}

var stacks = []stack{saymonFastify, sdmSpring, storwareRESTEasy}

// account is who may log in: a password with what breaks naive code.
var account = map[string]string{"id": "64f1c0a2b7e9d3001c8a4e11", "login": "qa.user", "email": "qa.user@example.com",
	"password": `Correct "Horse" & <7>: \x`}
var second = map[string]string{"id": "64f1c0a2b7e9d3001c8a4e22", "login": "second", "email": "second@example.com",
	"password": "Battery-Staple-9"}

// third is a user whom no target names: as elsewhere, somebody has no token and never logs in.
var third = map[string]string{"id": "64f1c0a2b7e9d3001c8a4e33", "login": "third", "email": "third@example.com",
	"password": "Staple-Horse-Correct-3"}

func TestConformingStacksConform(t *testing.T) {
	for _, s := range stacks {
		t.Run(s.folder, func(t *testing.T) {
			dir := s.prepared(t)
			var all []served
			for _, with := range append([]string{""}, s.habits...) {
				all = append(all, s.serve(t, dir, with, with))
			}
			plain := s.serve(t, dir, "", "nginx")
			all = append(all, behindNginx(t, plain))
			plain = s.serve(t, dir, "", "haproxy")
			all = append(all, behindHAProxy(t, plain))
			for i := range runs() {
				for name, verdict := range judge(t, s, all...) {
					if verdict.Verdict != "conformant" && verdict.Verdict != "partial" {
						t.Errorf("run %d: %s is %s: %s", i+1, name, verdict.Verdict, verdict.open())
					}
				}
			}
			for _, one := range all { // one at a time
				for name, verdict := range judge(t, s, one) {
					if verdict.Verdict != "conformant" && verdict.Verdict != "partial" {
						t.Errorf("alone: %s is %s: %s", name, verdict.Verdict, verdict.open())
					}
				}
			}
		})
	}
}

func TestNaturalMistakesAreNoticed(t *testing.T) {
	for _, s := range stacks {
		t.Run(s.folder, func(t *testing.T) {
			dir := s.prepared(t)
			all := []served{s.serve(t, dir, "", "plain")}
			for _, m := range s.mistakes {
				all = append(all, s.serve(t, dir, m.name, m.name))
			}
			found := judge(t, s, all...)
			anyway := found["plain"].broken() // extra clauses that the framework's manner does not meet
			for _, m := range s.mistakes {
				verdict, there := found[m.name]
				broken := slices.DeleteFunc(verdict.broken(), func(c string) bool { return slices.Contains(anyway, c) })
				switch {
				case !there:
					t.Errorf("%s was not judged", m.name)
				case m.clause != "" && !slices.Contains(broken, m.clause):
					t.Errorf("%s is not noticed by %s; by %v (%s: %s)", m.name, m.clause, broken, verdict.Verdict, verdict.open())
				case m.clause == "" && len(broken) > 0:
					t.Errorf("%s is noticed now, by %v: say so in its table", m.name, broken)
				}
			}
		})
	}
}

// runs is how often all conforming servers are judged at once: STACKS_RUNS, or three.
func runs() int {
	n := 3
	_, _ = fmt.Sscan(os.Getenv("STACKS_RUNS"), &n)
	return n
}

// served is a running server, and what its target needs.
type served struct {
	name, url string
	settings  map[string]any
}

// target is what the results say of one.
type target struct {
	Name    string
	Verdict string
	Stopped string
	Results []struct{ Clause, Verdict, Spec, Message string }
}

// broken are the clauses that failed or warned.
func (t target) broken() (clauses []string) {
	for _, r := range t.Results {
		if r.Verdict == "fail" || r.Verdict == "warn" {
			clauses = append(clauses, r.Clause)
		}
	}
	slices.Sort(clauses)
	return slices.Compact(clauses)
}

// open is what keeps a target from being conformant.
func (t target) open() string {
	lines := []string{t.Stopped}
	for _, r := range t.Results {
		if r.Verdict == "fail" || r.Verdict == "inconclusive" {
			first, _, _ := strings.Cut(r.Message, "\n  try") // as somebody would have it sent again
			lines = append(lines, r.Verdict+" "+r.Clause+": "+first)
		}
	}
	return strings.Join(lines[:min(len(lines), 6)], "\n")
}

// judge runs the suite against the servers, all at once, and gives the results by name.
func judge(t *testing.T, s stack, all ...served) map[string]target {
	t.Helper()
	g := NewWithT(t)
	folder := t.TempDir()
	var targets []map[string]any
	for _, one := range all {
		settings := map[string]any{"name": one.name, "api": s.api, "url": one.url + s.base,
			"user": map[string]string{"login": account["login"], "password": account["password"]}, "timeout": "30s",
			"wrong_password_pause": "200ms"} // no habit counts by the second
		for k, v := range one.settings {
			settings[k] = v
		}
		targets = append(targets, settings)
	}
	text, err := json.Marshal(map[string]any{"targets": targets})
	g.Expect(err).NotTo(HaveOccurred())
	file, reports := filepath.Join(folder, "targets.yaml"), filepath.Join(folder, "reports")
	g.Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
	output := command(t, root(t), []string{"TARGETS_FILE=" + file, "REPORTS_DIR=" + reports, "TARGET=", "EVIDENCE=",
		"PROGRESS=off"}, conformance(t), "run", "-q")
	var results struct{ Targets []target }
	text, err = os.ReadFile(filepath.Join(reports, s.api+".json"))
	g.Expect(err).NotTo(HaveOccurred(), output)
	g.Expect(json.Unmarshal(text, &results)).To(Succeed())
	found := map[string]target{}
	for _, one := range results.Targets {
		found[one.Name] = one
	}
	g.Expect(found).To(HaveLen(len(all)), output)
	return found
}

var (
	work     string   // the folder of all that is built, removed at the end
	prepared sync.Map // the stacks' folders in it, by name
)

// prepared copies the stack's folder and fetches what it needs, once.
func (s stack) prepared(t *testing.T) string {
	t.Helper()
	if dir, done := prepared.Load(s.folder); done {
		return dir.(string)
	}
	dir := filepath.Join(work, s.folder)
	if err := os.CopyFS(dir, os.DirFS(s.folder)); err != nil {
		t.Fatal(err)
	}
	command(t, dir, nil, s.prepare[0], s.prepare[1:]...)
	prepared.Store(s.folder, dir)
	return dir
}

func TestMain(m *testing.M) {
	var err error
	if work, err = os.MkdirTemp("", "stacks-"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(work)
	os.Exit(code)
}
