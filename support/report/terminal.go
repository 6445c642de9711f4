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

// Terminal is the results for reading at a terminal: the verdict of each target, its counts, and the clauses that
// failed, could not be judged, or warn.
func Terminal(runs []*Results) string { return terminal(runs, false, nil) }

// Failures is Terminal with the text of each clause's first failure; of many what was expected and what came.
func Failures(runs []*Results) string {
	failed := 0
	for _, t := range Each(runs) {
		failed += t.Count()[Fail]
	}
	if failed > wholeTexts {
		return terminal(runs, false, difference)
	}
	return terminal(runs, false, wholeText)
}

// Bounds of Failures and Screen: what is beyond them the reports show.
const (
	wholeTexts    = 20
	screenTargets = 6
	screenMatters = 6
)

// Screen is Terminal within a screen: of many targets those that matter most, of each what matters most, and of
// failures what was expected and what came.
func Screen(runs []*Results) string { return terminal(runs, true, difference) }

func terminal(runs []*Results, few bool, text func(*Result) string) string {
	all, shown := weightiestFirst(runs), map[*Target]bool{}
	if few && len(all) > screenTargets {
		for _, t := range all[:screenTargets] {
			shown[t] = true
		}
	}
	var b strings.Builder
	for _, run := range runs {
		for _, problem := range run.Problems {
			fmt.Fprintf(&b, "\n%s\n  %s\n", lang.T("%s: nothing was judged", run.API), strings.ReplaceAll(problem, "\n", "\n  "))
		}
		for _, notice := range run.heads(lang.Reader()) {
			fmt.Fprintf(&b, "\n%s: %s\n", run.API, sink.Line(notice))
		}
		for i := range run.Targets {
			if t := &run.Targets[i]; len(shown) == 0 || shown[t] {
				b.WriteString(t.terminal(run.API, few, text))
			}
		}
	}
	if len(shown) > 0 {
		fmt.Fprintf(&b, "\n%s\n", lang.T("These weigh most of %s", countTargets(runs)))
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return sink.Text(b.String())
}

func (t *Target) terminal(api string, few bool, text func(*Result) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s (%s): %s, %s\n  %s\n", t.Name, api, strings.ToUpper(word(t.Verdict)), t.From(lang.Reader()),
		lang.T("%s judged: %s · %d requests, %d of them refused logins", t.JudgedOf(lang.Reader()),
			strings.Join(counts(t.Count(), Verdicts()), ", "), t.Requests, t.WrongPasswords()))
	if t.Stopped != "" {
		fmt.Fprintf(&b, "  %s\n", lang.T("stopped: %s", sink.Line(lang.Sentence(t.Stopped))))
	}
	matters, more := t.matters(), 0
	if few && len(matters) > screenMatters {
		matters, more = matters[:screenMatters], len(matters)-screenMatters
	}
	for _, m := range matters {
		b.WriteString(lang.T("  %-5s ", short(m.verdict)))
		if m.waiting > 0 {
			b.WriteString(m.waits(m.clause) + "\n")
			continue
		}
		fmt.Fprintf(&b, "%s (%s): %s\n", m.clause, m.from(), sink.Line(lang.T(m.says)))
		if text != nil && m.verdict == Fail {
			b.WriteString(text(m.result))
		}
	}
	if more > 0 {
		fmt.Fprintf(&b, "  %s\n", lang.T("and %d more", more))
	}
	if unset := t.Unset(); unset != "" {
		fmt.Fprintf(&b, "  %s\n", lang.T("more is judged with %s", unset))
	}
	if g := t.Gathered; g != nil && len(g.Waivers) > 0 {
		fmt.Fprintf(&b, "  %s\n", lang.N(len(g.Waivers),
			"the evidence holds %d waiver, not applied: judge --waivers FILE names those that are",
			"the evidence holds %d waivers, not applied: judge --waivers FILE names those that are"))
	}
	for _, text := range t.Reddens() {
		fmt.Fprintf(&b, "  %s\n", text)
	}
	return b.String()
}

// matter is a clause that somebody should look at, once however many of its specs say so; or how many specs wait for
// it.
type matter struct {
	verdict            Verdict
	clause, tier, says string
	source             string  // where the clause stands
	result             *Result // the first that says so
	waiting            int
}

// from is the tier of the clause, and where it stands.
func (m matter) from() string {
	if m.source == "" {
		return lang.T(m.tier)
	}
	return lang.T(m.tier) + "; " + sink.Line(lang.Source(m.source))
}

// waits says how many specs wait for the clause, which is written as clause.
func (m matter) waits(clause string) string {
	return lang.N(m.waiting, "%d spec waits for %s, which is not met", "%d specs wait for %s, which is not met", clause)
}

// matters are the clauses that failed, could not be judged, are waived or warn, and at the end those that specs wait
// for. Of a target that was left alone no clause stands for what was not judged: Stopped says it.
func (t *Target) matters() []matter {
	var list []matter
	waiting := map[string]int{}
	for _, verdict := range []Verdict{Fail, Inconclusive, Waived, Warn} {
		said := map[string]bool{}
		for _, r := range t.As(verdict) {
			if id, waits := waitsFor(r); waits {
				waiting[id]++
				continue
			}
			if !said[r.Clause] && (verdict != Inconclusive || t.Stopped == "") {
				said[r.Clause] = true
				list = append(list, matter{verdict: verdict, clause: r.Clause, tier: r.Tier, says: r.Says,
					source: r.Source, result: r})
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		list = append(list, matter{verdict: Inconclusive, clause: id, waiting: waiting[id]})
	}
	return list
}

// waitsFor is the clause that an inconclusive spec waits for, if it is one.
func waitsFor(r *Result) (id string, waits bool) {
	rest, waits := strings.CutPrefix(r.Message, "waits for ")
	id, _, _ = strings.Cut(rest, ":")
	return id, waits && r.Verdict == Inconclusive
}

func short(v Verdict) string {
	if v == Inconclusive {
		return lang.T("open")
	}
	return word(v)
}

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
