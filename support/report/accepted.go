package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"session-conformance/support/sink"
)

// AcceptedFormat names the form of the JSON that Accepted becomes.
const AcceptedFormat = "session-conformance-accepted/1"

// Accepted is what a run decided, kept as the state that later runs are compared with. It is small and holds nothing
// that differs from run to run of the same product, so it can be committed and its changes read.
type Accepted struct {
	Format  string           `json:"format"`
	Targets []AcceptedTarget `json:"targets"` // by API, then by name
}

// AcceptedTarget is the accepted state of one target.
type AcceptedTarget struct {
	API          string         `json:"api"`
	Name         string         `json:"name"`
	SuiteVersion string         `json:"suite_version"`
	Specs        []AcceptedSpec `json:"specs"`        // by clause, then by spec
	Observations []Observation  `json:"observations"` // by name
}

// AcceptedSpec is the accepted verdict of one spec.
type AcceptedSpec struct {
	Clause  string  `json:"clause"`
	Spec    string  `json:"spec"` // the full text without the target, unique in it
	Verdict Verdict `json:"verdict"`
}

// Accept makes the accepted state of a run's results. A run that did not judge everything is none to accept: the error
// says why.
func Accept(runs []*Results) (*Accepted, error) {
	if err := usable(runs); err != nil {
		return nil, err
	}
	accepted := &Accepted{Format: AcceptedFormat, Targets: []AcceptedTarget{}}
	for _, run := range runs {
		if run.Filter != "" {
			return nil, fmt.Errorf("%s was judged under a filter (%s): run all specs, and accept that", run.API,
				sink.Text(run.Filter))
		}
		if run.Shard != "" {
			return nil, fmt.Errorf("%s was judged in part only (shard %s): merge the parts, and accept that", run.API,
				sink.Text(run.Shard))
		}
		for _, t := range run.Targets {
			if c := t.Count(); c[Pass]+c[Fail]+c[Warn]+c[Waived] == 0 {
				return nil, fmt.Errorf("of %s (%s) nothing was judged: %s", sink.Text(t.Name), run.API,
					sink.Text(t.WhyInconclusive()))
			}
			kept := AcceptedTarget{API: run.API, Name: t.Name, SuiteVersion: run.SuiteVersion, Specs: []AcceptedSpec{},
				Observations: append([]Observation{}, t.Observations...)}
			for _, r := range t.Results {
				kept.Specs = append(kept.Specs, AcceptedSpec{r.Clause, r.Spec, r.Verdict})
			}
			accepted.Targets = append(accepted.Targets, kept)
		}
	}
	accepted.sort()
	if err := accepted.check(nil); err != nil {
		return nil, fmt.Errorf("the results cannot be accepted: %w", err)
	}
	return accepted, nil
}

// usable says why results are none to accept or to compare: nothing was judged.
func usable(runs []*Results) error {
	judged := false
	for _, run := range runs {
		if len(run.Problems) > 0 {
			return fmt.Errorf("%s was not judged: %s", run.API, firstLine(sink.Text(run.Problems[0])))
		}
		for _, t := range run.Targets {
			if len(t.Results) == 0 {
				return fmt.Errorf("the results of %s (%s) are empty: nothing of it was judged", sink.Text(t.Name), run.API)
			}
			judged = true
		}
	}
	if !judged {
		return errors.New("there are no results: nothing was judged")
	}
	return nil
}

// Keep takes over from an earlier state the targets that are not among the names.
func (a *Accepted) Keep(earlier *Accepted, names []string) {
	for _, t := range earlier.Targets {
		if !slices.Contains(names, t.Name) {
			a.Targets = append(a.Targets, t)
		}
	}
	a.sort()
}

func (a *Accepted) sort() {
	slices.SortStableFunc(a.Targets, func(x, y AcceptedTarget) int {
		return cmp.Or(cmp.Compare(x.API, y.API), cmp.Compare(x.Name, y.Name))
	})
	for _, t := range a.Targets {
		slices.SortStableFunc(t.Specs, func(x, y AcceptedSpec) int {
			return cmp.Or(cmp.Compare(x.Clause, y.Clause), cmp.Compare(x.Spec, y.Spec))
		})
		slices.SortStableFunc(t.Observations, func(x, y Observation) int { return cmp.Compare(x.Name, y.Name) })
	}
}

// JSON is the state with a line for each spec and observation, so that a change of one is a change of one line.
func (a *Accepted) JSON() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n \"format\": %s,\n \"targets\": [", sink.Compact(a.Format))
	for i, t := range a.Targets {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, "\n  {\"api\": %s, \"name\": %s, \"suite_version\": %s,\n   \"specs\": [", sink.Compact(t.API),
			sink.Compact(t.Name), sink.Compact(t.SuiteVersion))
		lines(&b, t.Specs)
		b.WriteString("],\n   \"observations\": [")
		lines(&b, t.Observations)
		b.WriteString("]}")
	}
	b.WriteString("\n ]\n}\n")
	return b.Bytes()
}

func lines[T any](b *bytes.Buffer, list []T) {
	for i, one := range list {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(b, "\n    %s", sink.Compact(one))
	}
}
