//go:build image

// These tests build what is handed over from the last commit, twice, and use it as those do who get it: on a machine
// with nothing but the archive, and in a container without rights. They need git, and Debian's umoci and runc.
package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// built is the first of two releases of one commit, for this machine's processor.
var built release

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "dist-")
	if err == nil {
		built, err = releaseIn(filepath.Join(folder, "first"))
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// releaseIn makes a release of the last commit from a clone in the folder.
func releaseIn(folder string) (release, error) {
	root, err := git("", "rev-parse", "--show-toplevel")
	if err != nil {
		return release{}, err
	}
	if text, err := exec.Command("git", "clone", "-q", root, folder).CombinedOutput(); err != nil {
		return release{}, fmtError(text, err)
	}
	r, err := describe(folder, "")
	if err == nil {
		err = r.choose("linux/" + runtime.GOARCH)
	}
	if err == nil {
		err = r.make("")
	}
	return r, err
}

// Where the sources lie, and when they are built, is nothing that a release tells.
func TestTwoBuildsAreTheSameBytes(t *testing.T) {
	again, err := releaseIn(filepath.Join(t.TempDir(), "a second folder, Пульт"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"SHA256SUMS", "image/index.json"} {
		first, err := os.ReadFile(filepath.Join(built.out, file))
		if err != nil {
			t.Fatal(err)
		}
		second, err := os.ReadFile(filepath.Join(again.out, file))
		if err != nil {
			t.Fatal(err)
		}
		if string(first) != string(second) {
			t.Errorf("%s differs:\n%s\n%s", file, first, second)
		}
	}
}
