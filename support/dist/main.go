// Command dist builds what is handed over: the program for each system, as archives with checksums and a bill of
// materials, and an image for container engines. It is a module of its own, so that who judges products does not fetch
// what only this needs.
//
// Two builds of one commit give the same bytes: times are the commit's, paths are trimmed, and nothing of the machine
// goes in.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// platform is a system and processor to build for.
type platform struct{ os, arch string }

func (p platform) String() string { return p.os + "/" + p.arch }

var platforms = []platform{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"},
	{"windows", "arm64"},
}

// release is one build of everything.
type release struct {
	root    string // of the sources
	out     string // the folder to fill
	version string
	commit  string
	date    time.Time  // the commit's
	systems []platform // to build for
}

func main() {
	out := flag.String("o", "", "the folder to fill; it is emptied first (default: .dist in the sources)")
	push := flag.String("push", "", "also push the image to this reference, as 127.0.0.1:5000/conformance:v1")
	systems := flag.String("systems", "", "the systems to build for, as linux/amd64,darwin/arm64 (default: all)")
	flag.Parse()
	r, err := describe("", *out)
	if err == nil {
		err = r.choose(*systems)
	}
	if err == nil {
		err = r.make(*push)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// choose narrows the systems to those named; all where the text is empty.
func (r *release) choose(named string) error {
	if named == "" {
		return nil
	}
	r.systems = nil
	for word := range strings.SplitSeq(named, ",") {
		at := slices.IndexFunc(platforms, func(p platform) bool { return p.String() == word })
		if at < 0 {
			return fmt.Errorf("-systems: %q is none of %v", word, platforms)
		}
		r.systems = append(r.systems, platforms[at])
	}
	return nil
}

// make fills the folder.
func (r release) make(push string) error {
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	var files []string
	for _, p := range r.systems {
		program, err := r.build(p)
		if err != nil {
			return err
		}
		made, err := r.archive(p, program)
		if err != nil {
			return err
		}
		bill, err := r.bill(p, program)
		if err != nil {
			return err
		}
		files = append(files, made, bill)
	}
	if err := r.checksums(files); err != nil {
		return err
	}
	digest, err := r.image(push)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d files and the image %s lie in %s\n", r.version, len(files)+1, digest, r.out)
	return nil
}

// describe finds the sources that the folder is in, and asks git what they are.
func describe(folder, out string) (release, error) {
	r := release{out: out, systems: platforms}
	var err error
	if r.root, err = git(folder, "rev-parse", "--show-toplevel"); err != nil {
		return r, err
	}
	if r.out == "" {
		r.out = filepath.Join(r.root, ".dist")
	}
	if r.out, err = filepath.Abs(r.out); err != nil {
		return r, err
	}
	if r.version, err = git(r.root, "describe", "--tags", "--always", "--dirty"); err != nil {
		return r, err
	}
	if r.commit, err = git(r.root, "rev-parse", "HEAD"); err != nil {
		return r, err
	}
	stamp, err := git(r.root, "show", "-s", "--format=%ct", "HEAD")
	if err != nil {
		return r, err
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return r, fmt.Errorf("git gives %q for the commit's time: %w", stamp, err)
	}
	r.date = time.Unix(seconds, 0).UTC()
	return r, nil
}

func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(text)), nil
}

// build compiles the program for a system and gives its path.
func (r release) build(p platform) (string, error) {
	path := filepath.Join(r.out, "build", p.os+"_"+p.arch, program(p))
	// Go's own stamp of the checkout would say whether the folder was clean, so the version is given instead.
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags",
		"-s -w -buildid= -X session-conformance/support/evidence.version="+r.version+
			" -X session-conformance/support/evidence.commit="+r.commit, "-o", path, "./support/cmd/conformance")
	cmd.Dir, cmd.Stderr = r.root, os.Stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off", "GOOS="+p.os, "GOARCH="+p.arch)
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("the program does not build for %s/%s: %w", p.os, p.arch, err)
	}
	return path, nil
}

func program(p platform) string {
	if p.os == "windows" {
		return "conformance.exe"
	}
	return "conformance"
}

// name is what the files of a system are called, without their ending.
func (r release) name(p platform) string {
	return fmt.Sprintf("conformance_%s_%s_%s", r.version, p.os, p.arch)
}
