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
		for _, changes := range grouped(t.Changes, func(c Change) string { return c.Kind }) {
			foremost(changes, worse) // so that none of them is left out for one that is not
			for i, c := range changes {
				kind := lang.T(c.Kind)
				if i == shownChanges {
					fmt.Fprintf(&b, "  %-19s  %s\n", kind, lang.T("and %d more", len(changes)-i))
					break
				}
				fmt.Fprintf(&b, "  %-19s  %s%s\n", kind, short200(lang.T(c.Subject)), c.values(lang.Reader()))
			}
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
	n := 0
	for _, change := range t.Changes {
		if change.Worse {
			n++
		}
	}
	switch {
	case len(t.Changes) == 0:
		return lang.T("unchanged")
	case n == 0:
		return lang.T("changed, nothing worse")
	}
	return lang.T("WORSE in %d of %d changes", n, len(t.Changes))
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
