//go:build e2e

package ci

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// lintWorkflow gives what actionlint says of a file. It has a module file of its own, so that it is no dependency of
// ours. Its checkers of shell and Python would depend on the machine.
func lintWorkflow(file string) (string, error) {
	cmd := exec.Command("go", "tool", "-modfile=.ci/actionlint.mod", "actionlint", "-shellcheck=", "-pyflakes=", file)
	cmd.Dir = "../.."
	output, err := cmd.CombinedOutput()
	return string(output), err
}

// actionlint knows more of GitHub's workflows than their schema: expressions, contexts, the inputs of well-known
// actions.
func TestActionlintFindsNothing(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	for _, file := range []string{"support/ci/github-actions.yml", "support/ci/github-actions-archive.yml",
		".github/workflows/ci.yml"} {
		output, err := lintWorkflow(file)
		g.Expect(err).NotTo(HaveOccurred(), output)
	}

	broken := filepath.Join(t.TempDir(), "broken.yml")
	content := strings.Replace(string(text(t, "github-actions.yml")), "secrets.SAYMON", "secret.SAYMON", 1)
	g.Expect(os.WriteFile(broken, []byte(content), 0o600)).To(Succeed())
	output, err := lintWorkflow(broken)
	g.Expect(err).To(HaveOccurred())
	g.Expect(output).To(ContainSubstring(`undefined variable "secret"`))
}
