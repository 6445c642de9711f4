package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// Merged is what a merge made.
type Merged struct {
	Runs    []*report.Results
	Missing []target.Shard
	Cut     []string // folders of shards that were cut short: they do not count
}

// Merge joins the reports in the folders, or in the folders within them, into one folder: results, JUnit, evidence and
// pages. For each shard that is missing every API's results hold an inconclusive target, so that no reader takes the
// whole for green.
func Merge(folders []string, into report.Dir) (*Merged, error) {
	parts, err := find(folders, into.Path)
	if err != nil {
		return nil, err
	}
	if lost, err := replaced(parts, folders, into.Path); err != nil {
		return nil, err
	} else if lost != nil {
		return nil, fmt.Errorf("%s is to be merged, and cannot take the merged reports too: name another folder with "+
			"REPORTS_DIR", lost.dir.Path)
	}
	merged := &Merged{}
	parts, err = merged.latest(parts)
	if err != nil {
		return nil, err
	}
	evidence := map[string]report.Dir{} // where it lies, by target
	for _, api := range target.APIs() {
		joined, err := join(api, parts, evidence)
		if err != nil {
			return nil, err
		}
		if joined != nil {
			merged.Runs = append(merged.Runs, joined)
		}
	}
	if len(merged.Runs) == 0 {
		return nil, fmt.Errorf("there is nothing to merge: no shard left results%s", merged.cut())
	}
	return merged, merged.write(into, evidence)
}

// write takes the place of what lies in the folder, when all is known to fit: an error leaves that as it was.
func (m *Merged) write(into report.Dir, evidence map[string]report.Dir) error {
	for _, api := range target.APIs() {
		if err := into.Clear(api); err != nil {
			return err
		}
	}
	for name, from := range evidence {
		if err := copyEvidence(name, from, into); err != nil {
			return err
		}
	}
	for _, joined := range m.Runs {
		for _, s := range m.Missing {
			joined.Targets = append(joined.Targets, absent(s))
		}
		if err := into.Write(joined); err != nil {
			return err
		}
	}
	return nil
}

// latest keeps of each shard the whole run that began last, and notes which ones are missing.
func (m *Merged) latest(parts []*part) ([]*part, error) {
	of := map[target.Shard]*part{}
	var kept []*part
	number := 0
	for _, p := range parts {
		if p.shard.N == 0 {
			kept = append(kept, p)
			continue
		}
		if number != 0 && number != p.shard.N {
			return nil, fmt.Errorf("%s is shard %s, and others are of %d: these are not the shards of one run", p.dir.Path,
				p.shard, number)
		}
		number = p.shard.N
		if !p.whole {
			m.Cut = append(m.Cut, p.dir.Path)
		} else if other := of[p.shard]; other == nil || p.started.After(other.started) {
			of[p.shard] = p
		}
	}
	if number > 0 && len(kept) > 0 {
		return nil, fmt.Errorf("%s is no shard, and others are: it is of another run; leave it out", kept[0].dir.Path)
	}
	for k := 1; k <= number; k++ {
		s := target.Shard{K: k, N: number}
		if of[s] == nil {
			m.Missing = append(m.Missing, s)
		} else {
			kept = append(kept, of[s])
		}
	}
	return kept, nil
}

// cut names the folders that do not count, for a sentence; empty where there are none.
func (m *Merged) cut() string {
	if len(m.Cut) == 0 {
		return ""
	}
	return "; cut short were " + strings.Join(m.Cut, ", ")
}

// join makes one run's results of an API's, and notes where the evidence lies; nil where no part has any.
func join(api string, parts []*part, evidence map[string]report.Dir) (*report.Results, error) {
	var joined *report.Results
	for _, p := range parts {
		r := p.results[api]
		if r == nil {
			continue
		}
		if joined == nil {
			first := *r
			first.Targets, first.Problems, first.Shard = nil, nil, ""
			joined = &first
		}
		if r.SuiteVersion != joined.SuiteVersion || r.Filter != joined.Filter {
			return nil, fmt.Errorf("%s was judged by version %s with filter %q, others by version %s with filter %q: judge "+
				"all by one version and filter",
				p.dir.Path, r.SuiteVersion, r.Filter, joined.SuiteVersion, joined.Filter)
		}
		if r.Started.Before(joined.Started) {
			joined.Started = r.Started
		}
		joined.Seconds = max(joined.Seconds, r.Seconds)
		for _, problem := range r.Problems {
			joined.Problems = append(joined.Problems, p.dir.Path+": "+problem)
		}
		for _, t := range r.Targets {
			if before, twice := evidence[t.Name]; twice {
				return nil, fmt.Errorf("the target %s stands in %s and in %s: leave one out", t.Name, before.Path, p.dir.Path)
			}
			if filepath.Base(t.Name) != t.Name || strings.HasPrefix(t.Name, ".") {
				return nil, fmt.Errorf("%s: %q is no name of a target", p.dir.Path, t.Name)
			}
			evidence[t.Name] = p.dir
		}
		joined.Targets = append(joined.Targets, r.Targets...)
	}
	if joined != nil {
		slices.SortFunc(joined.Targets, func(a, b report.Target) int { return cmp.Compare(a.Name, b.Name) })
		if joined.Targets == nil {
			joined.Targets = []report.Target{}
		}
	}
	return joined, nil
}

// copyEvidence copies a target's HAR file, if there is one: a target that could not be asked has none.
func copyEvidence(name string, from, into report.Dir) error {
	err := into.CopyEvidence(name, from.Evidence(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// ofAbsent are the names that absent gives.
var ofAbsent = regexp.MustCompile(`^shard-[0-9]+-of-[0-9]+$`)

// absent stands for the targets of a shard that left no results.
func absent(s target.Shard) report.Target {
	return report.Target{Name: fmt.Sprintf("shard-%d-of-%d", s.K, s.N), Verdict: report.Inconclusive,
		Stopped: fmt.Sprintf("shard %s left no results, so its targets are not judged: run it again, and merge again", s),
		Results: []report.Result{}, Observations: []report.Observation{}, RefusedLogins: map[string]int{}}
}
