//go:build unit

package suite

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestEvidenceIsFoundInFoldersOfAnyName(t *testing.T) {
	for _, name := range []string{"nightly [qa] 1", "пульт", "a*b", "{a,b}", "^", "a?"} {
		folder := filepath.Join(t.TempDir(), name)
		if os.Mkdir(folder, 0o700) != nil {
			continue // this system has no such folders
		}
		g := NewWithT(t)
		paths := []string{filepath.Join(folder, "a.har"), filepath.Join(folder, "b.HAR")}
		for _, path := range append(paths, filepath.Join(folder, "notes.txt"), filepath.Join(folder, ".hidden.har")) {
			g.Expect(os.WriteFile(path, nil, 0o600)).To(Succeed())
		}
		g.Expect(harFiles(folder)).To(Equal(paths))
	}
}
