//go:build unit

package report

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"session-conformance/support/formats"
)

func TestJUnitIsJUnit(t *testing.T) {
	g := NewWithT(t)
	g.Expect(formats.JUnit(sample().JUnit("reports/"))).To(Succeed())
	g.Expect(formats.JUnit((&Results{API: "sdm", Problems: []string{"line 1\nline 2"}}).JUnit(""))).To(Succeed())
	g.Expect(formats.JUnit((&Results{API: "sdm"}).JUnit(""))).To(Succeed())
}

// Whatever a target's answer brings into a message, a name or an address, JUnit stays JUnit, and each verdict what it
// is.
func TestJUnitOfHostileTextIsJUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		text := rapid.OneOf(rapid.String(),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
			rapid.SampledFrom([]string{"]]>", "<!--", "&#0;", "\x1b[2J", "\ud7ff\ufffe", "[[ATTACHMENT|/etc/passwd]]",
				"\r\n\r"}))
		target := judged()
		target.Name, target.URL, target.Stopped = "lab.one", text.Draw(t, "url"), text.Draw(t, "stopped")
		for _, v := range Verdicts() {
			target.Results = append(target.Results, Result{Clause: "c", Spec: string(v), Verdict: v, Tier: "stated",
				Message: text.Draw(t, "message"),
				Seconds: rapid.Float64Range(0, 1e7).Draw(t, "seconds")})
		}
		target.Verdict = rapid.SampledFrom([]Verdict{NonConformant, Inconclusive}).Draw(t, "verdict")
		written := (&Results{API: "saymon", SuiteVersion: text.Draw(t, "version"), Seconds: 1234567.8,
			Targets: []Target{*target}}).JUnit("")
		g.Expect(formats.JUnit(written)).To(Succeed(), string(written))
		var read junitSuites
		g.Expect(xml.Unmarshal(written, &read)).To(Succeed())
		for i, v := range Verdicts() {
			c := read.Suites[0].Cases[i]
			g.Expect([]any{c.Name, c.Failure != nil, c.Skipped != nil}).
				To(Equal([]any{string(v), v == Fail, v != Fail && v != Pass}))
			g.Expect(strings.Count(c.SystemOut, "[[ATTACHMENT|")).To(Equal(map[bool]int{true: 1}[v == Fail]))
		}
	})
}

func TestAttachmentsLieWhereTheirReadersLook(t *testing.T) {
	gitlab := map[string]string{"CI_PROJECT_DIR": "/builds/acme/suite"}
	jenkins := map[string]string{"JENKINS_URL": "http://j/", "WORKSPACE": "/w/job"}
	for _, test := range []struct {
		environment map[string]string
		path, want  string
	}{
		{nil, "/builds/acme/suite/reports", ""},
		{gitlab, "/builds/acme/suite/reports", "reports/"},
		{gitlab, "/builds/acme/suite/a/b", "a/b/"},
		{gitlab, "/builds/acme/suite", ""},
		{gitlab, "/builds/acme", ""},
		{gitlab, "/tmp/reports", ""},
		{gitlab, "/builds/acme/suite/..reports", "..reports/"},
		{jenkins, "/w/job/reports", "reports/"},
		{map[string]string{"WORKSPACE": "/w/job"}, "/w/job/reports", ""},
	} {
		NewWithT(t).Expect(Dir{test.path}.seen(func(name string) string { return test.environment[name] })).
			To(Equal(test.want), test.path)
	}
}

// checkJUnit says what is wrong with one file that shall show all results.
func checkJUnit(text []byte, r *Results) []string {
	c := newJUnitCheck(r)
	c.file(text)
	return c.end(r)
}

func TestJUnitOfManyTargetsIsSeveralFiles(t *testing.T) {
	g := NewWithT(t)
	r := &Results{Format: Format, API: "sdm"}
	for i := range 50 {
		one := judged(result(Pass, "stated"), result(Fail, "shown"))
		one.Name = fmt.Sprint("site-", i)
		r.Targets = append(r.Targets, *one)
	}
	const limit = 10_000
	check, files := newJUnitCheck(r), 0
	g.Expect(r.junitFiles("", limit, func(file []byte) error {
		g.Expect(len(file)).To(BeNumerically("<=", limit))
		g.Expect(formats.JUnit(file)).To(Succeed())
		check.file(file)
		files++
		return nil
	})).To(Succeed())
	g.Expect(files).To(BeNumerically(">", 3))
	g.Expect(check.end(r)).To(BeEmpty())
	g.Expect(checkJUnit(r.JUnit(""), r)).To(BeEmpty(), "in one file too")

	d := Dir{Path: filepath.Join(t.TempDir(), "[x]")}
	g.Expect(write(d.junit("sdm", 2), entire([]byte("of a larger run")))).To(Succeed())
	g.Expect(write(d.junit("saymon", 2), entire([]byte("another's")))).To(Succeed())
	g.Expect(d.Write(r)).To(Succeed())
	g.Expect(d.JUnits("sdm")).To(Equal([]string{d.junit("sdm", 1)}))
	g.Expect(d.ReadBack(r)).To(BeEmpty())
	g.Expect(write(d.junit("sdm", 2), entire([]byte(`<testsuites name="sdm"/>`)))).To(Succeed())
	g.Expect(d.Clear("sdm")).To(Succeed())
	g.Expect(d.JUnits("sdm")).To(BeEmpty())
	g.Expect(d.JUnits("saymon")).To(HaveLen(1))
}
