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
	var steps evidence.Steps
	try := steps.Step("try")
	(&evidence.API{}).Add("is it absent", &steps, nil)
	look := func(status int) *Look {
		return &Look{run: &evidence.Evidence{Exchanges: []*exchange.Exchange{{Scenario: "is it absent", Step: "try", Answer: &exchange.Answer{Status: status}}}}}
	}
	g.Expect(look(404).Absent(try)).To(Equal("really absent: 404 Not Found"))
	g.Expect(look(415).Absent(try)).To(ContainSubstring("it may be there"))
	g.Expect(look(415).Absent(try, 415)).To(ContainSubstring("really absent"))
	g.Expect((&Look{run: &evidence.Evidence{}}).Absent(try)).To(BeEmpty())
}

func TestAttributesStayTheSameFromRunToRun(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Attributes(exchange.ParseSetCookie("sid=a; Path=/; Expires=Mon, 01 Jan 2029 00:00:00 GMT; HTTPONLY"))).
		To(Equal("path=/; expires=…; httponly"))
	g.Expect(Attributes(exchange.ParseSetCookie("sid=a"))).To(Equal("none"))
	g.Expect(YesNo(true) + YesNo(false) + TextOr("", "x") + TextOr("y", "x")).To(Equal("yesnoxy"))
}
