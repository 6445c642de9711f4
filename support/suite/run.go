package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/evidence"
	"session-conformance/support/redact"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// begin fails the run where it cannot be trusted: that leaves a failed case, where an early exit would leave nothing.
func (s *Suite) begin(ginkgo.Report) {
	s.takeOver()
	if len(s.problems) > 0 {
		ginkgo.Fail(sink.Text("nothing was sent, because:\n" + strings.Join(s.problems, "\n")))
	}
}

// gather asks the targets, on process 1 only, and tells all processes in which files the evidence lies.
func (s *Suite) gather(ctx ginkgo.SpecContext) []byte {
	settings, _ := ginkgo.GinkgoConfiguration()
	s.forgetOthers(settings.ParallelTotal)
	folder, err := s.folder()
	if err == nil {
		err = s.hold(folder)
	}
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	var handed handed
	if len(s.replayed) > 0 {
		if handed.Paths, err = s.keep(folder); err == nil && s.crowd() {
			for i, t := range s.targets {
				if t.foreign(s.waivers); t.chosen {
					s.judgeWhole(i)
				}
			}
		}
	} else if err = sharing(folder, func() error { return folder.Clear(s.api.Name) }); err == nil {
		handed = s.ask(ctx, folder)
	}
	if err != nil {
		s.problem("%v", err)
		ginkgo.Fail(sink.Text(err.Error()))
	}
	handed.Tallies = s.tallies
	text, err := json.Marshal(handed)
	if err != nil {
		ginkgo.Fail("the evidence cannot be handed on: " + err.Error())
	}
	return text
}

// keep copies replayed evidence to the folder of reports, unless it lies there, and gives the files to judge.
func (s *Suite) keep(folder report.Dir) ([]string, error) {
	var paths []string
	for i, path := range s.replayed {
		paths = append(paths, path)
		if kept := folder.Evidence(s.targets[i].name); path != kept {
			if err := folder.CopyEvidence(s.targets[i].name, path); err != nil {
				return nil, fmt.Errorf("EVIDENCE: %w", err)
			}
		}
	}
	return paths, nil
}

// handed is what process 1 tells the others of each target, by its place: in which file the evidence lies (empty: it
// was not asked), or why there is none.
type handed struct {
	Paths, Lost []string
	Tallies     []tally // of a crowd, which is judged by then
}

// ask gathers the evidence of the targets that some chosen spec judges. One whose evidence cannot be written is lost
// alone.
func (s *Suite) ask(ctx context.Context, folder report.Dir) handed {
	var jobs []evidence.Job
	var at []int
	for i, job := range s.jobs {
		if !s.targets[i].chosen {
			continue
		}
		stop := s.prepare(&job)
		defer stop()
		jobs, at = append(jobs, job), append(at, i)
	}
	go report.Warm()
	ctx, cancel := s.within(ctx)
	defer cancel()
	done := s.showProgress(len(jobs))
	all := handed{Paths: make([]string, len(s.jobs)), Lost: make([]string, len(s.jobs))}
	evidence.Gather(ctx, s.api, jobs, "session-conformance/"+evidence.Version(), &s.progress,
		func(k int, g evidence.Gathered) {
			i := at[k]
			s.targets[i].secrets = redact.New()
			s.targets[i].secrets.LearnFrom(g.Secrets, "")
			if err := folder.WriteEvidence(s.targets[i].name, g.HAR); err != nil {
				all.Lost[i] = "its evidence could not be written: " + err.Error()
			} else {
				all.Paths[i] = folder.Evidence(s.targets[i].name)
			}
			if s.crowd() {
				s.read(i, all.Paths[i], all.Lost[i])
				s.judgeWhole(i)
			}
		})
	done()
	return all
}

// receive decodes the evidence from its files: specs judge what was hidden, encoded and decoded, live as later.
func (s *Suite) receive(_ ginkgo.SpecContext, text []byte) {
	var all handed
	if err := json.Unmarshal(text, &all); err != nil {
		ginkgo.Fail("the evidence was not handed on: " + err.Error())
	}
	if s.tallies = all.Tallies; s.crowd() {
		return
	}
	for i, path := range all.Paths {
		lost := ""
		if len(all.Lost) > 0 {
			lost = all.Lost[i]
		}
		s.read(i, path, lost)
		if path != "" && len(s.replayed) > 0 {
			s.targets[i].foreign(s.waivers)
		}
	}
}

// read takes the evidence of a target from its file, or what is left where it was lost; no path and nothing lost: it
// was not asked.
func (s *Suite) read(i int, path, lost string) {
	t := s.targets[i]
	if path != "" && t.run == nil {
		run, err := readEvidence(path)
		if err != nil {
			lost = "its evidence cannot be read back: " + err.Error()
		}
		t.run = run
	}
	if lost != "" {
		t.run, t.lost = evidence.Lost(s.jobs[i].Target, lost), lost
	}
}

// readEvidence reads a HAR file of ours.
func readEvidence(path string) (*evidence.Evidence, error) {
	har, err := report.ReadEvidence(path)
	if err != nil {
		return nil, err
	}
	run, err := evidence.Read(har)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return run, nil
}

// end writes the reports. It runs on process 1, with the reports of all specs.
func (s *Suite) end(r ginkgo.Report) {
	if err := s.takeFromOthers(r.SuiteConfig.ParallelTotal); err != nil {
		s.problem("%v", err)
	}
	if r.SuiteConfig.DryRun || s.unheld {
		return
	}
	folder, err := s.folder()
	if err == nil {
		err = s.hold(folder)
	}
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	results := s.results(r.StartTime)
	if len(results.Problems) == 0 && len(results.Targets) == 0 {
		if s.filter != "" { // what an earlier run found is no answer to what was asked now
			err := sharing(folder, func() error {
				err := folder.Clear(s.api.Name)
				if err == nil && len(folder.All()) > 0 { // of other APIs
					err = folder.Refresh()
				}
				return err
			})
			if err != nil {
				ginkgo.Fail(err.Error())
			}
		}
		return
	}
	s.written = results
	if err := sharing(folder, func() error { s.writeAll(folder, results); return nil }); err != nil {
		ginkgo.Fail(err.Error())
	}
	neverCached(folder)
	wrong := slices.Clone(results.Lost)
	for i := range results.Targets {
		t := &results.Targets[i]
		if s.compared {
			break
		}
		if t.Verdict == report.Inconclusive {
			wrong = append(wrong, t.WhyInconclusive())
		}
		if why := t.WhyShort(); why != "" {
			wrong = append(wrong, why)
		}
		for _, w := range t.Waivers {
			if w.Stale != "" {
				wrong = append(wrong, fmt.Sprintf("%s: the waiver of %s is stale: %s", t.Name, w.Clause, w.Stale))
			}
		}
	}
	if len(wrong) > 0 {
		ginkgo.Fail(sink.Text(strings.Join(wrong, "\n")))
	}
}

// boundMemory lets much garbage lie while there is room, which is fast, and little when there is none: what targets
// send is not trusted to be little. Of a crowd the evidence of some targets is held at once, and of the others what is
// reported. With less for the first ones the collector takes half of the time.
func boundMemory(targets int) {
	const own, first, further, reported = 150 << 20, 8 << 20, 3 << 20, 128 << 10 // bytes
	atOnce := min(targets, evidence.TargetsAtOnce())
	few := min(atOnce, 24)
	asked := first*few + further*(atOnce-few)
	debug.SetGCPercent(200)
	debug.SetMemoryLimit(int64(own + asked + reported*(targets-atOnce)))
}
