//go:build e2e

package ci

import (
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
)

// Each example is run as its CI would run it: its commands, in their order, in a clean checkout, with the variables
// that the CI
// sets. A green run, a red one, one against an accepted state, and one that cannot begin.
func TestExamplesDoWhatTheySay(t *testing.T) {
	checkout := checkOut(t)
	for i, p := range pipelines(t) {
		t.Run(p.file, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(os.WriteFile(filepath.Join(checkout, "targets.yaml"), text(t, "../../targets.yaml"), 0o600)).To(Succeed())
			run := p.start(t, checkout, "")
			g.Expect(run.failed).To(BeFalse(), run.output)
			run.keeps(t, "saymon", "sdm", "sessions")

			faulty(t, checkout, "cookie-path-node")
			run = p.start(t, checkout, "")
			g.Expect(run.failed).To(BeTrue(), run.output)
			g.Expect(run.output).To(ContainSubstring("saymon-cookie-path"))
			run.keeps(t, "saymon")
			g.Expect(run.attachments(t)).NotTo(BeEmpty())

			accept := exec.Command("go", "tool", "conformance", "accept", "-o", "accepted.json")
			accept.Dir, accept.Env = checkout, clean()
			output, err := accept.CombinedOutput()
			g.Expect(err).NotTo(HaveOccurred(), string(output))
			run = p.start(t, checkout, "accepted.json")
			g.Expect(run.failed).To(BeFalse(), run.output)
			run.keeps(t, "saymon")
			if i > 0 {
				return // the gate is the same for all
			}

			faulty(t, checkout, "cookie-path-node", "session-id-unquoted")
			run = p.start(t, checkout, "accepted.json")
			g.Expect(run.failed).To(BeTrue(), run.output)
			run.keeps(t, "saymon")

			g.Expect(os.WriteFile(filepath.Join(checkout, "targets.yaml"), []byte("targets: []\n"), 0o600)).To(Succeed())
			run = p.start(t, checkout, "")
			g.Expect(run.failed).To(BeTrue(), run.output)
			g.Expect(run.kept).To(ContainElement("reports/TEST-saymon.xml"), "which has a failing case")
		})
	}
}

const password = "Secret-of-the-CI-17"

// faulty writes a targets.yaml for a server with faults, whose password comes from the environment.
func faulty(t *testing.T, checkout string, faults ...string) {
	t.Helper()
	c := saymon.Default()
	c.With, c.User.Password = faults, password
	server, err := saymon.New(c)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	targets := fmt.Sprintf("targets:\n  - {name: lab.one, api: saymon, url: %q, user: {login: %s, password: "+
		"\"${SAYMON_PASSWORD}\"}}\n", s.URL, c.User.Login)
	NewWithT(t).Expect(os.WriteFile(filepath.Join(checkout, "targets.yaml"), []byte(targets), 0o600)).To(Succeed())
}

// checkOut copies the module as it stands, without what a run leaves.
func checkOut(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	NewWithT(t).Expect(filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		way, _ := filepath.Rel("../..", path)
		switch {
		case err != nil:
			return err
		case way == ".git" && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(folder, way), 0o700)
		case way == ".git", strings.HasPrefix(way, "reports"+string(filepath.Separator)):
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(folder, way), content, 0o600)
	})).To(Succeed())
	NewWithT(t).Expect(os.RemoveAll(filepath.Join(folder, "reports", "evidence"))).To(Succeed())
	return folder
}
