package report

import (
	"fmt"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// shownChanges is how many changes of one kind are shown of a target. A target that is down would fill screens.
const shownChanges = 20

// Text is the comparison for reading at a terminal. since names the accepted state.
func (c *Comparison) Text(since string) string {
	var b strings.Builder
	b.WriteString(lang.T("Since %s:", since) + "\n")
	for _, t := range c.Targets {
		fmt.Fprintf(&b, "%s (%s): %s\n", t.Name, t.API, t.outcome())
		for _, kind := range kinds() {
			t.text(&b, kind)
		}
	}
	b.WriteString(c.Outcome() + "\n")
	return sink.Text(b.String())
}

// Outcome says in a sentence whether something became worse.
func (c *Comparison) Outcome() string {
	if c.Worse() {
		return lang.T("Something became worse.")
	}
	return lang.T("Nothing became worse.")
}

func (t TargetChanges) outcome() string {
	worse := 0
	for _, change := range t.Changes {
		if change.Worse {
			worse++
		}
	}
	switch {
	case len(t.Changes) == 0:
		return lang.T("unchanged")
	case worse == 0:
		return lang.T("changed, nothing worse")
	}
	return lang.T("WORSE in %d of %d changes", worse, len(t.Changes))
}

// text writes the changes of one kind, the worse ones first, so that none of them is left out for one that is not.
func (t TargetChanges) text(b *strings.Builder, kind string) {
	var lines []string
	for _, worse := range []bool{true, false} {
		for _, change := range t.Changes {
			if change.Kind == kind && change.Worse == worse {
				lines = append(lines, fmt.Sprintf("  %-19s  %s%s", lang.T(kind), short200(lang.T(change.Subject)),
					change.values(lang.Reader())))
			}
		}
	}
	if more := len(lines) - shownChanges; more > 0 {
		lines = append(lines[:shownChanges], fmt.Sprintf("  %-19s  %s", lang.T(kind), lang.T("and %d more", more)))
	}
	for _, line := range lines {
		fmt.Fprintln(b, line)
	}
}

// values says what was before and what is now, as far as there is something to say.
func (c Change) values(in lang.Language) string {
	before, now := short200(c.Before), short200(c.Now)
	if c.Kind != ChangedObservation { // they are verdicts
		before, now = in.T(before), in.T(now)
	}
	switch {
	case c.Before == "" && c.Now == "":
		return ""
	case c.Before == "":
		return in.T(": %s, not there before", now)
	case c.Now == "":
		return in.T(": was %s", before)
	default:
		return in.T(": was %s, now %s", before, now)
	}
}
