//go:build unit && unix

package target

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"
)

func TestReadRegularReadsFilesOfABoundedSize(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	path := func(name string) string { return filepath.Join(folder, name) }
	g.Expect(os.WriteFile(path("just"), []byte("12345678"), 0o600)).To(Succeed())
	g.Expect(os.WriteFile(path("more"), []byte("123456789"), 0o600)).To(Succeed())
	g.Expect(syscall.Mkfifo(path("pipe"), 0o600)).To(Succeed())
	g.Expect(os.Symlink("/dev/zero", path("device"))).To(Succeed())
	g.Expect(os.Symlink(path("just"), path("link"))).To(Succeed())
	for _, name := range []string{"just", "link"} {
		text, err := ReadRegular(path(name), 8)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(text).To(HaveLen(8))
	}
	for name, says := range map[string]string{"more": "longer than", "pipe": "a pipe or a device",
		"device": "a pipe or a device", ".": "a folder", "none": "no such file"} {
		_, err := ReadRegular(path(name), 8)
		g.Expect(err).To(MatchError(And(ContainSubstring(says), ContainSubstring(path(name)))))
	}
}
