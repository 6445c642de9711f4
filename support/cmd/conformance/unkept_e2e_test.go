//go:build e2e

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/report"
)

// longRefusals lets a server refuse with 64 KiB.
func longRefusals(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := httptest.NewRecorder()
		if h.ServeHTTP(kept, r); kept.Code < 400 {
			for name, values := range kept.Result().Header {
				w.Header()[name] = values
			}
			w.WriteHeader(kept.Code)
			_, _ = w.Write(kept.Body.Bytes())
			return
		}
		w.WriteHeader(kept.Code)
		fmt.Fprint(w, strings.Repeat("no, not at all; ", 4<<10))
	})
}

// A target whose evidence cannot be kept ends alone, whatever keeps it from that: a folder in the way, a disk without
// room for it, or a secret that no mask can hide. The other 22 are judged as ever.
func TestEvidenceThatCannotBeKeptEndsItsTargetAlone(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	var targets []string
	for i := range 25 {
		name := fmt.Sprint("product-", i)
		c := saymon.Default()
		switch i {
		case 3:
			name = "no-place"
		case 12:
			name = "no-room"
		case 21: // this stands in its evidence, half of it in a key: without it that is no JSON
			name, c.User.Login, c.User.Password = "no-mask", "Zoë", `beyond ASCII": "yes`
		}
		var server http.Handler
		server, err := saymon.New(c)
		g.Expect(err).NotTo(HaveOccurred())
		if name == "no-room" {
			server = longRefusals(server)
		}
		s := httptest.NewServer(server)
		t.Cleanup(s.Close)
		text, _ := json.Marshal(map[string]any{"name": name, "api": "saymon", "url": s.URL, "wrong_password_pause": "0s",
			"session_idle": "100ms", "user": map[string]string{"login": c.User.Login, "password": c.User.Password}})
		targets = append(targets, string(text))
	}
	const room = `ulimit -f 8192 && exec "$@"` // half KiB, of each file
	cmd, folder := prepared(t, `{"targets": [`+strings.Join(targets, ",")+`]}`, nil, "sh", "-c", room, "sh", program,
		"run")
	g.Expect(os.MkdirAll(filepath.Join(folder.Evidence("no-place"), "in the way"), 0o700)).To(Succeed())
	output, _ := cmd.CombinedOutput()
	g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitWrongUse), string(output))
	results, err := folder.Read("saymon")
	g.Expect(err).NotTo(HaveOccurred(), string(output))
	g.Expect(results.Targets).To(HaveLen(25))
	g.Expect(strings.Join(results.Lost, "\n")).To(And(
		ContainSubstring("no-place: its evidence could not be written"),
		MatchRegexp("no-room: its evidence could not be written.*file too large")))
	for _, one := range results.Targets {
		if strings.HasPrefix(one.Name, "no-") {
			g.Expect(one.Verdict).To(Equal(report.Inconclusive), one.Name)
			g.Expect(one.Stopped).To(HavePrefix("its evidence "), one.Name)
			continue
		}
		g.Expect(one.Verdict).To(Equal(report.Partial), "%s: %s", one.Name, one.Stopped)
		g.Expect(folder.Evidence(one.Name)).To(BeARegularFile())
	}
	g.Expect(string(output)).NotTo(ContainSubstring(`beyond ASCII": "yes`))
}
