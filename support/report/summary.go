package report

import (
	"fmt"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// Summary is the results as Markdown: the verdict of each target, and what failed, warned or was not judged.
func Summary(runs []*Results) string {
	var b strings.Builder
	b.WriteString("# " + lang.T("Session conformance") + "\n\n")
	for _, run := range runs {
		for _, notice := range run.heads(lang.Reader()) {
			fmt.Fprintf(&b, "**%s:** %s\n\n", sink.Markdown(run.API), sink.Markdown(notice))
		}
	}
	b.WriteString("| API |")
	for _, head := range []string{lang.T("target"), lang.T("verdict"), word(Pass), word(Fail), word(Warn),
		word(Inconclusive), lang.T("other"), lang.T("requests"), lang.T("judged")} {
		fmt.Fprintf(&b, " %s |", head)
	}
	b.WriteString("\n|" + strings.Repeat("---|", 10) + "\n")
	for _, run := range runs {
		when := run.Started.UTC().Format("2006-01-02 15:04 UTC")
		for _, problem := range run.Problems {
			fmt.Fprintf(&b, "| %s | | **%s**: %s | | | | | | | %s |\n", sink.Markdown(run.API), lang.T("not judged"),
				sink.Markdown(firstLine(problem)), when)
		}
		for i := range run.Targets {
			t := &run.Targets[i]
			c := t.Count()
			other := len(t.Results) - c[Pass] - c[Fail] - c[Warn] - c[Inconclusive]
			fmt.Fprintf(&b, "| %s | %s | **%s** | %d | %d | %d | %d | %d | %d | %s |\n",
				sink.Markdown(run.API), sink.Markdown(t.Name), sink.Markdown(word(t.Verdict)), c[Pass], c[Fail], c[Warn],
				c[Inconclusive], other, t.Requests,
				when+" "+t.how(lang.Reader())+", "+lang.T("%s specs", t.JudgedOf(lang.Reader())))
		}
	}
	b.WriteString(changesInMarkdown(runs))
	// The worst come first: a long summary is cut at its end, as GitHub shows no more than 1 MiB.
	for _, verdict := range targetVerdicts {
		for run, t := range Each(runs) {
			if t.Verdict == verdict {
				summarize(&b, run, t)
			}
		}
	}
	return b.String()
}

func summarize(b *strings.Builder, run *Results, t *Target) {
	var lines []string
	if t.Stopped != "" {
		lines = append(lines, "- "+lang.T("stopped: %s", sink.Markdown(lang.Sentence(t.Stopped))))
	}
	for _, text := range t.Reddens() {
		lines = append(lines, "- "+sink.Markdown(text))
	}
	for _, m := range t.matters() {
		if m.waiting > 0 {
			lines = append(lines, fmt.Sprintf("- %s: %s", word(m.verdict), m.waits("**"+sink.Markdown(m.clause)+"**")))
			continue
		}
		lines = append(lines, fmt.Sprintf("- %s **%s** (%s): %s", word(m.verdict), sink.Markdown(m.clause),
			sink.Markdown(lang.T(m.tier)), sink.Markdown(lang.T(m.says))))
	}
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s (%s)\n\n%s\n", sink.Markdown(t.Name), sink.Markdown(run.API), strings.Join(lines, "\n"))
}
