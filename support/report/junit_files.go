package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/sink"
)

// junitLimit bounds a file of JUnit, in bytes: GitLab and others refuse larger ones. A testsuite is never parted.
const junitLimit = 10 << 20

// JUnit writes the results as one file of JUnit: a testsuite per target, named <api>.<target>, its specs as cases. A
// problem of the whole run, and an inconclusive target, are a failing case of their own. folder is the way to the
// reports' folder from where the reader of attachments looks, empty or with a slash at its end.
func (r *Results) JUnit(folder string) (file []byte) {
	_ = r.junitFiles(folder, math.MaxInt, func(text []byte) error { file = text; return nil })
	return file
}

// junitFiles writes JUnit in files of at most limit bytes; the first is there in any case.
func (r *Results) junitFiles(folder string, limit int, put func(file []byte) error) error {
	head := junitSuites{Name: sink.Line(r.API), Time: seconds(r.Seconds)}
	var suites bytes.Buffer
	files := 0
	end := func() error {
		text, err := xml.Marshal(head) // <testsuites …></testsuites>
		if err != nil {
			panic("JUnit of plain strings does not encode: " + err.Error())
		}
		opened, closed, _ := bytes.Cut(text, []byte("></"))
		file := slices.Concat([]byte(xml.Header), opened, []byte(">"), suites.Bytes(), []byte("\n</"), closed, []byte("\n"))
		head.Tests, head.Failures = 0, 0
		suites.Reset()
		files++
		return put(file)
	}
	for s := range r.suites(folder) {
		text, err := xml.MarshalIndent(s, "  ", "  ")
		if err != nil {
			panic("JUnit of plain strings does not encode: " + err.Error())
		}
		if suites.Len() > 0 && suites.Len()+len(text)+junitHead > limit {
			if err := end(); err != nil {
				return err
			}
		}
		suites.WriteByte('\n')
		suites.Write(text)
		head.Tests, head.Failures = head.Tests+s.Tests, head.Failures+s.Failures
	}
	if suites.Len() > 0 || files == 0 {
		return end()
	}
	return nil
}

// junitHead is more than the head and the end of a file take, in bytes.
const junitHead = 1 << 10

// writeJUnit writes JUnit, and removes the further files of an earlier one that was larger.
func (d Dir) writeJUnit(r *Results) error {
	earlier, n := d.JUnits(r.API), 0
	if err := r.junitFiles(d.seen(os.Getenv), junitLimit, func(file []byte) error {
		n++
		earlier = slices.DeleteFunc(earlier, func(path string) bool { return path == d.junit(r.API, n) })
		return write(d.junit(r.API, n), entire(file))
	}); err != nil {
		return err
	}
	return remove(earlier)
}

// JUnits are the files of JUnit of an API that are there: TEST-sdm.xml, and of very many targets TEST-sdm.2.xml and so
// on.
func (d Dir) JUnits(api string) (there []string) {
	entries, _ := os.ReadDir(d.Path)
	for _, e := range entries {
		if of := junitName.FindStringSubmatch(e.Name()); of != nil && of[1] == api {
			there = append(there, filepath.Join(d.Path, e.Name()))
		}
	}
	return there
}

var junitName = regexp.MustCompile(`^TEST-([a-z]+)(?:\.[0-9]+)?\.xml$`)

func (d Dir) junit(api string, n int) string {
	name := "TEST-" + api
	if n > 1 {
		name += fmt.Sprint(".", n)
	}
	return filepath.Join(d.Path, name+".xml")
}

// seen is the way to the folder from where those look who read attachments: GitLab from $CI_PROJECT_DIR, Jenkins from
// $WORKSPACE. All others, Azure among them, look from the JUnit file itself, which is what an empty way says. So it
// is where the folder lies outside of what GitLab or Jenkins keep.
func (d Dir) seen(variable func(string) string) string {
	root := variable("CI_PROJECT_DIR")
	if root == "" && variable("JENKINS_URL") != "" {
		root = variable("WORKSPACE")
	}
	if root == "" {
		return ""
	}
	way, err := filepath.Rel(root, d.Path)
	if err != nil || way == "." || way == ".." || strings.HasPrefix(way, ".."+string(filepath.Separator)) {
		return ""
	}
	return filepath.ToSlash(way) + "/"
}
