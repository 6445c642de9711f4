package suite

import (
	"os"
	"time"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// results are what the specs decided of all targets, in a run that began then.
func (s *Suite) results(began time.Time) *report.Results {
	results := &report.Results{Format: report.Format, API: s.api.Name, SuiteVersion: evidence.Version(),
		Started: began.UTC(),
		Seconds: time.Since(began).Seconds(), Filter: s.filter, Shard: os.Getenv(target.ShardVariable),
		Problems: s.problems, Targets: []report.Target{}}
	if len(s.problems) > 0 {
		return results
	}
	results.Contradictions, results.Unjudged, results.Documents = s.contradictions(), s.unjudged(), s.documents()
	if page, err := clause.Accepting(s.catalogue, s.ledger).Write("html"); err == nil {
		results.Appendix = []byte(page)
	} else {
		results.Notices = append(results.Notices, "the appendix of clauses cannot be made: "+err.Error())
	}
	found := make([][]report.Result, len(s.targets))
	for _, spec := range s.specs {
		for _, i := range spec.targets {
			found[i] = append(found[i], s.result(spec, i))
		}
	}
	results.Notices, results.Lost = append(results.Notices, s.notices...), s.lost
	for i, ev := range s.targets {
		if ev.run != nil && ev.run.Target.Masked != "" {
			results.Notices = append(results.Notices, ev.name+": "+ev.run.Target.Masked)
		}
		if ev.run != nil && ev.run.Target.LeftOut {
			results.Lost = append(results.Lost, ev.name+": "+ev.run.Target.Stopped)
		}
		if ev.chosen {
			t := s.decided(ev, found[i])
			results.Notices = append(results.Notices, s.mask(ev, &t)...)
			results.Targets = append(results.Targets, t)
		}
	}
	return results
}

// decided is what the run decided of a target.
func (s *Suite) decided(ev *subject, found []report.Result) report.Target {
	if found == nil {
		found = []report.Result{}
	}
	t := report.Target{Name: ev.name, Results: found, Observations: []report.Observation{},
		RefusedLogins: map[string]int{}}
	if ev.run == nil {
		t.Stopped, t.Verdict = "no evidence was gathered", report.Inconclusive
		return t
	}
	settings := ev.run.Target
	t.URL, t.Stopped, t.TooCommon = settings.URL, settings.Stopped, settings.TooCommon
	if settings.Product != nil {
		t.Product = *settings.Product
	}
	t.Full = settings.Full || os.Getenv("FULL") != ""
	t.RefusedLogins, t.Gathered = settings.RefusedLogins, ev.gathered
	for _, w := range settings.Waivers {
		t.Waivers = append(t.Waivers, report.Waiver{Waiver: w})
	}
	t.Requests = requests(ev.run.Exchanges)
	t.Observations = s.observe(ev)
	ev.addCurl(t.Results)
	t.Scripts = s.scripts(ev)
	ev.show(&t, len(s.targets))
	t.Judge(ev.time(), s.filter != "")
	return t
}

// requests counts what was sent, with what was sent once more.
func requests(exchanges []*exchange.Exchange) int {
	n := len(exchanges)
	for _, e := range exchanges {
		if e.Resent {
			n++
		}
		n += e.Resends
	}
	return n
}

// judged names what a judgement is about: a spec by its full text, and the place of a target.
type judged struct {
	spec   string
	target int
}

// result is what a spec decided of a target. Where it came to nothing, Ginkgo had ended the run before.
func (s *Suite) result(of spec, target int) report.Result {
	j, decided := s.judgements[judged{of.full, target}]
	if !decided {
		j = judgement{Verdict: report.Inconclusive, Message: "the run ended before this was judged", Exchanges: []int{}}
	}
	k, _ := s.catalogue.Get(of.clause)
	return report.Result{Clause: k.ID, Tier: string(k.Tier), Spec: of.text, Verdict: j.Verdict, Message: j.Message,
		Seconds:   j.Seconds,
		Exchanges: j.Exchanges, Call: k.Call, Says: k.Says, Source: k.Source.String()}
}
