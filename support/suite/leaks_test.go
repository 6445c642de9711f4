package suite

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestSearchRemovesAFileWithASecret(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "saymon.json")
	g.Expect(os.WriteFile(path, []byte("a hunter2-hunter2 b"), 0o600)).To(Succeed())
	find := func(secret string) []*Evidence {
		return []*Evidence{{name: "other"}, {name: "lab", leaks: func(text []byte) []string {
			if bytes.Contains(text, []byte(secret)) {
				return []string{"user.password"}
			}
			return nil
		}}}
	}
	g.Expect(search(path, find("something else"))).To(BeEmpty())
	g.Expect(path).To(BeAnExistingFile())
	g.Expect(search(path, find("hunter2-hunter2"))).To(And(ContainSubstring("held a secret of lab: user.password. It was removed."), Not(ContainSubstring("hunter2"))))
	g.Expect(path).NotTo(BeAnExistingFile())
	g.Expect(search(path, find("x"))).To(ContainSubstring("cannot be read back"))
}
