package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// programs are what is measured and what it is measured against, compiled once.
type programs struct {
	root   string // of the module
	folder string // for all that is made; removed in the end
	used   int    // names of files so far
}

// build compiles the suites of the APIs and the worker (this program).
func build(root string, apis []string) (*programs, error) {
	folder, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, err
	}
	p := &programs{root: root, folder: folder}
	compile := [][]string{{"build", "-C", "support/bench", "-ldflags=-s -w", "-o", p.worker(), "."}}
	for _, api := range apis {
		compile = append(compile, []string{"test", "-c", "-ldflags=-s -w", "-o", p.suite(api), "./suites/" + api})
	}
	for _, args := range compile {
		cmd := exec.Command("go", args...)
		cmd.Dir = root
		if output, err := cmd.CombinedOutput(); err != nil {
			p.remove()
			return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, output)
		}
	}
	return p, nil
}

func (p *programs) remove()                 { _ = os.RemoveAll(p.folder) }
func (p *programs) worker() string          { return filepath.Join(p.folder, "worker") }
func (p *programs) suite(api string) string { return filepath.Join(p.folder, api+".test") }

// path gives a new path.
func (p *programs) path(name string) string {
	p.used++
	return filepath.Join(p.folder, fmt.Sprintf("%d-%s", p.used, name))
}

// embedded writes a targets.yaml with one embedded target of the API and gives its path.
func (p *programs) embedded(api string) (string, error) {
	file := p.path("targets.yaml")
	return file, os.WriteFile(file, fmt.Appendf(nil, "targets:\n  - {name: %s, api: %s, url: embedded}\n", api,
		api), 0o600)
}

// KeycloakVariable is the variable that a targets.jsonl of the worker (this program) has in place of Keycloak's token.
const KeycloakVariable = "KEYCLOAK_TOKEN"

// running are reference servers that run in a process of their own, until they are closed.
type running struct {
	file  string // the targets.jsonl that names them
	token string // what KeycloakVariable must be
	cmd   *exec.Cmd
	end   io.Closer
}

// variable is the environment that targets.jsonl needs.
func (s *running) variable() string { return KeycloakVariable + "=" + s.token }

// serving says what serve starts.
type serving struct {
	api         string
	targets     int
	delay       time.Duration
	concurrency int
	record      string // where to write all requests; empty: nowhere
	with        string // a fault or variant; empty: none
}

// serve starts new reference servers.
func (p *programs) serve(s serving) (*running, error) {
	file := p.path("targets.jsonl")
	cmd := exec.Command(p.worker(), "serve", "-api", s.api, "-targets", fmt.Sprint(s.targets), "-delay", s.delay.String(),
		"-concurrency", fmt.Sprint(s.concurrency), "-file", file, "-record", s.record, "-with", s.with)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	started := &running{file: file, cmd: cmd, end: in}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the reference servers of %s did not start: %w", s.api, started.close())
	}
	started.token = strings.TrimSpace(line)
	return started, nil
}

// close ends the servers.
func (s *running) close() error {
	_ = s.end.Close()
	return s.cmd.Wait()
}
