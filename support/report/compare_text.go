package report

import (
	"fmt"
	"strings"

	"session-conformance/support/sink"
)

// shownChanges is how many changes of one kind are shown of a target. A target that is down would fill screens.
const shownChanges = 20

// Text is the comparison for reading at a terminal. since names the accepted state.
func (c *Comparison) Text(since string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Since %s:\n", since)
	for _, t := range c.Targets {
		fmt.Fprintf(&b, "%s (%s): %s\n", t.Name, t.API, t.outcome())
		for _, kind := range kinds() {
			t.text(&b, kind)
		}
	}
	if c.Worse() {
		b.WriteString("Something became worse.\n")
	} else {
		b.WriteString("Nothing became worse.\n")
	}
	return sink.Text(b.String())
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
		return "unchanged"
	case worse == 0:
		return "changed, nothing worse"
	}
	return fmt.Sprintf("WORSE in %d of %d changes", worse, len(t.Changes))
}

// text writes the changes of one kind, the worse ones first, so that none of them is left out for one that is not.
func (t TargetChanges) text(b *strings.Builder, kind string) {
	var lines []string
	for _, worse := range []bool{true, false} {
		for _, change := range t.Changes {
			if change.Kind == kind && change.Worse == worse {
				lines = append(lines, fmt.Sprintf("  %-19s  %s%s", kind, short200(change.Subject), change.values()))
			}
		}
	}
	if more := len(lines) - shownChanges; more > 0 {
		lines = append(lines[:shownChanges], fmt.Sprintf("  %-19s  and %d more", kind, more))
	}
	for _, line := range lines {
		fmt.Fprintln(b, line)
	}
}

// values says what was before and what is now, as far as there is something to say.
func (c Change) values() string {
	switch before, now := short200(c.Before), short200(c.Now); {
	case c.Before == "" && c.Now == "":
		return ""
	case c.Before == "":
		return fmt.Sprintf(": %s, not there before", now)
	case c.Now == "":
		return fmt.Sprintf(": was %s", before)
	default:
		return fmt.Sprintf(": was %s, now %s", before, now)
	}
}
