package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"session-conformance/suites"
	"session-conformance/support/evidence"
	"session-conformance/support/reference/wire"
	"session-conformance/support/report"
)

// Wanted says what is to be proven.
type Wanted struct {
	API    string         // empty: all
	Clause string         // its faults only, beside the reference servers; empty: those of all clauses
	Cases  *regexp.Regexp // the names of the cases, beside the reference servers; nil: all
	// a folder for the results of each API: verdict and text of every spec of every case; empty: none
	Keep string
}

// whole says whether everything of an API is proven, so that what is missing can be told.
func (w Wanted) whole() bool { return w.Clause == "" && w.Cases == nil }

// Program makes the program ready that judges by the suite of an API, with Ginkgo's flags.
type Program func(api string, args ...string) (*exec.Cmd, error)

// Run lets the program judge the wanted peculiar servers, and gives the matrix of what came.
func Run(program Program, wanted Wanted) (*Matrix, error) {
	chosen := slices.DeleteFunc(apis(), func(a api) bool { return wanted.API != "" && a.API != wanted.API })
	for i := range chosen {
		chosen[i].wanted = wanted
	}
	if !slices.ContainsFunc(chosen, func(a api) bool {
		return slices.ContainsFunc(a.cases(), func(c Case) bool { return c.Kind != Reference })
	}) {
		return nil, errors.New("there is nothing to prove: no case is asked for by --clause and --case; conformance serve " +
			"--list names the faults with their clauses, and the variants; a new clause needs a fault")
	}
	judged := make([]outcomes, len(chosen))
	var all sync.WaitGroup
	for i, a := range chosen { // side by side: much of each is waiting
		all.Go(func() { judged[i], judged[i].err = a.judge(program) })
	}
	all.Wait()
	m := &Matrix{Asked: map[string]string{}}
	for i, a := range chosen {
		if judged[i].err != nil {
			return nil, judged[i].err
		}
		catalogue, err := suites.Of(a.API).Catalogue()
		if err != nil {
			return nil, err
		}
		if err := a.keep(judged[i].live); err != nil {
			return nil, err
		}
		m.add(a.cases(), judged[i].live, catalogue, wanted.whole())
		m.replay(judged[i].live, judged[i].replayed)
		m.Wanting = append(m.Wanting, judged[i].problems...)
		m.Asked[a.API] = judged[i].asked.Text()
	}
	return m, nil
}

// keep writes the results where they are to be kept.
func (a api) keep(live *report.Results) error {
	if a.wanted.Keep == "" {
		return nil
	}
	if err := os.MkdirAll(a.wanted.Keep, 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(live, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(a.wanted.Keep, a.API+".json"), text, 0o600)
}

// outcomes is what came of all servers of an API.
type outcomes struct {
	live, replayed *report.Results
	asked          evidence.Asked
	problems       []string
	err            error
}

// judge starts all servers of the API and lets the suite judge them in one run; then once more by the evidence
// alone. It also says which reports are malformed, which faults change nothing, and where an account saw too many
// refused logins.
func (a api) judge(program Program) (j outcomes, err error) {
	folder, err := os.MkdirTemp("", "proof-")
	if err != nil {
		return j, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if a.stop != nil {
		defer a.stop()
	}
	var targets []map[string]any
	var servers []*wire.Running
	var handlers []http.Handler
	defer func() {
		for _, s := range servers {
			_ = s.Close()
		}
	}()
	certificate := func(pem []byte) (string, error) {
		path := filepath.Join(folder, fmt.Sprintf("ca-%d.pem", len(targets)))
		return path, os.WriteFile(path, pem, 0o600)
	}
	for _, c := range a.cases() {
		server, settings, handler, err := a.serve(c, certificate)
		if err != nil {
			return j, err
		}
		servers, targets, handlers = append(servers, server), append(targets, settings), append(handlers, handler)
	}
	text, err := json.Marshal(map[string]any{"targets": targets})
	if err != nil {
		return j, err
	}
	file := filepath.Join(folder, "targets.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return j, err
	}
	environment := []string{"TARGETS_FILE=" + file, "EVIDENCE="}
	if a.secrets != nil {
		environment = append(environment, a.secrets()...)
	}
	reports := filepath.Join(folder, "reports")
	j.live, err = a.run(program, reports, environment...)
	if err != nil {
		return j, err
	}
	for i, c := range a.cases() {
		j.problems = append(j.problems, overspent(c, handlers[i])...)
	}
	j.replayed, err = a.again(program, folder, j.live)
	if err != nil {
		return j, err
	}
	evidence := filepath.Join(reports, "evidence")
	asked, unsent, err := a.asked(evidence, j.live)
	if err != nil {
		return j, err
	}
	silent, err := a.silent(evidence, j.live)
	if err != nil {
		return j, err
	}
	garbled, err := a.garbled(evidence)
	j.asked, j.problems = asked, slices.Concat(j.problems, malformed(reports, j.live), unsent, silent, garbled)
	return j, err
}

// batch is how many targets are judged again at once: few enough to have specs of their own, while the live run's share
// theirs. So the proof also compares these two ways to judge.
const batch = 25

// again judges the evidence of a run once more.
func (a api) again(program Program, folder string, live *report.Results) (*report.Results, error) {
	var names []string
	for _, t := range live.Targets {
		names = append(names, t.Name)
	}
	all := &report.Results{}
	for chosen := range slices.Chunk(names, batch) {
		part, err := a.run(program, filepath.Join(folder, "replayed"), "TARGETS_FILE=",
			"EVIDENCE="+filepath.Join(folder, "reports"),
			"TARGET="+strings.Join(chosen, ","))
		if err != nil {
			return nil, err
		}
		all.Targets = append(all.Targets, part.Targets...)
	}
	return all, nil
}

// command is the program, ready to judge once by the suite of the API.
func (a api) command(program Program, reports string, environment ...string) (*exec.Cmd, error) {
	cmd, err := program(a.API, "--ginkgo.succinct", "--ginkgo.silence-skips", "--ginkgo.no-color")
	if err == nil {
		cmd.Env = append(append(cmd.Environ(), "TARGET=", "PROGRESS=off", evidence.AtOnceVariable+"=24",
			"REPORTS_DIR="+reports), environment...)
	}
	return cmd, err
}

// run lets the program judge once and reads its results.
func (a api) run(program Program, reports string, environment ...string) (*report.Results, error) {
	cmd, err := a.command(program, reports, environment...)
	if err != nil {
		return nil, err
	}
	// The exit tells only that there are failures, which is what the proof is for; the results tell whether it ran.
	output, failed := cmd.CombinedOutput()
	results, err := report.Dir{Path: reports}.Read(a.API)
	if err != nil {
		return nil, fmt.Errorf("the suite %s left no results (%v, %v):\n%s", a.API, err, failed, tail(string(output), 4000))
	}
	if len(results.Problems) > 0 {
		return nil, fmt.Errorf("the suite %s judged nothing:\n%s", a.API, strings.Join(results.Problems, "\n"))
	}
	return results, nil
}

func tail(text string, most int) string {
	if len(text) > most {
		return "…" + text[len(text)-most:]
	}
	return text
}
