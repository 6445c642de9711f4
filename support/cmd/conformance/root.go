package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"

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

// ginkgo makes the command that runs the suites of the APIs.
func ginkgo(dir string, apis, environment []string, args ...string) *exec.Cmd {
	line := append([]string{"tool", "ginkgo", "--keep-going"}, args...)
	if !term.IsTerminal(int(os.Stdout.Fd())) {
		line = append(line, "--no-color")
	}
	for _, api := range apis {
		suite := "./suites/" + api
		if built := suite + "/built.test"; os.Getenv("PREBUILT") != "" && exists(filepath.Join(dir, built)) {
			suite = built // the end-to-end tests build the suites once: that takes longer than a run
		}
		line = append(line, suite)
	}
	cmd := exec.Command("go", line...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), environment...)
	return cmd
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
