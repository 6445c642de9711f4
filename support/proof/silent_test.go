//go:build unit

package proof

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference"
	"session-conformance/support/report"
)

// entry is an exchange of a HAR file with the header field and the body.
func entry(header, body string) string {
	return fmt.Sprintf(`{"request": {}, "response": {"status": 200, "content": {"text": %q}, "headers": [
		{"name": "Date", "value": %q}, {"name": %[3]q, "value": "a b"}]}}`, body, header+body, header)
}

func TestFaultsThatChangeNothingAreFound(t *testing.T) {
	g, folder := NewWithT(t), t.TempDir()
	write := func(name string, entries string) {
		text := `{"log": {"entries": [` + entries + `]}}`
		g.Expect(os.WriteFile(filepath.Join(folder, name+".har"), []byte(text), 0o600)).To(Succeed())
	}
	write("reference", entry("X-A", "session 4f0c")+","+entry("X-B", ""))
	write("fault.silent", entry("X-B", "")+","+entry("X-A", "session 7d11"))
	write("fault.loud", entry("X-B", "")+","+entry("X-C", "session 7d11"))
	a := api{Server: reference.Server{API: "saymon", Faults: []reference.Fault{{Name: "silent", Says: "So."},
		{Name: "loud"}, {Name: "noticed"}}}}
	live := &report.Results{Targets: []report.Target{{Name: "fault.noticed", Results: []report.Result{{Verdict: report.Warn}}}}}
	g.Expect(a.silent(folder, live)).To(Equal([]string{"saymon: fault silent changes nothing on the wire (So.)"}))
}
