//go:build unit

package repro

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"session-conformance/support/exchange"
)

const password = "Пульт \"Ночь\" & <it's> 5\\6: %2B"

// standIn is what stands in the evidence for it.
const standIn = "Вщжыъ \"Жзфс\" & <wg'y> 4\\8: %3C"

// product answers a login with its session in a cookie for the path, and its body quoted or not.
func product(t *testing.T, path string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case r.Method == "POST" && strings.Contains(string(body), jsonOf(password)) &&
			r.Header.Get("Content-Type") == "application/json":
			w.Header().Set("Set-Cookie", "sid=0123456789abcdef-real; Path="+path)
			_, _ = io.WriteString(w, `"0123456789abcdef-real"`)
		case r.Method == "GET" && r.Header.Get("Cookie") == "sid=0123456789abcdef-real":
			_, _ = io.WriteString(w, `{"id":"1"}`)
		default:
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// gathered is a login and the use of its session, as the evidence holds them.
func gathered(address string) []*exchange.Exchange {
	return []*exchange.Exchange{
		{Number: 1, Scenario: "log in", Step: "log in", Configured: true,
			Request: exchange.Request{Method: "POST", URL: address + "/session",
				Header: http.Header{"Content-Type": {"application/json"}},
				Body:   []byte(`{"login":"qa","password":"` + jsonOf(standIn) + `"}`)},
			Answer: &exchange.Answer{Status: 200, Header: http.Header{"Set-Cookie": {"sid=fedcba9876543210-fake; Path=/"}},
				Body: []byte(`"fedcba9876543210-fake"`)}},
		{Number: 2, Scenario: "log in", Step: "who am I", Request: exchange.Request{Method: "GET", URL: address + "/current",
			Header: http.Header{"Cookie": {"sid=fedcba9876543210-fake"}}},
			Answer: &exchange.Answer{Status: 200, Header: http.Header{}, Body: []byte(`{}`)}},
	}
}

func run(t *testing.T, script string, environment ...string) (int, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clause.sh")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", path)
	cmd.Env = append(os.Environ(), environment...)
	output, _ := cmd.CombinedOutput()
	return cmd.ProcessState.ExitCode(), string(output)
}

func TestAScriptSendsWhatWasSentAndJudgesIt(t *testing.T) {
	for _, tool := range []string{"curl", "python3"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip("there is no " + tool)
		}
	}
	g := NewWithT(t)
	right, wrong := product(t, "/"), product(t, "/node")
	all := gathered(wrong)
	f := Finding{Run: &Run{Target: "lab", URL: wrong, Judged: "judged live", Exchanges: all,
		Secrets:   map[string]string{standIn: "user.password"},
		Variables: map[string]string{"user.password": "QA_PASSWORD"}},
		Clause: "c-path", Tier: "stated", Says: "It is for the path /.", Source: "001", Last: all[0],
		Check: "cookie-attribute sid path /"}
	written := func() string {
		made := f.Script()
		g.Expect(made.Needs).To(Equal([]string{"QA_PASSWORD"}))
		g.Expect(made.Text).To(ContainSubstring(made.Steps))
		return made.Text
	}
	script := written()
	g.Expect(script).NotTo(ContainSubstring(standIn[:12]))
	exit, said := run(t, script, "QA_PASSWORD="+password)
	g.Expect(exit).To(Equal(1), said)
	g.Expect(said).NotTo(ContainSubstring("Ночь"), "no secret is shown")
	exit, said = run(t, script, "QA_PASSWORD="+password, "URL="+right)
	g.Expect(exit).To(Equal(0), said)
	exit, said = run(t, script)
	g.Expect(exit).To(Equal(2), said)
	g.Expect(said).To(ContainSubstring("Set QA_PASSWORD first: user.password of targets.yaml."))
	exit, said = run(t, script, "QA_PASSWORD="+password, "URL=http://127.0.0.1:1")
	g.Expect(exit).To(Equal(2), said)

	f.Last, f.Check = all[1], "like 2"
	script = written()
	exit, said = run(t, script, "QA_PASSWORD="+password)
	g.Expect(exit).To(Equal(0), "the session is that of its own login: "+said)
	f.Check = ""
	script = written()
	exit, said = run(t, script, "QA_PASSWORD="+password)
	g.Expect(exit).To(Equal(2), said)
	exit, said = run(t, script, "QA_PASSWORD=another")
	g.Expect(exit).To(Equal(2), said)
	g.Expect(said).To(ContainSubstring("are the credentials right?"))
	exit, said = run(t, script, "QA_PASSWORD="+password)
	g.Expect(exit).To(Equal(2), said)
	g.Expect(said).To(ContainSubstring("This script cannot tell: look at the answer to request 2"))
}

// Nothing from evidence reaches a shell unquoted: a script runs no command but its own, whatever the evidence holds.
func TestNothingOfTheEvidenceIsRun(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := NewWithT(r)
		folder := t.TempDir()
		mark := filepath.Join(folder, "owned")
		hostile := rapid.SampledFrom([]string{"$(touch MARK)", "`touch MARK`", "'; touch MARK; '", "\n touch MARK\n",
			"\"; touch MARK #", "A$(touch MARK)", "x\ntouch MARK #", "⟦raw:PATH⟧", "'\\''", "-o MARK"})
		text := rapid.Custom(func(r *rapid.T) string {
			return strings.ReplaceAll(rapid.String().Draw(r, "before")+hostile.Draw(r, "hostile"), "MARK", mark)
		})
		draw := func(name string) string { return text.Draw(r, name) }
		all := gathered("http://127.0.0.1:1")
		for _, e := range all {
			e.Scenario, e.Request.Method = draw("scenario"), draw("method")
			e.Request.URL += draw("path")
			e.Request.Header[draw("header")] = []string{draw("value")}
			e.Request.Body = append(e.Request.Body, draw("body")...)
		}
		all[1].Scenario = all[0].Scenario
		f := Finding{Run: &Run{Target: draw("target"), URL: "http://127.0.0.1:1", Judged: draw("judged"), Exchanges: all,
			Secrets:   map[string]string{draw("stand-in"): draw("label"), standIn: "user." + draw("label")},
			Variables: map[string]string{"user.password": draw("variable")}},
			Clause: draw("clause"), Tier: draw("tier"), Says: draw("says"), Source: draw("source"),
			Last: all[1], Check: draw("check")}
		f.Last = all[0]
		if line := f.Line(); line != "" {
			g.Expect(exec.Command("bash", "-c", "curl() { :; }; "+line).Run()).To(Succeed(), line)
			g.Expect(mark).NotTo(BeAnExistingFile())
		}
		f.Last = all[1]
		script := f.Script()
		path := filepath.Join(folder, "x.sh")
		g.Expect(os.WriteFile(path, []byte(script.Text), 0o600)).To(Succeed())
		cmd := exec.Command("sh", path)
		// without curl or python3 it ends at once; what the shell itself reads is tried below
		cmd.Env = []string{"PATH=" + folder, "USER_PASSWORD=x"}
		_ = cmd.Run()
		g.Expect(mark).NotTo(BeAnExistingFile())
		// With tools that do nothing, every line of the script is read by the shell.
		for _, tool := range []string{"curl", "python3", "mktemp", "cat", "rm"} {
			body := "#!/bin/sh\nexit 0\n"
			if tool == "mktemp" {
				body = fmt.Sprintf("#!/bin/sh\necho %s\n", folder)
			}
			g.Expect(os.WriteFile(filepath.Join(folder, tool), []byte(body), 0o700)).To(Succeed())
		}
		_ = cmd.Process
		again := exec.Command("sh", path)
		again.Env = []string{"PATH=" + folder + ":/usr/bin:/bin", "USER_PASSWORD=x"}
		for name := range f.Variables {
			again.Env = append(again.Env, name+"=x")
		}
		_ = again.Run()
		g.Expect(mark).NotTo(BeAnExistingFile())
		g.Expect(exec.Command("sh", "-n", path).Run()).To(Succeed(), "it is a script")
	})
}
