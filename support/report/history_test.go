//go:build unit

package report

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestHistoryShowsWhatDiffersOverTheRuns(t *testing.T) {
	g := NewWithT(t)
	older := &Results{API: "saymon", Started: now.Add(-time.Hour),
		Targets: []Target{*judged(Result{Clause: "c-a", Verdict: Pass}, Result{Clause: "c-b", Verdict: Fail},
			Result{Clause: "c-b", Verdict: Pass})}}
	newer := &Results{API: "saymon", Started: now,
		Targets: []Target{*judged(Result{Clause: "c-a", Verdict: Pass}, Result{Clause: "c-b", Verdict: Pass},
			Result{Clause: "c-new", Verdict: Warn})}}
	newer.Targets[0].Product.Version = "3.22 | x"
	text := History([]Past{{"b", []*Results{newer}}, {"a", []*Results{older}}})
	g.Expect(text).To(Equal(`# History

## saymon lab

| | a | b |
|---|---|---|
| judged on | 2026-11-22 11&#58;00 UTC | 2026-11-22 12&#58;00 UTC |
| product |  | 3.22 &#124; x |
| verdict | non-conformant | conformant |
| judged | 3 of 3 | 3 of 3 |
| fail | 1 | 0 |
| pass | 2 | 2 |
| c-b | fail | pass |
| c-new | · | warn |
`))
}

func TestABadgeIsAPictureOfTheWeightiestVerdict(t *testing.T) {
	g := NewWithT(t)
	hostile := whole()
	hostile.Targets = append(hostile.Targets, Target{Verdict: `"><script>`})
	for says, runs := range map[string][]*Results{"non-conformant, ": {whole()}, "not judged": nil,
		"conformant, 1 of 1": {{Targets: []Target{*judged(result(Pass, "stated"))}}}, "&lt;script&gt;": {hostile}} {
		text := string(Badge(runs))
		g.Expect(text).To(ContainSubstring(says))
		g.Expect(text).NotTo(ContainSubstring("<script"))
		decoder := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else {
				g.Expect(err).NotTo(HaveOccurred())
			}
		}
	}
}
