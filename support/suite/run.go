package suite

import (
	"bytes"
	"context"
	"encoding/gob"
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

// begin fails the run where it cannot be trusted: that leaves a failed case, where an early exit would leave nothing.
func (s *Suite) begin(ginkgo.Report) {
	if len(s.problems) > 0 {
		ginkgo.Fail("nothing was sent, because:\n" + strings.Join(s.problems, "\n"))
	}
}

// gather asks the targets, on process 1 only, and hands their evidence to all processes.
func (s *Suite) gather(ctx ginkgo.SpecContext) []byte {
	folder, err := report.Folder()
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	var files [][]byte
	if len(s.replayed) > 0 {
		for _, r := range s.replayed {
			files = append(files, r.har)
		}
	} else {
		if err := folder.Clear(s.api.Name); err != nil {
			ginkgo.Fail(err.Error())
		}
		files = s.ask(ctx)
	}
	for i, har := range files {
		name := s.targets[i].name
		if har == nil || len(s.replayed) > 0 && s.replayed[i].path == folder.Evidence(name) {
			continue
		}
		if err := folder.WriteEvidence(name, har); err != nil {
			ginkgo.Fail(err.Error())
		}
		s.searchEvidence(folder, i)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(files); err != nil {
		ginkgo.Fail("the evidence cannot be handed on: " + err.Error())
	}
	return b.Bytes()
}

// ask gathers the evidence of the targets that some chosen spec judges; nil for the others.
func (s *Suite) ask(ctx context.Context) [][]byte {
	var jobs []evidence.Job
	var at []int
	for i, job := range s.jobs {
		if !s.targets[i].chosen {
			continue
		}
		stop := prepare(&job)
		defer stop()
		jobs, at = append(jobs, job), append(at, i)
	}
	done := s.showProgress(len(jobs))
	gathered := evidence.Gather(ctx, s.api, jobs, "session-conformance/"+evidence.Version(), &s.progress)
	done()
	files := make([][]byte, len(s.jobs))
	for i, g := range gathered {
		files[at[i]] = g.HAR
		s.targets[at[i]].leaks = g.Leaks
		if len(s.targets) > searchedWhole {
			s.targets[at[i]].leaks = g.LeaksQuickly
		}
	}
	return files
}

// receive decodes the evidence: specs judge what was hidden, encoded and decoded, live as later.
func (s *Suite) receive(_ ginkgo.SpecContext, handed []byte) {
	var files [][]byte
	if err := gob.NewDecoder(bytes.NewReader(handed)).Decode(&files); err != nil {
		ginkgo.Fail("the evidence was not handed on: " + err.Error())
	}
	for i, har := range files {
		if len(har) == 0 {
			continue
		}
		run, err := evidence.Read(har)
		if err != nil {
			ginkgo.Fail(fmt.Sprintf("evidence of %s: %v", s.targets[i].name, err))
		}
		s.targets[i].run = run
	}
}

// end writes the reports. It runs on process 1, with the reports of all specs.
func (s *Suite) end(r ginkgo.Report) {
	results := s.results(r)
	if r.SuiteConfig.DryRun || len(results.Problems) == 0 && len(results.Targets) == 0 {
		return
	}
	folder, err := report.Folder()
	if err == nil {
		err = folder.Write(results)
	}
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	wrong := s.searchReports(folder)
	for i := range results.Targets {
		t := &results.Targets[i]
		if t.Verdict == report.Inconclusive {
			wrong = append(wrong, t.WhyInconclusive())
		}
		for _, w := range t.Waivers {
			if w.Stale != "" {
				wrong = append(wrong, fmt.Sprintf("%s: the waiver of %s is stale: %s", t.Name, w.Clause, w.Stale))
			}
		}
	}
	if len(wrong) > 0 {
		ginkgo.Fail(strings.Join(wrong, "\n"))
	}
}

// results reads the specs' verdicts out of Ginkgo's report.
func (s *Suite) results(r ginkgo.Report) *report.Results {
	results := &report.Results{Format: report.Format, API: s.api.Name, SuiteVersion: evidence.Version(), Started: r.StartTime.UTC(),
		Seconds: time.Since(r.StartTime).Seconds(), Filter: s.filter, Problems: s.problems, Targets: []report.Target{}}
	if len(s.problems) > 0 {
		return results
	}
	results.Contradictions = s.contradictions()
	specs := map[string][]types.SpecReport{} // by target
	for _, spec := range r.SpecReports {
		if spec.LeafNodeType == types.NodeTypeIt && s.judged[spec.FullText()] {
			name := value(spec.Labels(), "target")
			specs[name] = append(specs[name], spec)
		}
	}
	for _, ev := range s.targets {
		if !ev.chosen {
			continue
		}
		t := report.Target{Name: ev.name, Results: []report.Result{}, Observations: []report.Observation{}, RefusedLogins: map[string]int{}}
		if ev.run != nil {
			settings := ev.run.Target
			t.URL, t.Stopped, t.TooCommon = settings.URL, settings.Stopped, settings.TooCommon
			if settings.Product != nil {
				t.Product = *settings.Product
			}
			t.RefusedLogins = settings.RefusedLogins
			for _, w := range settings.Waivers {
				t.Waivers = append(t.Waivers, report.Waiver{Waiver: w})
			}
			t.Requests = requests(ev.run.Exchanges)
			t.Observations = s.observe(ev)
		}
		for _, spec := range specs[ev.name] {
			result := s.result(spec)
			result.Curl = ev.curl(result.Exchanges)
			t.Results = append(t.Results, result)
		}
		if ev.run != nil {
			t.Judge(ev.time(), s.filter != "")
		} else {
			t.Stopped, t.Verdict = "no evidence was gathered", report.Inconclusive
		}
		results.Targets = append(results.Targets, t)
	}
	return results
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
func (s *Suite) result(spec types.SpecReport) report.Result {
	labels := spec.Labels()
	k, _ := s.catalogue.Get(value(labels, "clause"))
	result := report.Result{Clause: k.ID, Tier: string(k.Tier), Spec: s.textOf(spec), Seconds: spec.RunTime.Seconds(),
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
