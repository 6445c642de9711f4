package report

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// Note writes into the results what changed since the accepted state, the worse first, so that every report shows it:
// write them again then.
func (c *Comparison) Note(since string, runs []*Results) {
	there := map[string]*Target{}
	for _, run := range runs {
		run.Since, run.Gone = since, nil
		for i := range run.Targets {
			run.Targets[i].Changes = nil
			there[run.API+" "+run.Targets[i].Name] = &run.Targets[i]
		}
	}
	for _, compared := range c.Targets {
		key := compared.API + " " + compared.Name
		if t := there[key]; t != nil {
			t.Changes = slices.Clone(compared.Changes)
			foremost(t.Changes, worse)
		} else if len(runs) > 0 { // where there is none of its API, the first of the runs says that it is gone
			run := runs[max(slices.IndexFunc(runs, func(r *Results) bool { return r.API == compared.API }), 0)]
			run.Gone = append(run.Gone, key)
		}
	}
}

// Values is what was before and what is now, for a page.
func (c Change) Values() string { return c.values(lang.Reader()) }

// String is the change in a line, for programs.
func (c Change) String() string { return c.Kind + ": " + c.Subject + c.values(lang.English) }

// worse says whether the spec became worse since the accepted state.
func (t *Target) worse(spec string) bool {
	return slices.ContainsFunc(t.Changes, func(c Change) bool { return c.Worse && c.Spec == spec })
}

// changesInMarkdown are what became worse, and the rest, of all targets; empty where nothing was compared.
func changesInMarkdown(runs []*Results) string {
	var b strings.Builder
	for _, run := range runs {
		for _, gone := range run.Gone {
			fmt.Fprintf(&b, "\n- **%s:** %s\n", lang.T("worse"), lang.T("%s is gone", sink.Markdown(gone)))
		}
		for i := range run.Targets {
			t := &run.Targets[i]
			if len(t.Changes) == 0 {
				continue
			}
			fmt.Fprintf(&b, "\n### %s\n\n", lang.T("%s since %s", sink.Markdown(t.Name), sink.Markdown(run.Since)))
			for n, c := range t.Changes {
				if n == shownChanges {
					fmt.Fprintf(&b, "- %s\n", lang.T("and %d more", len(t.Changes)-n))
					break
				}
				mark := ""
				if c.Worse {
					mark = "**" + lang.T("worse") + ":** "
				}
				fmt.Fprintf(&b, "- %s%s %s\n", mark, lang.T(c.Kind), sink.Markdown(lang.T(c.Subject)+c.Values()))
			}
		}
	}
	if b.Len() == 0 && slices.ContainsFunc(runs, func(r *Results) bool { return r.Since != "" }) {
		return "\n" + lang.T("Nothing changed since the accepted state.") + "\n"
	}
	if b.Len() > 0 {
		return "\n## " + lang.T("What changed") + "\n" + b.String()
	}
	return ""
}
