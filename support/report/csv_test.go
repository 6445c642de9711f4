//go:build unit

package report

import (
	"encoding/csv"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestCSVHasALineForEachSpec(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	r.Targets[0].Results[1].Says = "=cmd|' /C calc'!A0"
	var b strings.Builder
	g.Expect(writeCSV(&b, []*Results{r, {API: "sdm", Problems: []string{"no\ngood"}}})).To(Succeed())
	lines, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lines).To(HaveLen(1 + 1 + 7 + 1))
	g.Expect(lines[1]).To(ContainElements("notice", `some specs only: --focus "cookies"`))
	g.Expect(lines[3][:10]).To(Equal([]string{"saymon", "lab", "SAYMON", "3.21", "c-fail-stated", "stated", "fail",
		"POST /session", "spec b", "'=cmd|' /C calc'!A0"}))
	g.Expect(lines[9]).To(ContainElements("not judged", "no good"))
}
