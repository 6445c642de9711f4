package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/report"
)

// judge runs the built suite against new servers, writes all reports, and gives its cost and its results. A run in
// which not every target is conformant is none to measure.
func (p *programs) judge(s serving, flags ...string) (Cost, *report.Results, error) {
	targets, err := p.serve(s)
	if err != nil {
		return Cost{}, nil, err
	}
	c, results, err := p.suiteRun(s.api, []string{"TARGETS_FILE=" + targets.file, targets.variable()}, flags...)
	if ended := targets.close(); err == nil && ended != nil {
		err = fmt.Errorf("the reference servers of %s: %w", s.api, ended)
	}
	return c, results, err
}

// suiteRun runs the built suite of the API once.
func (p *programs) suiteRun(api string, environment []string, flags ...string) (Cost, *report.Results, error) {
	reports := p.path("reports")
	defer os.RemoveAll(reports)
	cmd := exec.Command(p.suite(api), append([]string{"--ginkgo.succinct", "--ginkgo.silence-skips", "--ginkgo.no-color"},
		flags...)...)
	cmd.Dir = filepath.Join(p.root, "suites", api)
	cmd.Env = append(append(os.Environ(), "TARGET=", "EVIDENCE=", "PROGRESS=off", "REPORTS_DIR="+reports), environment...)
	c, output, err := measure(cmd)
	if err != nil {
		return c, nil, fmt.Errorf("the suite %s: %w\n%s", api, err, output)
	}
	results, err := report.Dir{Path: reports}.Read(api)
	if err != nil {
		return c, nil, err
	}
	for _, t := range results.Targets {
		if t.Verdict != report.Conformant {
			return c, nil, fmt.Errorf("%s is %s: such a run is not measured", t.Name, t.Verdict)
		}
	}
	return c, results, nil
}

// recorded runs the suite once and gives the path of the requests that it sent.
func (p *programs) recorded(api string) (string, error) {
	s := serving{api: api, targets: 1, concurrency: 8, record: p.path("requests.json")}
	_, _, err := p.judge(s)
	return s.record, err
}

// replay sends recorded requests to each of new servers, atOnce side by side, and gives its cost and the share of
// requests that were answered with the status of the run.
func (p *programs) replay(s serving, requests string, atOnce int) (Cost, float64, error) {
	targets, err := p.serve(s)
	if err != nil {
		return Cost{}, 0, err
	}
	defer targets.close()
	c, output, err := measure(exec.Command(p.worker(), "replay", "-file", targets.file, "-requests", requests,
		"-concurrency", fmt.Sprint(atOnce)))
	if err != nil {
		return c, 0, fmt.Errorf("the bare client: %w\n%s", err, output)
	}
	alike, err := strconv.Atoi(strings.TrimSpace(string(output)))
	if err != nil {
		return c, 0, fmt.Errorf("the bare client: %w", err)
	}
	var sent []Request
	text, err := os.ReadFile(requests)
	if err == nil {
		err = json.Unmarshal(text, &sent)
	}
	return c, float64(alike) / float64(len(sent)*s.targets), err
}

// firstOf gives a file with the first of the recorded requests.
func (p *programs) firstOf(requests string, number int) (string, error) {
	text, err := os.ReadFile(requests)
	if err != nil {
		return "", err
	}
	var all []Request
	if err := json.Unmarshal(text, &all); err != nil {
		return "", err
	}
	file := p.path("first.json")
	if text, err = json.Marshal(all[:min(number, len(all))]); err != nil {
		return "", err
	}
	return file, os.WriteFile(file, text, 0o600)
}

// plan gives what depends on what in a run of the API.
func (p *programs) plan(api string) ([]evidence.Planned, error) {
	targets, err := p.serve(serving{api: api, targets: 1, concurrency: 8})
	if err != nil {
		return nil, err
	}
	defer targets.close()
	cmd := exec.Command(p.worker(), "plan", "-file", targets.file)
	cmd.Env = append(os.Environ(), targets.variable())
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("the plan of %s: %w", api, err)
	}
	var planned []evidence.Planned
	return planned, json.Unmarshal(text, &planned)
}
