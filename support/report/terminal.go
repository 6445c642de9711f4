package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Terminal is the results for reading at a terminal: the verdict of each target, its counts, and the clauses that failed,
// could not be judged, or warn.
func Terminal(runs []*Results) string {
	var b strings.Builder
	for _, run := range runs {
		for _, problem := range run.Problems {
			fmt.Fprintf(&b, "\n%s: nothing was judged\n  %s\n", run.API, strings.ReplaceAll(clean(problem), "\n", "\n  "))
		}
		for i := range run.Targets {
			b.WriteString(run.Targets[i].terminal(run.API))
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

func (t *Target) terminal(api string) string {
	var b strings.Builder
	count := t.Count()
	var counts []string
	for _, v := range Verdicts() {
		if count[v] > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", count[v], v))
		}
	}
	wrong := 0
	for _, n := range t.RefusedLogins {
		wrong += n
	}
	fmt.Fprintf(&b, "\n%s (%s): %s\n  %s · %d requests, %d of them refused logins\n", t.Name, api, strings.ToUpper(string(t.Verdict)),
		strings.Join(counts, ", "), t.Requests, wrong)
	if t.Stopped != "" {
		fmt.Fprintf(&b, "  stopped: %s\n", clean(t.Stopped))
	}
	waiting := map[string]int{}
	for _, r := range t.Results {
		if id, waits := waitsFor(r); waits {
			waiting[id]++
		}
	}
	for _, verdict := range []Verdict{Fail, Inconclusive, Waived, Warn} {
		if verdict == Inconclusive && t.Stopped != "" {
			continue // they all are, for that reason
		}
		said := map[string]bool{}
		for _, r := range t.Results {
			if _, waits := waitsFor(r); waits {
				continue
			}
			if r.Verdict == verdict && !said[r.Clause] {
				said[r.Clause] = true
				fmt.Fprintf(&b, "  %-5s %s (%s): %s\n", short(verdict), r.Clause, r.Tier, clean(r.Says))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		fmt.Fprintf(&b, "  %-5s %d specs wait for %s, which is not met\n", short(Inconclusive), waiting[id], id)
	}
	for _, w := range t.Waivers {
		if w.Stale != "" {
			fmt.Fprintf(&b, "  stale waiver of %s: %s\n", w.Clause, w.Stale)
		}
	}
	return b.String()
}

// waitsFor is the clause that an inconclusive spec waits for, if it is one.
func waitsFor(r Result) (id string, waits bool) {
	rest, waits := strings.CutPrefix(r.Message, "waits for ")
	id, _, _ = strings.Cut(rest, ":")
	return id, waits && r.Verdict == Inconclusive
}

func short(v Verdict) string {
	if v == Inconclusive {
		return "open"
	}
	return string(v)
}
