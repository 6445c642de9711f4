//go:build unit

package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestAFolderIsHeldByOne(t *testing.T) {
	g := NewWithT(t)
	d := Dir{Path: filepath.Join(t.TempDir(), "reports")}
	release, err := d.Hold("saymon", time.Second)
	g.Expect(err).NotTo(HaveOccurred())
	_, err = d.Hold("saymon", 150*time.Millisecond)
	var held *HeldError
	g.Expect(errors.As(err, &held)).To(BeTrue())
	g.Expect(err).To(MatchError(And(ContainSubstring(fmt.Sprintf("process %d, since ", os.Getpid())),
		ContainSubstring("reports of saymon"), ContainSubstring("REPORTS_DIR"))))
	other, err := d.Hold("sdm", time.Second)
	g.Expect(err).NotTo(HaveOccurred(), "an API at a time")
	other()
	go func() {
		time.Sleep(100 * time.Millisecond)
		release()
	}()
	again, err := d.Hold("saymon", 10*time.Second)
	g.Expect(err).NotTo(HaveOccurred(), "it waits for a moment")
	again()
}
