//go:build keycloak && unix

package keycloak_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// startLimit is how long Keycloak may take to be ready: some 30 seconds on an idle machine.
const startLimit = 5 * time.Minute

// server is a Keycloak that runs.
type server struct {
	url    string // http://127.0.0.1:8080
	health string // the address that says whether it is ready
	log    string // the file
	cmd    *exec.Cmd
	// life is open as long as this process lives; when it closes, by whatever way this process ends, Keycloak is killed.
	life interface{ Close() error }
	dead chan struct{} // closed when Keycloak has ended
}

// run starts Keycloak and kills its process group, itself included, when its input ends.
const run = `exec 3<&0; "$@" </dev/null & keycloak=$!; (cat <&3 >/dev/null; kill -KILL 0) & wait $keycloak`

// start unpacks Keycloak into a folder of the test, imports the realms of testdata, and waits until it is ready. It
// ends with the test, or when the context does. Where somebody takes one of its ports meanwhile, it tries others.
func start(ctx context.Context, t *testing.T) *server {
	t.Helper()
	for attempt := 1; ; attempt++ {
		s := launch(ctx, t)
		err := s.ready(ctx)
		if err == nil {
			t.Cleanup(func() { s.stop(t) })
			return s
		}
		said, _ := os.ReadFile(s.log)
		if attempt == 3 || !bytes.Contains(said, []byte("Address already in use")) {
			t.Error(err)
			s.stop(t)
			t.FailNow()
		}
		s.stop(t)
	}
}

// launch unpacks and starts it.
func launch(ctx context.Context, t *testing.T) *server {
	t.Helper()
	archive, err := distribution(ctx)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "keycloak")
	realms := filepath.Join(home, "data", "import")
	for _, err := range []error{os.MkdirAll(realms, 0o755), os.CopyFS(realms, os.DirFS("testdata"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if output, err := exec.CommandContext(ctx, "tar", "-xzf", archive, "-C", home, "--strip-components=1").
		CombinedOutput(); err != nil {
		t.Fatalf("%s does not unpack: %v\n%s", archive, err, output)
	}
	port, health := freePort(t), freePort(t)
	s := &server{url: "http://127.0.0.1:" + port, health: "http://127.0.0.1:" + health + "/health/ready",
		log: filepath.Join(home, "log"), dead: make(chan struct{})}
	log, err := os.Create(s.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	s.cmd = exec.Command("sh", "-c", run, "sh", filepath.Join(home, "bin", "kc.sh"), "start-dev", "--import-realm",
		"--http-host=127.0.0.1",
		"--http-port="+port, "--http-management-port="+health, "--health-enabled=true")
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a Ctrl-C ends the test, and the test ends Keycloak
	s.cmd.Stdout, s.cmd.Stderr = log, log
	s.cmd.Env = append(os.Environ(), "JAVA_OPTS_APPEND=-XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true")
	if s.life, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait()
		close(s.dead)
	}()
	return s
}

// ready waits for the health endpoint.
func (s *server) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, fmt.Errorf("Keycloak was not ready within %s", startLimit))
	defer cancel()
	client := &http.Client{Timeout: 5 * time.Second}
	for {
		if answer, err := client.Get(s.health); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-s.dead:
			return fmt.Errorf("Keycloak ended before it was ready: %s", s.cmd.ProcessState)
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// stop kills Keycloak and all its processes. It can be called again. Of a failed test it keeps the log.
func (s *server) stop(t *testing.T) {
	_ = s.life.Close()
	select {
	case <-s.dead:
	case <-time.After(30 * time.Second):
		t.Errorf("Keycloak still runs 30 seconds after it was killed, as process group %d", s.cmd.Process.Pid)
	}
	if text, err := os.ReadFile(s.log); err == nil && t.Failed() {
		kept, err := os.CreateTemp("", "keycloak-failed-*.log")
		if err != nil {
			t.Fatal(err)
		}
		_, err = kept.Write(text)
		t.Logf("the whole log of Keycloak: %s (%v); its end:\n%s", kept.Name(), errors.Join(err, kept.Close()),
			text[max(0, bytes.LastIndexByte(text[:max(0, len(text)-3000)], '\n')):])
	}
}

// freePort is one on the loopback interface that nobody listens on now, below those that systems give to whoever asks
// for any: it stays free for Keycloak, which can only be told a number.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000)))
		if err != nil {
			continue
		}
		defer l.Close()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		return port
	}
	t.Fatal("a hundred ports between 20000 and 30000 are taken")
	return ""
}
