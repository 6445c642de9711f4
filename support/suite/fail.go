package suite

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/clause"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

const (
	// textLimit bounds a failure's text: some viewers show nothing but it, and cut it.
	textLimit = 4 << 10
	// ownLimit bounds what of it evidence alone decides, whatever the file and folder of the run are called.
	ownLimit = textLimit - 512
)

// fail is Gomega's fail handler. It says what a vendor needs to know, and turns a failure into warn or waived where the
// clause's tier or the target's waivers say so.
func (s *Suite) fail(message string, callerSkip ...int) {
	ev := s.now
	if ev == nil {
		ginkgo.Fail(message, append(callerSkip, 0)[0]+1)
		return
	}
	k, _ := s.catalogue.Get(value(ev.labels, "clause"))
	text := ev.failure(k, message)
	settings := ev.run.Target
	for _, w := range settings.Waivers {
		if w.Clause == k.ID && !w.Over(ev.time()) {
			panic(conclusion{report.Waived, fmt.Sprintf("%s, until %s\n%s", w.Reason, w.Until, text)})
		}
	}
	if k.Tier == clause.Extra && !settings.Strict {
		panic(conclusion{report.Warn, text})
	}
	panic(conclusion{report.Fail, text})
}

// time is the evidence's time: that of its last exchange.
func (ev *subject) time() time.Time {
	if n := len(ev.run.Exchanges); n > 0 {
		last := ev.run.Exchanges[0].Started
		for _, e := range ev.run.Exchanges {
			if e.Started.After(last) {
				last = e.Started
			}
		}
		return last
	}
	return time.Now()
}

// failure is the whole text: the clause, expected and got, the exchanges, and how to see it again.
func (ev *Evidence) failure(k clause.Clause, message string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s; %s): %s\n", k.ID, k.Tier, k.Source, k.Says)
	fmt.Fprintln(&b, indent(message))
	for _, e := range latest(ev.judged(), 3) {
		fmt.Fprintf(&b, "  exchange  %d %q  %s → %s in %d ms   evidence/%s.har\n", e.Number, e.Scenario+": "+e.Step, asked(e),
			e.StatusLine(), e.Took.Milliseconds(), ev.name)
	}
	// Lines that name the folder of this run come last, and are never cut: the same evidence gives the same text
	// otherwise.
	own := "  again     " + ev.again()
	if read := ev.judged(); len(read) > 0 {
		if e := read[len(read)-1]; e.Configured && (e.Status() == 401 || e.Status() == 403) {
			fmt.Fprintf(&b, "  hint      these are the credentials of targets.yaml as they stand: are they right, and may "+
				"the account log in?\n")
		}
		switch line := ev.attempt(k, read[len(read)-1]); {
		case strings.HasPrefix(line, "sh "):
			own = "  try       " + line + "\n" + own
		case line != "":
			fmt.Fprintf(&b, "  try       %s\n", line)
		}
	}
	return cut(b.String(), ownLimit) + own
}

// AgainVariable holds the beginning of the line that judges a spec once more, where the program was told what to judge
// in a way that ginkgo cannot be told.
const AgainVariable = "CONFORMANCE_AGAIN"

// again is the line that judges the spec once more: under a filter, with a folder of its own for the reports, so that
// those that are being read stay.
func (ev *Evidence) again() string {
	line, folder := "TARGET="+ev.name, ""
	if given := os.Getenv("REPORTS_DIR"); given != "" {
		folder = " REPORTS_DIR=" + sink.ShellLine(report.Dir{Path: given}.OfFilter().Path)
	}
	focus := " --focus " + sink.ShellLine(ev.text)
	if program := os.Getenv(AgainVariable); program != "" {
		return line + folder + " " + program + focus
	}
	for _, name := range []string{"TARGETS_FILE", "EVIDENCE"} {
		if value := os.Getenv(name); value != "" {
			line += " " + name + "=" + sink.ShellLine(value)
		}
	}
	return line + folder + " go tool ginkgo" + focus + " suites/" + ev.suite.api.Name
}

// judged are the exchanges that the spec read, the one that it judged last at the end.
func (ev *Evidence) judged() []*exchange.Exchange {
	if e := match.Last(); e != nil {
		return append(slices.DeleteFunc(slices.Clone(ev.read), func(o *exchange.Exchange) bool { return o == e }), e)
	}
	return ev.read
}

func asked(e *exchange.Exchange) string {
	path := e.Request.URL
	if _, rest, ok := strings.Cut(path, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			path = rest[i:]
		}
	}
	return e.Request.Method + " " + path
}

// latest are the last exchanges read, without repeats, the first read first.
func latest(read []*exchange.Exchange, most int) []*exchange.Exchange {
	var list []*exchange.Exchange
	seen := map[int]bool{}
	for i := len(read) - 1; i >= 0 && len(list) < most; i-- {
		if !seen[read[i].Number] {
			seen[read[i].Number] = true
			list = append([]*exchange.Exchange{read[i]}, list...)
		}
	}
	return list
}

// indent sets a matcher's message under the clause's line.
func indent(message string) string {
	lines := strings.Split(strings.TrimRight(message, "\n"), "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "  ") {
			lines[i] = "  " + line
		}
	}
	return strings.Join(lines, "\n")
}

// cut shortens a text to so many bytes, at a whole character, and says so.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	const mark = "…\n"
	return strings.ToValidUTF8(text[:limit-len(mark)], "") + mark
}
