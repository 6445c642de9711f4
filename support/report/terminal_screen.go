package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// weightiestFirst are the targets of all runs, those first whose verdict weighs most.
func weightiestFirst(runs []*Results) []*Target {
	var all []*Target
	for _, t := range Each(runs) {
		all = append(all, t)
	}
	sortBy(all, func(t *Target) int { return weight(t.Verdict) })
	return all
}

// Brief is the verdicts of the targets within a line, of many those that weigh most.
func Brief(runs []*Results) string {
	var said []string
	all := weightiestFirst(runs)
	for _, t := range all[:min(len(all), screenTargets)] {
		said = append(said, t.Name+" "+strings.ToUpper(word(t.Verdict)))
	}
	if more := len(all) - len(said); more > 0 {
		said = append(said, lang.T("and %d more", more))
	}
	return sink.Line(strings.Join(said, ", "))
}

// Unset names the settings without which specs were not judged, with how many, those first that most wait for: "user.id
// (62 more specs), keycloak (39)"; empty where there are none.
func (t *Target) Unset() string {
	count := map[string]int{}
	for _, r := range t.As(Unconfigured) {
		if setting := lacks(r); setting != "" {
			count[setting]++
		}
	}
	settings := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	for i, setting := range settings {
		settings[i] = fmt.Sprintf("%s (%d)", setting, count[setting])
		if i == 0 {
			settings[i] = fmt.Sprintf("%s (%s)", setting, lang.N(count[setting], "%d more spec", "%d more specs"))
		}
	}
	return strings.Join(settings, ", ")
}

// screenWidth bounds a line of what came, in runes.
const screenWidth = 160

// difference are the lines of a failure that say what was expected and what came.
func difference(r *Result) string {
	var b strings.Builder
	for line := range strings.Lines(r.Message) {
		line = strings.TrimSpace(line)
		if r.Verdict == Fail && (strings.HasPrefix(line, "expected ") || strings.HasPrefix(line, "got ")) {
			if letters := []rune(line); len(letters) > screenWidth {
				line = string(letters[:screenWidth]) + "…"
			}
			if side, rest, found := strings.Cut(line, " "); found {
				line = fmt.Sprintf("%-10s%s", lang.T(side), lang.Side(strings.TrimLeft(rest, " ")))
			}
			fmt.Fprintf(&b, "        %s\n", line)
		}
	}
	return b.String()
}
