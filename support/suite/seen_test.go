//go:build unit

package suite

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

func TestAbsentSaysWhatWasSeen(t *testing.T) {
	g := NewWithT(t)
	s := &evidence.Scenario{Name: "is it absent"}
	look := func(status int) *Look {
		return &Look{run: &evidence.Evidence{Exchanges: []*exchange.Exchange{{Scenario: s.Name, Step: "try", Answer: &exchange.Answer{Status: status}}}}}
	}
	g.Expect(look(404).Absent(s)).To(Equal("really absent: 404 Not Found"))
	g.Expect(look(415).Absent(s)).To(ContainSubstring("it may be there"))
	g.Expect(look(415).Absent(s, 415)).To(ContainSubstring("really absent"))
	g.Expect((&Look{run: &evidence.Evidence{}}).Absent(s)).To(BeEmpty())
}

func TestAttributesStayTheSameFromRunToRun(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Attributes(exchange.ParseSetCookie("sid=a; Path=/; Expires=Mon, 01 Jan 2029 00:00:00 GMT; HTTPONLY"))).To(Equal("path=/; expires=…; httponly"))
	g.Expect(Attributes(exchange.ParseSetCookie("sid=a"))).To(Equal("none"))
	g.Expect(YesNo(true) + YesNo(false) + TextOr("", "x") + TextOr("y", "x")).To(Equal("yesnoxy"))
}
