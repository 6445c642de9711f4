package suite

import (
	"fmt"
	"strings"

	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// running is the suite of this process. Ginkgo runs one in each.
var running *Suite

// guard prepares a text for the terminal and the log of a CI job, and looks for secrets in a text before it is printed. Specs see stand-ins only, so there should be none; where there is one, the
// spec fails with a text that names the secret in place of one that shows it. Of a crowd's texts one is printed: see tell.
func guard(text string) string {
	text = sink.Text(text)
	if running == nil || running.now == nil || running.crowd() {
		return text
	}
	if hidden := running.now.hidden(text); hidden != "" {
		concluding(report.Fail, hidden, 2)
	}
	return text
}

// hidden says which secrets of the target stand in a text, to be printed in its place; empty where none does.
func (ev *Evidence) hidden(text string) string {
	for _, search := range []func([]byte) []string{ev.leaksQuickly, ev.configured} {
		if search == nil {
			continue
		}
		if labels := search([]byte(text)); len(labels) > 0 {
			return fmt.Sprintf("[hidden: what this spec says held a secret of %s: %s. This is a mistake of the suite: please report it.]",
				ev.name, strings.Join(labels, ", "))
		}
	}
	return ""
}
