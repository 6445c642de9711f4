package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pageOf arranges one target. n is its number in the report; ids are the anchors that are taken; brief leaves out what passes.
func pageOf(api *apiView, t *Target, n int, ids map[string]bool, brief bool) *page {
	p := &page{Target: t, API: api, Brief: brief, ID: fmt.Sprintf("page-%d", n), Badge: badgeOf(t.Verdict), Counts: t.Count(),
		byClause: map[string][]*specView{}}
	if id := "target-" + t.Name; safeName.MatchString(t.Name) {
		p.Evidence = "evidence/" + t.Name + ".har"
		if !ids[id] {
			p.ID = id // stays the same from run to run, so that one can link to it
		}
	}
	ids[p.ID] = true
	for _, sent := range t.RefusedLogins {
		p.Refused += sent
	}
	c := p.Counts
	p.Other = len(t.Results) - c[Pass] - c[Fail] - c[Warn] - c[Inconclusive] - c[Waived]
	for i, r := range t.Results {
		s := &specView{Result: r, ID: fmt.Sprintf("spec-%d-%d", n, i+1), Badge: badgeOf(r.Verdict), Open: r.Verdict == Fail,
			Numbers: numbers(r.Exchanges), Evidence: p.Evidence, verdict: r.Verdict,
			shown: !brief || r.Verdict != Pass}
		p.specs = append(p.specs, s)
		p.byClause[r.Clause] = append(p.byClause[r.Clause], s)
		if s.shown {
			k := p.clause(r)
			k.Specs = append(k.Specs, s)
		}
	}
	slices.SortStableFunc(p.Calls, func(a, b *callView) int { return cmp.Compare(len(b.Clauses), len(a.Clauses)) })
	for _, verdict := range []Verdict{Fail, Inconclusive, Waived, Warn} {
		if verdict != Inconclusive || t.Stopped == "" { // of a stopped target they all are, for that reason
			p.attend(verdict)
		}
	}
	return p
}

// attend adds the specs with that verdict to what should be seen first; those that wait for one clause in one sentence.
func (p *page) attend(verdict Verdict) {
	waiting := map[string]int{}
	for _, s := range p.specs {
		if id, waits := waitsFor(s.Result); s.verdict == verdict && waits {
			waiting[id]++
		} else if s.verdict == verdict {
			p.Attention = append(p.Attention, s)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		p.Waiting = append(p.Waiting, fmt.Sprintf("%s: waiting for %s, which is not met", plural(waiting[id], "inconclusive spec"), id))
	}
}

// clause finds where a result belongs, or makes the place.
func (p *page) clause(r Result) *clauseView {
	i := slices.IndexFunc(p.Calls, func(c *callView) bool { return c.Call == r.Call })
	if i < 0 {
		i = len(p.Calls)
		p.Calls = append(p.Calls, &callView{Call: r.Call})
	}
	call := p.Calls[i]
	for _, k := range call.Clauses {
		if k.ID == r.Clause {
			return k
		}
	}
	call.Clauses = append(call.Clauses, &clauseView{ID: r.Clause, Tier: r.Tier, Says: r.Says, Source: r.Source})
	return call.Clauses[len(call.Clauses)-1]
}

// numbers are a spec's exchanges for reading, at most the last eight.
func numbers(exchanges []int) string {
	const most = 8
	var list []string
	if len(exchanges) > most {
		exchanges, list = exchanges[len(exchanges)-most:], []string{"…"}
	}
	for _, n := range exchanges {
		list = append(list, fmt.Sprint(n))
	}
	return strings.Join(list, ", ")
}
