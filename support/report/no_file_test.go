//go:build unit && unix

package report

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// Reports may come from elsewhere: what stands in the place of a file is neither waited for nor written through.
func TestNothingIsReadOrWrittenThroughWhatIsNoFile(t *testing.T) {
	g := NewWithT(t)
	for what, put := range map[string]func(at string) error{
		"a pipe": func(at string) error { return syscall.Mkfifo(at, 0o600) },
		"a link": func(at string) error { return os.Symlink(filepath.Join(filepath.Dir(at), "precious"), at) },
	} {
		d := Dir{Path: t.TempDir()}
		precious := filepath.Join(d.Path, "precious")
		g.Expect(os.WriteFile(precious, []byte("as it was"), 0o600)).To(Succeed())
		g.Expect(put(filepath.Join(d.Path, ".saymon.lock"))).To(Succeed())
		_, err := d.Hold("saymon", time.Second)
		g.Expect(err).To(MatchError(ContainSubstring(".saymon.lock is no file")), what)
		g.Expect(os.ReadFile(precious)).To(BeEquivalentTo("as it was"), what)
	}
	d := Dir{Path: t.TempDir()}
	g.Expect(syscall.Mkfifo(d.json("saymon"), 0o600)).To(Succeed())
	_, err := d.Hold("saymon", time.Second)
	g.Expect(err).To(MatchError(ContainSubstring("saymon.json, which no run wrote")))
	_, err = Digest(d.json("saymon"))
	g.Expect(err).To(MatchError(ContainSubstring("is no file")))
}
