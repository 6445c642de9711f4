//go:build wine

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"
	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
	"session-conformance/support/report"
)

// inWine builds a program for Windows into a folder with blanks, and gives what runs it there in a console of its own.
// Wine before 8.8 lacks bcryptprimitives.dll, without which no program of today's Go starts.
func inWine(t *testing.T, folder string) (run func(args ...string) (exit int, output string)) {
	t.Helper()
	for name, source := range map[string]string{"conformance.exe": ".", "ctrlc.exe": "./testdata/ctrlc"} {
		build := exec.Command("go", "build", "-o", filepath.Join(folder, name), source)
		build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64")
		if output, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, output)
		}
	}
	run = func(args ...string) (int, string) {
		cmd := exec.Command("wine", args...)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "WINEDEBUG=-all")
		console, err := pty.Start(cmd)
		if err != nil {
			t.Fatal(err)
		}
		defer console.Close()
		output, _ := io.ReadAll(console) // it ends with an error where the console goes with the program
		_ = cmd.Wait()
		return cmd.ProcessState.ExitCode(), string(output)
	}
	if exit, output := run("conformance.exe", "--version"); exit != 0 {
		t.Fatalf("this Wine starts no program of Go, exit %d:\n%s", exit, output)
	}
	return run
}

func TestTheProgramForWindowsJudges(t *testing.T) {
	g := NewWithT(t)
	folder := filepath.Join(t.TempDir(), "a folder (with blanks)")
	g.Expect(os.Mkdir(folder, 0o700)).To(Succeed())
	run := inWine(t, folder)
	for _, args := range [][]string{{"run", "--embedded", "-q"}, {"judge", "reports", "-q"}} {
		exit, output := run(append([]string{"conformance.exe"}, args...)...)
		g.Expect(exit).To(Equal(0), "%s\n%s", args, output)
	}
	for _, at := range []string{"reports", "reports/judged"} {
		for _, api := range []string{"saymon", "sdm", "sessions"} {
			results, err := report.Dir{Path: filepath.Join(folder, at)}.Read(api)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(results.Targets).To(ConsistOf(HaveField("Verdict", report.Conformant)))
		}
	}

	server, err := sdm.New(sdm.Default())
	g.Expect(err).NotTo(HaveOccurred())
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(300 * time.Millisecond)
		server.ServeHTTP(w, r)
	}))
	defer slow.Close()
	user := sdm.Default().User
	g.Expect(os.WriteFile(filepath.Join(folder, "targets.yaml"), fmt.Appendf(nil,
		"targets:\n  - {name: slow, api: sdm, url: %q, user: {login: %q, password: %q}}\n", slow.URL, user.UserName,
		user.Password), 0o600)).To(Succeed())
	exit, output := run("conformance.exe", "check")
	g.Expect(exit).To(Equal(0), output)
	exit, output = run("ctrlc.exe", "8s", `.\conformance.exe`, "run", "-q")
	g.Expect(exit).To(Equal(report.ExitInconclusive), output)
	results, err := report.Dir{Path: filepath.Join(folder, "reports")}.Read("sdm")
	g.Expect(err).NotTo(HaveOccurred(), output)
	g.Expect(results.Targets[0].Stopped).To(ContainSubstring("the run was interrupted"))
	g.Expect(results.Targets[0].Requests).To(BeNumerically(">", 2), "what was gathered is judged")
}
