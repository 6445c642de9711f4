//go:build e2e

package ci

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
)

// Each example is run as its CI would run it: its commands, in their order, with the variables that the CI sets; those
// by the sources in a clean checkout, those by the archive in a repository that holds targets.yaml alone. A green run,
// a red one, one against an accepted state, and one that cannot begin.
func TestExamplesDoWhatTheySay(t *testing.T) {
	t.Parallel()
	sources, archive := checkOut(t), archived(t)
	for i, p := range pipelines(t) {
		t.Run(p.file, func(t *testing.T) {
			g := NewWithT(t)
			checkout, program := sources, "go tool conformance"
			if p.archive {
				t.Parallel() // the others share their checkout
				checkout, program = t.TempDir(), ".conformance/conformance"
			} else {
				g.Expect(os.WriteFile(filepath.Join(checkout, "targets.yaml"), text(t, "../../targets.yaml"), 0o600)).
					To(Succeed())
				run := p.start(t, checkout, "", archive)
				g.Expect(run.failed).To(BeFalse(), run.output)
				run.keeps(t, "saymon", "sdm", "sessions")
			}

			faulty(t, checkout, "cookie-path-node")
			run := p.start(t, checkout, "", archive)
			g.Expect(run.failed).To(BeTrue(), run.output)
			g.Expect(run.output).To(ContainSubstring("saymon-cookie-path"))
			run.keeps(t, "saymon")
			g.Expect(run.attachments(t)).NotTo(BeEmpty())

			accept := exec.Command("sh", "-c", program+" accept -o accepted.json")
			accept.Dir, accept.Env = checkout, clean()
			output, err := accept.CombinedOutput()
			g.Expect(err).NotTo(HaveOccurred(), string(output))
			run = p.start(t, checkout, "accepted.json", archive)
			g.Expect(run.failed).To(BeFalse(), run.output)
			run.keeps(t, "saymon")
			if i > 0 {
				return // the gate is the same for all
			}

			faulty(t, checkout, "cookie-path-node", "session-id-unquoted")
			run = p.start(t, checkout, "accepted.json", archive)
			g.Expect(run.failed).To(BeTrue(), run.output)
			run.keeps(t, "saymon")

			g.Expect(os.WriteFile(filepath.Join(checkout, "targets.yaml"), []byte("targets: []\n"), 0o600)).To(Succeed())
			run = p.start(t, checkout, "", archive)
			g.Expect(run.failed).To(BeTrue(), run.output)
			g.Expect(run.kept).To(ContainElement("reports/TEST-saymon.xml"), "which has a failing case")
		})
	}
}

// An archive of other bytes than those whose sum is named is not unpacked.
func TestExamplesRefuseAnotherArchive(t *testing.T) {
	t.Parallel()
	archive := archived(t)
	archive.sum = strings.Repeat("0", len(archive.sum))
	for _, p := range pipelines(t) {
		if !p.archive {
			continue
		}
		g := NewWithT(t)
		run := p.run(t, t.TempDir(), "", archive)
		g.Expect(run.failed).To(BeTrue(), run.output)
		g.Expect(filepath.Join(run.checkout, ".conformance", "conformance")).NotTo(BeAnExistingFile(), p.file)
	}
}

// archived offers the program as make dist packs it.
func archived(t *testing.T) fetched {
	t.Helper()
	g := NewWithT(t)
	folder := t.TempDir()
	for _, command := range [][]string{{"go", "build", "-o", folder + "/conformance_v1_linux_amd64/conformance",
		"../cmd/conformance"}, {"tar", "-C", folder, "-czf", folder + "/archive.tar.gz", "conformance_v1_linux_amd64"}} {
		said, err := exec.Command(command[0], command[1:]...).CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(said))
	}
	packed := text(t, folder+"/archive.tar.gz")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(packed) }))
	t.Cleanup(s.Close)
	return fetched{s.URL + "/archive.tar.gz", fmt.Sprintf("%x", sha256.Sum256(packed))}
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
	targets := fmt.Sprintf("targets:\n  - {name: lab.one, api: saymon, url: %q, wrong_password_pause: 0s, user: "+
		"{login: %s, "+
		"password: \"${SAYMON_PASSWORD}\"}}\n", s.URL, c.User.Login)
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
