//go:build readers

// These tests let programs of others read what we write. They need npm with node, and python3 with pip, which fetch the
// readers in the versions that stand here.
package formats

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// call runs a program in a folder and gives what it printed.
func call(t *testing.T, folder, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "PYTHONPATH="+filepath.Join(folder, "python"))
	cmd.Stderr = os.Stderr
	output, err := cmd.Output()
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), "%s %s\n%s", name, strings.Join(args, " "), output)
	return output
}

// readers fetches the readers into a folder.
func readers(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	call(t, folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder,
		"test-results-parser@0.4.6", "junit2json@4.0.0")
	call(t, folder, "python3", "-m", "pip", "install",
		"--quiet", "--root-user-action=ignore", "--no-deps", "--target", filepath.Join(folder, "python"),
		"junitparser==5.0.3", "xmlschema==4.3.2", "elementpath==5.1.4")
	for _, file := range []string{"read.mjs", "read.py"} {
		text, err := os.ReadFile(filepath.Join("testdata", file))
		NewWithT(t).Expect(err).NotTo(HaveOccurred())
		NewWithT(t).Expect(os.WriteFile(filepath.Join(folder, file), text, 0o600)).To(Succeed())
	}
	return folder
}

// suite is what a reader sees of a testsuite.
type suite struct {
	Name            string
	Failed, Skipped int
	Cases           []struct {
		Name, Class, Status, Text string
		Attachments               []string
	}
}

// results hold a case of each kind.
func results() *report.Results {
	lab := report.Target{Name: "lab.one", URL: "http://h/?a=b&c", Verdict: report.NonConformant}
	lab.Results = []report.Result{{Spec: "logs in", Clause: "c-1", Verdict: report.Pass},
		{Spec: "sets the cookie", Clause: "c-2", Verdict: report.Fail, Message: "first ]]> <b>\nsecond"},
		{Spec: "has XML", Clause: "c-3", Verdict: report.Unsupported, Message: "lab.one is without xml\nand says so"}}
	down := report.Target{Name: "down", Verdict: report.Inconclusive, Stopped: "no answer", Results: []report.Result{
		{Spec: "logs in", Clause: "c-1", Tier: "stated", Verdict: report.Inconclusive, Message: "not asked"}}}
	return &report.Results{Format: report.Format, API: "saymon", Started: time.Now(),
		Targets: []report.Target{lab, down}}
}

func written(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "TEST-saymon.xml")
	NewWithT(t).Expect(os.WriteFile(path, results().JUnit(""), 0o600)).To(Succeed())
	return path
}

func TestReadersSeeWhatWeMean(t *testing.T) {
	g := NewWithT(t)
	folder, path := readers(t), written(t)
	var node struct{ Parser, Junit2json []suite }
	g.Expect(json.Unmarshal(call(t, folder, "node", "read.mjs", path), &node)).To(Succeed())
	var python []suite
	g.Expect(json.Unmarshal(call(t, folder, "python3", "read.py", path), &python)).To(Succeed())
	for name, read := range map[string][]suite{"test-results-parser": node.Parser, "junit2json": node.Junit2json,
		"junitparser": python} {
		g.Expect(read).To(HaveLen(2), name)
		g.Expect([]string{read[0].Name, read[1].Name}).To(Equal([]string{"saymon.lab.one", "saymon.down"}), name)
		var seen []string
		for _, s := range read {
			for _, c := range s.Cases {
				seen = append(seen, s.Name+" "+c.Name+" "+c.Status)
				if c.Status == "FAIL" {
					g.Expect(c.Attachments).To(ConsistOf(
						ContainSubstring("evidence/"+strings.TrimPrefix(s.Name, "saymon.")+".har")), name)
				}
				if name != "test-results-parser" { // which keeps no class, and no reason of a skip
					g.Expect(c.Class).To(Equal(s.Name), name)
				}
			}
		}
		g.Expect(seen).To(Equal([]string{"saymon.lab.one logs in PASS", "saymon.lab.one sets the cookie FAIL",
			"saymon.lab.one has XML SKIP",
			"saymon.down logs in SKIP", "saymon.down the target could be judged FAIL"}), name)
		g.Expect(read[0].Cases[1].Text).To(ContainSubstring("first ]]> <b>"), name)
		if name != "test-results-parser" {
			g.Expect(read[0].Cases[2].Text).To(Equal("unsupported: lab.one is without xml"), name)
		}
		if name != "junit2json" { // which passes on what stands there
			counted := []int{read[0].Failed, read[0].Skipped, read[1].Failed, read[1].Skipped}
			g.Expect(counted).To(Equal([]int{1, 1, 1, 1}), name)
		}
	}
}

// A full validator of XML Schema agrees with ours, which understands a part, on what is valid and on what is not.
func TestTheSchemaItselfAgrees(t *testing.T) {
	g := NewWithT(t)
	folder := readers(t)
	schema, err := filepath.Abs("junit/junit-10.xsd")
	g.Expect(err).NotTo(HaveOccurred())
	ours, err := os.ReadFile(written(t))
	g.Expect(err).NotTo(HaveOccurred())
	texts := map[string]string{"good": goodJUnit, "ours": string(ours)}
	var refused []string
	for _, b := range brokenJUnit {
		name := b.from + " → " + b.to
		texts[name] = strings.Replace(goodJUnit, b.from, b.to, 1)
		if b.says != "rerunFailure is not known" { // which ours refuses as it cannot judge it
			refused = append(refused, name)
		}
	}
	encoded, err := json.Marshal(texts)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(filepath.Join(folder, "texts.json"), encoded, 0o600)).To(Succeed())
	var found []string
	g.Expect(json.Unmarshal(call(t, folder, "python3", "read.py", schema, "texts.json"), &found)).To(Succeed())
	g.Expect(found).To(ConsistOf(refused))
}
