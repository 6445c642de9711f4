//go:build unit

package suite

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// Who hands evidence over does not say which of its failures are excused.
func TestWaiversAreTheJudges(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "waivers.yaml")
	g.Expect(os.WriteFile(path, []byte("waivers:\n - {target: lab, clause: a-b, reason: x, until: 2027-01-31}\n - "+
		"{target: other, clause: c-d, reason: x, until: 2027-01-31}\n"), 0o600)).To(Succeed())
	t.Setenv("WAIVERS", path)
	mine, err := judgesWaivers()
	g.Expect(err).NotTo(HaveOccurred())
	theirs := []target.Waiver{{Clause: "e-f"}}
	sent := time.Date(2026, 11, 22, 12, 0, 0, 5, time.UTC)
	ev := &subject{name: "lab", run: &evidence.Evidence{Version: "v0.0.9",
		Target:    evidence.Target{Target: target.Target{Waivers: theirs}},
		Exchanges: []*exchange.Exchange{{Started: sent.Add(time.Hour)}, {Started: sent}}}}
	ev.foreign(mine)
	g.Expect(ev.run.Target.Waivers).To(Equal([]target.Waiver{{Clause: "a-b", Reason: "x", Until: "2027-01-31"}}))
	g.Expect(ev.gathered.Waivers).To(Equal(theirs))
	g.Expect(ev.gathered.When).To(Equal(sent.Truncate(time.Second)))
	t.Setenv("WAIVERS", path+"x")
	_, err = judgesWaivers()
	g.Expect(err).To(HaveOccurred())
}
