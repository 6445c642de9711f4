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
		Started: began.UTC(), Seconds: time.Since(began).Seconds(), Filter: s.filter, Shard: os.Getenv(target.ShardVariable),
		Problems: s.problems, Targets: []report.Target{}}
	if len(s.problems) > 0 {
		return results
	}
	s.fromCatalogue(results)
	if page, err := clause.Accepting(s.catalogue, s.ledger, s.reads).Write("html"); err == nil {
		results.Appendix = []byte(page)
	} else {
		results.Notices = append(results.Notices, "the appendix of clauses cannot be made: "+err.Error())
	}
	results.Notices = append(results.Notices, s.notices...)
	for i, ev := range s.targets {
		if !ev.chosen {
			continue
		}
		d := s.decisions[i]
		if d == nil {
			d = s.decided(ev, s.found(i))
		}
		results.Targets = append(results.Targets, d.target)
		results.Notices, results.Lost = append(results.Notices, d.notices...), append(results.Lost, d.lost...)
	}
	return results
}

// decision is what the run decided of a target.
type decision struct {
	target        report.Target
	notices, lost []string // see report.Results
}

// decided is the decision on a target of which the specs found that.
func (s *Suite) decided(ev *subject, found []report.Result) *decision {
	d := &decision{target: s.describe(ev, found)}
	if ev.lost != "" {
		d.lost = append(d.lost, ev.name+": "+ev.lost)
	}
	if ev.run != nil && ev.run.Target.Masked != "" {
		d.notices = append(d.notices, ev.name+": "+ev.run.Target.Masked)
	}
	if ev.run != nil && ev.run.Target.LeftOut {
		d.lost = append(d.lost, ev.name+": "+ev.run.Target.Stopped)
	}
	d.notices = append(d.notices, s.mask(ev, &d.target)...)
	return d
}

// describe is what reports say of a target.
func (s *Suite) describe(ev *subject, found []report.Result) report.Target {
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
	s.addCurl(ev, t.Results)
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

// found is what the specs decided of a target. Where one came to nothing, Ginkgo had ended the run before.
func (s *Suite) found(target int) []report.Result {
	list := []report.Result{}
	for _, of := range s.of(target) {
		j, decided := s.judgements[judged{of.full, target}]
		if !decided {
			j = judgement{Verdict: report.Inconclusive, Message: "the run ended before this was judged", Exchanges: []int{}}
		}
		list = append(list, s.result(of, j))
	}
	return list
}

// result is what a spec decided of a target.
func (s *Suite) result(of spec, j judgement) report.Result {
	k, _ := s.catalogue.Get(of.clause)
	return report.Result{Clause: k.ID, Tier: string(k.Tier), Spec: of.text, Verdict: j.Verdict, Message: j.Message,
		Seconds: j.Seconds, Exchanges: j.Exchanges,
		Documented: report.Documented{Call: k.Call, Says: k.Says, Source: k.Source.String()}}
}
