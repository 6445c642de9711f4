package suite

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
)

// results reads the specs' verdicts out of Ginkgo's report.
func (s *Suite) results(r ginkgo.Report) *report.Results {
	results := &report.Results{Format: report.Format, API: s.api.Name, SuiteVersion: evidence.Version(), Started: r.StartTime.UTC(),
		Seconds: time.Since(r.StartTime).Seconds(), Filter: s.filter, Problems: s.problems, Targets: []report.Target{}}
	if len(s.problems) > 0 {
		return results
	}
	results.Contradictions = s.contradictions()
	found := s.found(r)
	results.Notices, results.Lost = s.notices, s.lost
	for i, ev := range s.targets {
		if ev.run != nil && ev.run.Target.Masked != "" {
			results.Notices = append(results.Notices, ev.name+": "+ev.run.Target.Masked)
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
func (s *Suite) decided(ev *Evidence, found []report.Result) report.Target {
	if found == nil {
		found = []report.Result{}
	}
	t := report.Target{Name: ev.name, Results: found, Observations: []report.Observation{}, RefusedLogins: map[string]int{}}
	if ev.run == nil {
		t.Stopped, t.Verdict = "no evidence was gathered", report.Inconclusive
		return t
	}
	settings := ev.run.Target
	t.URL, t.Stopped, t.TooCommon = settings.URL, settings.Stopped, settings.TooCommon
	if settings.Product != nil {
		t.Product = *settings.Product
	}
	t.RefusedLogins, t.Gathered = settings.RefusedLogins, ev.gathered
	for _, w := range settings.Waivers {
		t.Waivers = append(t.Waivers, report.Waiver{Waiver: w})
	}
	t.Requests = requests(ev.run.Exchanges)
	t.Observations = s.observe(ev)
	ev.addCurl(t.Results)
	t.Judge(ev.time(), s.filter != "")
	return t
}

// found gives the results of the specs that the filters chose, by the place of their target.
func (s *Suite) found(r ginkgo.Report) [][]report.Result {
	var specs []types.SpecReport
	for _, spec := range r.SpecReports {
		if spec.LeafNodeType == types.NodeTypeIt && s.judged[spec.FullText()] {
			specs = append(specs, spec)
		}
	}
	if s.crowd() {
		return s.spread(specs)
	}
	by := map[string][]report.Result{}
	for _, spec := range specs {
		labels := spec.Labels()
		name := value(labels, "target")
		by[name] = append(by[name], s.result(spec, labels))
	}
	found := make([][]report.Result, len(s.targets))
	for i, ev := range s.targets {
		found[i] = by[ev.name]
	}
	return found
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

// result is the verdict of one spec.
func (s *Suite) result(spec types.SpecReport, labels []string) report.Result {
	k, _ := s.catalogue.Get(value(labels, "clause"))
	result := report.Result{Clause: k.ID, Tier: string(k.Tier), Spec: s.textOf(spec, labels), Seconds: spec.RunTime.Seconds(),
		Call: k.Call, Says: k.Says, Source: k.Source.String(), Exchanges: []int{}}
	result.Verdict, result.Message = verdictOf(spec)
	for _, entry := range spec.ReportEntries {
		if entry.Name == exchangesEntry {
			for number := range strings.FieldsSeq(entry.StringRepresentation()) {
				var n int
				if _, err := fmt.Sscan(number, &n); err == nil {
					result.Exchanges = append(result.Exchanges, n)
				}
			}
		}
	}
	return result
}

// verdictOf translates Ginkgo's state. What Ginkgo itself skipped or cut off was not judged.
func verdictOf(spec types.SpecReport) (report.Verdict, string) {
	message := spec.Failure.Message
	switch {
	case spec.State.Is(types.SpecStatePassed):
		return report.Pass, ""
	case spec.State.Is(types.SpecStateSkipped):
		verdict, reason, _ := strings.Cut(message, ": ")
		if slices.Contains(report.Verdicts(), report.Verdict(verdict)) {
			return report.Verdict(verdict), reason
		}
		return report.Inconclusive, strings.TrimSpace("the run ended before this was judged. " + message)
	case spec.State.Is(types.SpecStateInterrupted | types.SpecStateAborted):
		return report.Inconclusive, "the run was interrupted before this was judged"
	case spec.State.Is(types.SpecStatePanicked):
		return report.Fail, "the suite's own spec failed: " + strings.TrimSpace(message+" "+spec.Failure.ForwardedPanic)
	}
	return report.Fail, message
}
