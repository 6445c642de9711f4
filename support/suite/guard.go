package suite

import (
	"fmt"
	"strings"

	"session-conformance/support/report"
)

// running is the suite of this process. Ginkgo runs one in each.
var running *Suite

// guard looks for secrets in a text before it is printed. Specs see stand-ins only, so there should be none; where there is one, the
// spec fails with a text that names the secret in place of one that shows it. A crowd's texts go to the reports alone.
func guard(text string) string {
	if running == nil || running.now == nil || running.crowd() {
		return text
	}
	ev := running.now
	for _, search := range []func([]byte) []string{ev.leaksQuickly, ev.configured} {
		if search == nil {
			continue
		}
		if labels := search([]byte(text)); len(labels) > 0 {
			concluding(report.Fail, fmt.Sprintf("[hidden: what this spec says held a secret of %s: %s. This is a mistake of the suite: please report it.]",
				ev.name, strings.Join(labels, ", ")), 2)
		}
	}
	return text
}
