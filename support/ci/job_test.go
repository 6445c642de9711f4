//go:build e2e

package ci

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// done is what came of an example.
type done struct {
	ci, checkout string
	summary      string // the file that GitHub shows
	failed       bool
	output       string
	kept         []string // files, relative to the checkout
}

var secret = regexp.MustCompile(
	`^(\$\{\{ secrets\.SAYMON_PASSWORD \}\}|\$\(SAYMON_PASSWORD\)|credentials\('saymon-password'\))$`)

// fetched is an archive with the program, as a server offers it.
type fetched struct{ address, sum string }

// start runs the example, and sees to what its CI keeps and shows.
func (p pipeline) start(t *testing.T, checkout, accepted string, archive fetched) done {
	t.Helper()
	g := NewWithT(t)
	d := p.run(t, checkout, accepted, archive)
	d.keep(t, p)
	switch p.ci {
	case "github":
		shown, err := os.ReadFile(d.summary)
		g.Expect(err).NotTo(HaveOccurred(), d.output)
		g.Expect(bytes.TrimSpace(shown)).NotTo(BeEmpty())
	case "azure":
		shown := regexp.MustCompile(`(?m)^##vso\[task\.uploadsummary\](.+)$`).FindStringSubmatch(d.output)
		g.Expect(shown).To(HaveLen(2), d.output)
		g.Expect(shown[1]).To(BeARegularFile())
	}
	g.Expect(d.output).NotTo(ContainSubstring(password))
	return d
}

// run runs the commands of the example, as a job of its CI begins: with no reports.
func (p pipeline) run(t *testing.T, checkout, accepted string, archive fetched) done {
	t.Helper()
	g := NewWithT(t)
	g.Expect(os.RemoveAll(filepath.Join(checkout, "reports"))).To(Succeed())
	d := done{ci: p.ci, checkout: checkout, summary: filepath.Join(t.TempDir(), "summary")}
	variables, shell := p.surroundings(checkout, d.summary)
	set := func(name, value string) {
		if secret.MatchString(value) {
			value = password
		}
		switch name {
		case "ACCEPTED":
			value = accepted
		case "CONFORMANCE":
			value = archive.address
		case "CONFORMANCE_SHA256":
			value = archive.sum
		case "GOPATH", "GOCACHE", "GOMODCACHE": // this machine's are full
			return
		}
		variables = append(variables, name+"="+value)
	}
	for _, empty := range []string{"ACCEPTED", "CONFORMANCE", "CONFORMANCE_SHA256"} {
		g.Expect(p.environment[empty]).To(BeEmpty(), empty)
	}
	for name, value := range p.environment {
		set(name, value)
	}
	for _, s := range p.steps {
		if d.failed && !s.always || s.byTheClock {
			continue
		}
		all := len(variables)
		for name, value := range s.environment {
			set(name, value)
		}
		cmd := exec.Command(shell[0], append(shell[1:], strings.ReplaceAll(s.run, "$(Build.SourcesDirectory)", checkout))...)
		cmd.Dir, cmd.Env = checkout, append(clean(), variables...)
		output, err := cmd.CombinedOutput()
		variables = variables[:all]
		d.output += string(output)
		d.failed = d.failed || err != nil
	}
	return d
}

// surroundings are the variables that a CI sets, and its shell.
func (p pipeline) surroundings(checkout, summary string) (variables, shell []string) {
	switch p.ci {
	case "github":
		return []string{"CI=true", "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY=" + summary}, []string{"bash", "-e", "-c"}
	case "gitlab": // whose secrets need no line in the file
		return []string{"CI=true", "GITLAB_CI=true", "CI_PROJECT_DIR=" + checkout, "SAYMON_PASSWORD=" + password},
			[]string{"sh", "-e", "-c"}
	case "jenkins":
		return []string{"JENKINS_URL=http://jenkins.test/", "WORKSPACE=" + checkout}, []string{"sh", "-x", "-e", "-c"}
	}
	return []string{"TF_BUILD=True", "BUILD_SOURCESDIRECTORY=" + checkout}, []string{"bash", "-c"}
}

// clean is the environment of these tests without what a CI, or make, may have set for them.
func clean() []string {
	return slices.DeleteFunc(os.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains([]string{"TARGET", "TARGETS_FILE", "REPORTS_DIR", "EVIDENCE", "PROGRESS", "ACCEPTED", "CI",
			"GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR",
			"JENKINS_URL", "WORKSPACE", "SAYMON_PASSWORD", "MAKEFLAGS"}, name)
	})
}

// keep lists what the CI keeps. Each pattern of JUnit must name a file.
func (d *done) keep(t *testing.T, p pipeline) {
	t.Helper()
	g := NewWithT(t)
	for _, pattern := range p.uploads {
		found, err := filepath.Glob(filepath.Join(d.checkout, strings.TrimSuffix(pattern, "/**")))
		g.Expect(err).NotTo(HaveOccurred())
		for _, path := range found {
			g.Expect(filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
				if way, _ := filepath.Rel(d.checkout, path); err == nil && !entry.IsDir() {
					d.kept = append(d.kept, filepath.ToSlash(way))
				}
				return err
			})).To(Succeed())
		}
		if !strings.HasPrefix(pattern, "reports/evidence") { // which is not there where nothing was asked
			g.Expect(found).NotTo(BeEmpty(), "%s: nothing is at %s\n%s", p.file, pattern, d.output)
		}
	}
	for _, pattern := range p.junit {
		found, err := filepath.Glob(filepath.Join(d.checkout, pattern))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(found).NotTo(BeEmpty(), "%s: no JUnit is at %s", p.file, pattern)
	}
}

// keeps expects that what a reader needs of the APIs is kept: JUnit, results, both reports, and the evidence of each
// target.
func (d done) keeps(t *testing.T, apis ...string) {
	t.Helper()
	g := NewWithT(t)
	g.Expect(d.kept).To(ContainElements("reports/index.html", "reports/summary.md"))
	folder := report.Dir{Path: filepath.Join(d.checkout, "reports")}
	for _, api := range apis {
		g.Expect(d.kept).To(ContainElements("reports/TEST-"+api+".xml", "reports/"+api+".json"))
		results, err := folder.Read(api)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(results.Targets).NotTo(BeEmpty())
		for _, target := range results.Targets {
			g.Expect(d.kept).To(ContainElement("reports/evidence/" + target.Name + ".har"))
		}
	}
}

// attachments are the files that failures name: each must be kept, seen from where the CI looks.
func (d done) attachments(t *testing.T) []string {
	t.Helper()
	g := NewWithT(t)
	from := "reports/"
	if d.ci == "gitlab" || d.ci == "jenkins" {
		from = ""
	}
	var named []string
	for _, m := range regexp.MustCompile(`\[\[ATTACHMENT\|(.+?)\]\]`).
		FindAllStringSubmatch(string(text(t, filepath.Join(d.checkout, "reports/TEST-saymon.xml"))), -1) {
		named = append(named, m[1])
		g.Expect(d.kept).To(ContainElement(from + m[1]))
	}
	return named
}
