//go:build image

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
	"time"
)

func fmtError(said []byte, err error) error { return fmt.Errorf("%w\n%s", err, said) }

// must ends the test with what a command said, where it fails.
func must(t *testing.T, name string, args ...string) {
	t.Helper()
	if said, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatal(name, args, fmtError(said, err))
	}
}

// unpacked is the folder of the archive, in one with blanks and letters that are not Latin.
func unpacked(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "From the archive, Пульт [1]")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	name := built.name(platform{"linux", runtime.GOARCH})
	must(t, "sh", "-c", `cd "$1" && grep "$2.tar.gz" SHA256SUMS | sha256sum -c --strict`, "sh", built.out, name)
	must(t, "tar", "-C", folder, "-xzf", filepath.Join(built.out, name+".tar.gz"))
	return filepath.Join(folder, name)
}

// product is a server of the program itself, and the account of it.
type product struct{ address, login, password string }

var toldUser = regexp.MustCompile(`^ +user: (\{.*\})$`)

// serve serves a SAYMON with the faults, until the test ends.
func serve(t *testing.T, program string, faults ...string) product {
	t.Helper()
	args := []string{"serve", "--api", "saymon", "--port", "0"}
	for _, fault := range faults {
		args = append(args, "--fault", fault)
	}
	cmd := exec.Command(program, args...)
	said, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var p product
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if found := regexp.MustCompile(`^ +url: (\S+)`).FindStringSubmatch(lines.Text()); found != nil {
			p.address = found[1]
		}
		if found := toldUser.FindStringSubmatch(lines.Text()); found != nil {
			var user struct{ Login, Password string }
			if err := json.Unmarshal([]byte(found[1]), &user); err != nil {
				t.Fatal(err)
			}
			p.login, p.password = user.Login, user.Password
			return p
		}
	}
	t.Fatal("serve told no account")
	return p
}

// judged are the cases of one product that does right, and one that does not.
var judged = map[string]struct {
	faults []string
	exit   int
	says   string
}{
	"conforming": {nil, 0, "saymon (saymon): PARTIAL"}, // further accounts and tokens would have more judged
	"broken":     {[]string{"cookie-path-node"}, 1, "saymon-cookie-path"},
}

// tried are the arguments that judge a product.
func (p product) tried() []string {
	return []string{"try", "--api", "saymon", "--url", p.address, "--login", p.login, "--password-env", "PW", "-q"}
}

// expect ends the test where a command does not exit so, or does not say so.
func expect(t *testing.T, cmd *exec.Cmd, exit int, says string) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &said, &said, time.Second
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if got := cmd.ProcessState.ExitCode(); got != exit || !bytes.Contains(said.Bytes(), []byte(says)) {
		t.Fatalf("exit %d, not %d with %q:\n%s", got, exit, says, said.Bytes())
	}
}

// A machine with nothing but the archive: no variables, no Go, no sources.
func TestTheArchiveIsEnoughToJudge(t *testing.T) {
	folder := unpacked(t)
	program := filepath.Join(folder, "conformance")
	for name, c := range judged {
		t.Run(name, func(t *testing.T) {
			p := serve(t, program, c.faults...)
			cmd := exec.Command("./conformance", p.tried()...)
			cmd.Dir, cmd.Env = folder, []string{"PW=" + p.password}
			expect(t, cmd, c.exit, c.says)
			if _, err := os.Stat(filepath.Join(folder, "reports", "index.html")); err != nil {
				t.Error(err)
			}
		})
	}
}
