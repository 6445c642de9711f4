package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"

	"golang.org/x/term"
)

var ours = regexp.MustCompile(`(?m)^module session-conformance$`)

// root is the folder of this module: the nearest one upwards.
func root() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if text, no := os.ReadFile(filepath.Join(dir, "go.mod")); no == nil && ours.Match(text) {
			return dir, nil
		}
		if filepath.Dir(dir) == dir {
			return "", errors.New("the suites are not here: run this inside the folder of session-conformance")
		}
	}
	return "", err
}

// ginkgo makes the command that runs the suites of the APIs. An interrupt reaches it by itself, and it is waited for: it still
// writes the reports.
func ginkgo(dir string, apis, environment []string, args ...string) *exec.Cmd {
	line := append([]string{"tool", "ginkgo", "--keep-going"}, args...)
	if !term.IsTerminal(int(os.Stdout.Fd())) {
		line = append(line, "--no-color")
	}
	for _, api := range apis {
		line = append(line, "./suites/"+api)
	}
	cmd := exec.Command("go", line...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), environment...)
	return cmd
}

// uninterrupted does the work while interrupts are left to the program that it runs, and says whether one came.
func uninterrupted(work func() error) (interrupted bool, err error) {
	interrupts := make(chan os.Signal, 4)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupts)
	err = work()
	return len(interrupts) > 0, err
}
