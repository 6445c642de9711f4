//go:build unit

package ci

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"
)

// pipeline is what a CI reads from an example.
type pipeline struct {
	ci          string // github, gitlab, jenkins or azure
	file        string
	archive     bool              // it judges by the archive, and needs no Go
	environment map[string]string // the job's, secrets included
	steps       []step
	junit       []string // patterns of the JUnit files that the CI reads
	uploads     []string // patterns of the files that it keeps
	always      bool     // it does so after a failed step too
}

// step is a command of an example.
type step struct {
	run         string
	environment map[string]string
	always      bool // it is run after a failed step too
	byTheClock  bool // it is run in builds by the clock only
}

// pipelines are all examples of this folder: by the sources, and by the archive.
func pipelines(t *testing.T) []pipeline {
	t.Helper()
	all := []pipeline{github(t, "github-actions.yml"), gitlab(t, "gitlab-ci.yml"), jenkins(t, "Jenkinsfile"),
		azure(t, "azure-pipelines.yml"), github(t, "github-actions-archive.yml"), gitlab(t, "gitlab-ci-archive.yml"),
		jenkins(t, "Jenkinsfile.archive"), azure(t, "azure-pipelines-archive.yml")}
	for i := range all {
		_, all[i].archive = all[i].environment["CONFORMANCE"]
	}
	return all
}

// decode reads an example in YAML. Keys that the tests do not look at are left to the schema.
func decode(t *testing.T, file string, into any) {
	t.Helper()
	NewWithT(t).Expect(yaml.Unmarshal(text(t, file), into)).To(Succeed(), file)
}

func text(t *testing.T, file string) []byte {
	t.Helper()
	content, err := os.ReadFile(file)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return content
}

func github(t *testing.T, name string) pipeline {
	var file struct {
		Jobs struct {
			Conformance struct {
				Env   map[string]string
				Steps []struct {
					If, Uses, Run string
					With          struct{ Path string }
				}
			}
		}
	}
	decode(t, name, &file)
	p := pipeline{ci: "github", file: name, environment: file.Jobs.Conformance.Env}
	for _, s := range file.Jobs.Conformance.Steps {
		always := s.If == "${{ always() }}"
		switch {
		case s.Run != "":
			p.steps = append(p.steps, step{run: s.Run, always: always})
		case strings.HasPrefix(s.Uses, "actions/upload-artifact@"):
			p.uploads, p.always = append(p.uploads, strings.Fields(s.With.Path)...), always
		}
	}
	return p
}

func gitlab(t *testing.T, name string) pipeline {
	var file struct {
		Conformance struct {
			Variables map[string]string
			Script    []string
			Artifacts struct {
				When    string
				Paths   []string
				Reports struct{ Junit string }
			}
		}
	}
	decode(t, name, &file)
	job := file.Conformance
	p := pipeline{ci: "gitlab", file: name, environment: job.Variables, uploads: job.Artifacts.Paths,
		junit:  []string{job.Artifacts.Reports.Junit},
		always: job.Artifacts.When == "always"}
	for _, line := range job.Script {
		p.steps = append(p.steps, step{run: line})
	}
	return p
}

func azure(t *testing.T, name string) pipeline {
	var file struct {
		Jobs []struct {
			Variables map[string]string
			Steps     []struct {
				Script, Task, Publish, Condition string
				Env, Inputs                      map[string]string
			}
		}
	}
	decode(t, name, &file)
	NewWithT(t).Expect(file.Jobs).NotTo(BeEmpty())
	p := pipeline{ci: "azure", file: name, environment: file.Jobs[0].Variables, always: true}
	for _, s := range file.Jobs[0].Steps {
		always := s.Condition == "always()"
		switch {
		case s.Script != "":
			p.steps = append(p.steps, step{run: s.Script, environment: s.Env, always: always})
		case s.Publish != "":
			p.uploads, p.always = append(p.uploads, s.Publish), p.always && always
		case s.Task == "PublishTestResults@2":
			p.junit, p.always = append(p.junit, s.Inputs["testResultsFiles"]), p.always && always
		}
	}
	return p
}

var (
	jenkinsStep = regexp.MustCompile(`(?m)^\s*(sh|junit testResults:|archiveArtifacts artifacts:) '([^']*)'$`)
	jenkinsName = regexp.MustCompile(`(?m)^\s*([A-Z0-9_]+) = (?:'([^']*)'|(credentials\('[^']*'\)))`)
	jenkinsPost = regexp.MustCompile(`\n    post \{\n        always \{\n`)
)

// jenkins reads the Jenkinsfile as it stands: one step a line. That its Groovy means the same, groovy_test.go shows.
func jenkins(t *testing.T, name string) pipeline {
	content := string(text(t, name))
	p := pipeline{ci: "jenkins", file: name, environment: map[string]string{}, always: true}
	post := jenkinsPost.FindStringIndex(content)
	NewWithT(t).Expect(post).NotTo(BeNil(), "there is no post { always {")
	for _, m := range jenkinsName.FindAllStringSubmatch(content, -1) {
		p.environment[m[1]] = m[2] + m[3]
	}
	for _, at := range jenkinsStep.FindAllStringSubmatchIndex(content, -1) {
		name, argument, always := content[at[2]:at[3]], content[at[4]:at[5]], at[0] > post[0]
		switch name {
		case "sh":
			p.steps = append(p.steps, step{run: argument, always: always, byTheClock: argument == "make vulnerabilities"})
		case "junit testResults:":
			p.junit, p.always = append(p.junit, argument), p.always && always
		default:
			p.uploads, p.always = append(p.uploads, argument), p.always && always
		}
	}
	return p
}
