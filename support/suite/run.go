package suite

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// begin fails the run where it cannot be trusted: that leaves a failed case, where an early exit would leave nothing.
func (s *Suite) begin(ginkgo.Report) {
	if len(s.problems) > 0 {
		ginkgo.Fail(sink.Text("nothing was sent, because:\n" + strings.Join(s.problems, "\n")))
	}
}

// gather asks the targets, on process 1 only, and tells all processes in which files the evidence lies.
func (s *Suite) gather(ctx ginkgo.SpecContext) []byte {
	collect(usually)
	folder, err := report.Folder()
	if err != nil {
		ginkgo.Fail(err.Error())
	}
	var paths []string
	if len(s.replayed) > 0 {
		paths, err = s.keep(folder)
	} else if err = folder.Clear(s.api.Name); err == nil {
		paths, err = s.ask(ctx, folder)
	}
	if err != nil {
		s.giveUp(err.Error())
	}
	text, err := json.Marshal(paths)
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
			har, err := target.ReadRegular(path, evidenceLimit)
			if err == nil {
				err = folder.WriteEvidence(s.targets[i].name, har)
			}
			if err != nil {
				return nil, fmt.Errorf("EVIDENCE: %w", err)
			}
		}
	}
	return paths, nil
}

// ask gathers the evidence of the targets that some chosen spec judges, and gives the files it was written to; an empty path
// for each other target.
func (s *Suite) ask(ctx context.Context, folder report.Dir) ([]string, error) {
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
	if s.crowd() {
		collect(rarely)
	}
	go report.Warm()
	done := s.showProgress(len(jobs))
	paths, wrong := make([]string, len(s.jobs)), make([]error, len(s.jobs))
	evidence.Gather(ctx, s.api, jobs, "session-conformance/"+evidence.Version(), &s.progress, func(k int, g evidence.Gathered) {
		i := at[k]
		paths[i] = folder.Evidence(s.targets[i].name)
		wrong[i] = s.store(folder, i, g)
	})
	done()
	return paths, errors.Join(wrong...)
}

// store writes a target's evidence and reads it back: see searchEvidence.
func (s *Suite) store(folder report.Dir, i int, g evidence.Gathered) error {
	s.targets[i].leaks = g.Leaks
	if len(s.targets) > searchedWhole || len(g.HAR) > searchedDeep {
		s.targets[i].leaks = g.LeaksQuickly
	}
	if err := folder.WriteEvidence(s.targets[i].name, g.HAR); err != nil {
		return err
	}
	err := s.searchEvidence(folder, i)
	if len(s.targets) > searchedWhole {
		s.targets[i].leaks = nil // the reports are not searched: see searchReports
	} else {
		s.targets[i].leaksQuickly = g.LeaksQuickly
	}
	return err
}

// receive decodes the evidence from its files: specs judge what was hidden, encoded and decoded, live as later.
func (s *Suite) receive(_ ginkgo.SpecContext, handed []byte) {
	var paths []string
	if err := json.Unmarshal(handed, &paths); err != nil {
		ginkgo.Fail("the evidence was not handed on: " + err.Error())
	}
	collectFor(paths)
	for i, path := range paths {
		if path == "" {
			continue
		}
		run, err := readEvidence(path)
		if err != nil {
			ginkgo.Fail(sink.Text(fmt.Sprintf("evidence of %s: %v", s.targets[i].name, err)))
		}
		s.targets[i].run = run
		if len(s.replayed) > 0 {
			s.targets[i].foreign(s.waivers)
		}
	}
}

// evidenceLimit bounds a HAR file, in bytes: what a target may send, with each byte written as an escape.
const evidenceLimit = 64 << 20

// readEvidence reads a HAR file of ours.
func readEvidence(path string) (*evidence.Evidence, error) {
	har, err := target.ReadRegular(path, evidenceLimit)
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
	if wrong := s.untrusted(folder, results); len(wrong) > 0 {
		ginkgo.Fail(strings.Join(withhold(folder, results, wrong), "\n"))
	}
	var wrong []string
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
		ginkgo.Fail(sink.Text(strings.Join(wrong, "\n")))
	}
}
