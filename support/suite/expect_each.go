package suite

import (
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/report"
)

// ExpectEach expects each exchange to meet a matcher of this house, and shows those that do not. Where there is none
// the spec is not applicable.
func ExpectEach(all []*exchange.Exchange, matcher types.GomegaMatcher) {
	if len(all) == 0 {
		Skip(report.NotApplicable, "there was nothing of which this could be judged")
	}
	judged, each := match.Each(all, matcher)
	gomega.Expect(judged).To(each)
}
