//go:build readers

package ci

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// Groovy reads the Jenkinsfile as these tests do, and every directive stands where Jenkins' manual allows it. Jenkins'
// own validator is not asked: it is part of a server. It needs java and mvn, which fetches Groovy.
func TestGroovyReadsTheJenkinsfileAsWeDo(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	output, err := exec.Command("mvn", "-q", "dependency:copy", "-Dartifact=org.apache.groovy:groovy:4.0.28",
		"-DoutputDirectory="+folder).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(output))
	content := string(text(t, "Jenkinsfile"))
	files := []string{content}
	p := jenkins(t, "Jenkinsfile")
	var want []string
	for name, value := range p.environment {
		want = append(want, "environment\t"+name+"\t"+value)
	}
	for _, s := range p.steps {
		want = append(want, map[bool]string{false: "steps", true: "post always"}[s.always]+"\tsh\t"+s.run)
	}
	for _, pattern := range p.junit {
		want = append(want, "post always\tjunit\t"+pattern)
	}
	for _, pattern := range p.uploads {
		want = append(want, "post always\tarchiveArtifacts\t"+pattern)
	}

	for from, to := range map[string]string{
		"    post {":                   "    posts {",
		"        always {":             "        allways {",
		"agent { label 'go' }":         "",
		"            steps {":          "            step {",
		"timeout(time":                 "timeouts(time",
		"credentials('":                "credential('",
		"sh 'go tool":                  "go tool",
		"            archiveArtifacts": "        }\n        always {\n            archiveArtifacts",
		"ACCEPTED = ''":                "ACCEPTED = missing",
		"pipeline {":                   "pipeline",
	} {
		broken := strings.Replace(content, from, to, 1)
		g.Expect(broken).NotTo(Equal(content), from)
		files = append(files, broken)
	}
	args := []string{"-cp", filepath.Join(folder, "groovy-4.0.28.jar"), "groovy.ui.GroovyMain", "testdata/pipeline.groovy"}
	for i, content := range files {
		file := filepath.Join(folder, fmt.Sprint(i))
		g.Expect(os.WriteFile(file, []byte(content), 0o600)).To(Succeed())
		args = append(args, file)
	}
	output, err = exec.Command("java", args...).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(output))
	read := regexp.MustCompile(`(?m)^file\t.*\n`).Split(string(output), -1)[1:]
	g.Expect(read).To(HaveLen(len(files)))
	g.Expect(strings.Split(strings.TrimSpace(read[0]), "\n")).To(ConsistOf(want))
	for i, said := range read[1:] {
		g.Expect(said).To(MatchRegexp(`(?m)^refused\t`), files[i+1])
	}
}
