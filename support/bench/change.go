package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
)

// change measures how long it takes from a change of one spec to its verdict, by ginkgo and by go test. The changed
// file is laid over the real one (-overlay), which stays as it is.
func (b *bench) change(api string) error {
	file, err := b.programs.embedded(api)
	if err != nil {
		return err
	}
	spec, err := firstSpec(filepath.Join(b.Root, "suites", api))
	if err != nil {
		return err
	}
	r := row{title: fmt.Sprintf("%s: from a change in %s to the verdict", api, filepath.Base(spec.path)),
		name: "Change/api=" + api}
	err = b.repeat(func() error {
		spent := map[string]Cost{}
		for _, command := range [][]string{{"test", "./suites/" + api}, {"tool", "ginkgo", "--no-color", "--silence-skips",
			"./suites/" + api}} {
			overlay, err := spec.changed(b.programs)
			if err != nil {
				return err
			}
			cmd := exec.Command("go", command...)
			cmd.Dir = b.Root
			cmd.Env = append(os.Environ(), "GOFLAGS=-overlay="+overlay, "TARGETS_FILE="+file, "TARGET=", "EVIDENCE=",
				"PROGRESS=off",
				"REPORTS_DIR="+b.programs.path("reports"))
			c, output, err := measure(cmd)
			if err != nil {
				return fmt.Errorf("go %v: %w\n%s", command, err, output)
			}
			spent[command[0]] = c
		}
		r.add("go tool ginkgo", "ns/op", 0, float64(spent["tool"].Wall))
		r.add("go test", "test-ns/op", 0, float64(spent["test"].Wall))
		r.add("ginkgo ÷ go test", "ginkgo/test", 1.5, float64(spent["tool"].Wall)/float64(spent["test"].Wall))
		r.add("CPU, ginkgo ÷ go test", "ginkgo-cpu/test", 0, float64(spent["tool"].CPU)/float64(spent["test"].CPU))
		return nil
	})
	if err == nil {
		b.done(r)
	}
	return err
}

// specFile is a file with a spec in it.
type specFile struct {
	path, text string
	at         int // where the spec's name begins
}

var aSpec = regexp.MustCompile(`\bIt\("`)

// firstSpec finds the first spec of a suite.
func firstSpec(folder string) (*specFile, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	sort.Strings(files)
	for _, path := range files {
		text, failed := os.ReadFile(path)
		if failed != nil {
			err = errors.Join(err, failed)
			continue
		}
		if found := aSpec.FindIndex(text); found != nil {
			return &specFile{path, string(text), found[1]}, nil
		}
	}
	return nil, errors.Join(err, fmt.Errorf("no spec was found in %s", folder))
}

// changed renames the spec, as it was never named before, and gives the file that lays the change over the original.
func (s *specFile) changed(p *programs) (overlay string, err error) {
	file := p.path("spec.go")
	text := s.text[:s.at] + filepath.Base(file[:len(file)-len("-spec.go")]) + filepath.Base(p.folder) + " " + s.text[s.at:]
	overlay = p.path("overlay.json")
	laid, err := json.Marshal(map[string]any{"Replace": map[string]string{s.path: file}})
	return overlay, errors.Join(err, os.WriteFile(file, []byte(text), 0o600), os.WriteFile(overlay, laid, 0o600))
}
