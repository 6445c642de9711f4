package proof

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"session-conformance/support/clause"
	"session-conformance/support/report"
)

// Matrix is what came of all cases. Its JSON is proof.json.
type Matrix struct {
	Cases    []Outcome `json:"cases"`
	Wanting  []string  `json:"wanting"` // what is not as it must be; empty: all is proven
	Numbers  Numbers   `json:"numbers"`
	Unjudged int       `json:"unjudged_clauses"`
	// Asked is what the asked.txt of each API must be.
	Asked map[string]string `json:"-"`
}

// Numbers sum the matrix up.
type Numbers struct {
	Faults       int     `json:"faults"`
	Caught       int     `json:"faults_caught"`
	Variants     int     `json:"variants"`
	Accepted     int     `json:"variants_accepted"`
	Nulls        int     `json:"null_targets"`
	NullPasses   int     `json:"null_passes"`        // passes without a listed reason
	ListedPasses int     `json:"null_passes_listed"` // passes with one
	Median       float64 `json:"median_failed_clauses_per_fault"`
	Worst        int     `json:"worst_failed_clauses_per_fault"`
	WorstFault   string  `json:"worst_fault"`
}

// Outcome is what came of one case.
type Outcome struct {
	API     string         `json:"api"`
	Kind    Kind           `json:"kind"`
	Name    string         `json:"name"`
	Says    string         `json:"says"`
	Clause  string         `json:"clause,omitempty"`
	Verdict report.Verdict `json:"verdict"`
	Caught  []string       `json:"caught_by,omitempty"` // specs of its clause that failed or warned
	Fell    []string       `json:"fell_too,omitempty"`  // other clauses that failed or warned
	Passed  []string       `json:"passed,omitempty"`    // of a null target: clauses with a pass
	Why     string         `json:"why,omitempty"`       // they may
}

// add judges what the suites decided of an API's cases; whole says that they are all of its cases.
func (m *Matrix) add(cases []Case, results *report.Results, catalogue *clause.Catalogue, whole bool) {
	found := map[string]*report.Target{}
	for i := range results.Targets {
		found[results.Targets[i].Name] = &results.Targets[i]
	}
	for _, notice := range results.Notices { // such as a secret that had to be masked: a mistake of the suite
		m.want("%s: %s", catalogue.API, notice)
	}
	proven := map[string]bool{}
	for _, c := range cases {
		t := found[c.Target()]
		if t == nil {
			m.want("%s: %s %s was not judged", c.API, c.Kind, c.Name)
			continue
		}
		o := Outcome{API: c.API, Kind: c.Kind, Name: c.Name, Says: c.Says, Clause: c.Clause, Verdict: t.Verdict}
		switch c.Kind {
		case Reference:
			m.reference(c, t)
		case Fault:
			m.fault(c, t, &o)
			proven[c.Clause] = true
		case Variant:
			m.variant(c, t)
		case Null:
			m.null(c, t, &o)
		}
		m.Cases = append(m.Cases, o)
	}
	for _, k := range catalogue.Clauses {
		switch {
		case k.Unjudged != "":
			m.Unjudged++
		case whole && !proven[k.ID]:
			m.want("%s: the clause %s has no fault", catalogue.API, k.ID)
		}
	}
	m.count()
}

func (m *Matrix) want(format string, args ...any) {
	m.Wanting = append(m.Wanting, fmt.Sprintf(format, args...))
}

func (m *Matrix) reference(c Case, t *report.Target) {
	for _, r := range t.Results {
		if r.Verdict != report.Pass && r.Verdict != report.NotApplicable {
			m.want("%s: the %s is not conformant: %s is %s: %s", c.API, c.Name, r.Clause, r.Verdict, r.Message)
		}
	}
}

func (m *Matrix) fault(c Case, t *report.Target, o *Outcome) {
	m.Numbers.Faults++
	for _, r := range t.Results {
		if r.Verdict != report.Fail && r.Verdict != report.Warn {
			continue
		}
		if r.Clause == c.Clause {
			o.Caught = append(o.Caught, r.Spec)
		} else if !slices.Contains(o.Fell, r.Clause) {
			o.Fell = append(o.Fell, r.Clause)
		}
	}
	switch {
	case len(o.Caught) > 0:
		m.Numbers.Caught++
	case len(o.Fell) > 0:
		m.want("%s: fault %s breaks %s, but only others notice: %v", c.API, c.Name, c.Clause, o.Fell)
	default:
		m.want("%s: fault %s survives: no spec of %s failed (%s); change the fault, or what its spec expects", c.API,
			c.Name, c.Clause, c.Says)
	}
}

func (m *Matrix) variant(c Case, t *report.Target) {
	m.Numbers.Variants++
	before := len(m.Wanting)
	left := 0
	for _, r := range t.Results {
		switch {
		case r.Verdict == report.Inconclusive && slices.ContainsFunc(strings.Fields(c.open), func(open string) bool {
			return r.Clause == open || strings.HasPrefix(r.Message, "waits for "+open+":")
		}):
			left++
		case r.Verdict == report.Fail, r.Verdict == report.Inconclusive && r.Tier != string(clause.Extra):
			m.want("%s: variant %s is within the documents, but %s is %s: %s", c.API, c.Name, r.Clause, r.Verdict, r.Message)
		}
	}
	if c.open != "" && left == 0 {
		m.want("%s: of variant %s %s cannot be judged, and it was", c.API, c.Name, c.open)
	}
	if before == len(m.Wanting) && len(t.Results) > 0 {
		m.Numbers.Accepted++
	}
}

func (m *Matrix) null(c Case, t *report.Target, o *Outcome) {
	m.Numbers.Nulls++
	for _, r := range t.Results {
		if r.Verdict != report.Pass {
			continue
		}
		if !slices.Contains(o.Passed, r.Clause) {
			o.Passed = append(o.Passed, r.Clause)
		}
		if slices.Contains(c.passes, r.Clause) {
			m.Numbers.ListedPasses++
			o.Why = "It answers every call with a new session, which is what these clauses ask of a good request. That it " +
				"refuses nothing and gives no other answer is what fails it."
		} else {
			m.Numbers.NullPasses++
			m.want("%s: null target %s passes %s: %s", c.API, c.Name, r.Clause, r.Spec)
		}
	}
	for _, id := range c.passes {
		if !slices.Contains(o.Passed, id) {
			m.want("%s: null target %s is listed as passing %s, and does not: take it off the list, or see why it was not judged", c.API, c.Name, id)
		}
	}
	if t.Verdict == report.Conformant || t.Verdict == report.Partial {
		m.want("%s: null target %s is found %s", c.API, c.Name, t.Verdict)
	}
}

// replay compares the live verdicts with those that the evidence alone gives: they must be the same, to the letter.
func (m *Matrix) replay(live, replayed *report.Results) {
	again := map[string]*report.Target{}
	for i := range replayed.Targets {
		again[replayed.Targets[i].Name] = &replayed.Targets[i]
	}
	for i := range live.Targets {
		a := &live.Targets[i]
		b := again[a.Name]
		if b == nil || len(a.Results) != len(b.Results) || a.Verdict != b.Verdict {
			m.want("%s: the evidence of %s does not give the verdict that the run gave", live.API, a.Name)
			continue
		}
		for j, r := range a.Results {
			o := b.Results[j]
			if r.Spec != o.Spec || r.Verdict != o.Verdict || withoutAgain(r.Message) != withoutAgain(o.Message) {
				m.want("%s: by the evidence of %s, %q is %s (%s), and was %s (%s) live", live.API, a.Name, r.Spec, o.Verdict,
					o.Message, r.Verdict, r.Message)
			}
		}
	}
}

// again are the lines of a failure that name files and folders of its run: they differ where another run judges.
var again = regexp.MustCompile(`(?m)^  (again .*|try +sh .*)\n?`)

func withoutAgain(message string) string { return again.ReplaceAllString(message, "") }

// count finds the median and the worst number of failed clauses per caught fault, its own included.
func (m *Matrix) count() {
	var fallen []int
	m.Numbers.Worst, m.Numbers.WorstFault = 0, ""
	for _, o := range m.Cases {
		if o.Kind != Fault {
			continue
		}
		n := len(o.Fell)
		if len(o.Caught) > 0 {
			n++
		}
		fallen = append(fallen, n)
		if n > m.Numbers.Worst {
			m.Numbers.Worst, m.Numbers.WorstFault = n, o.API+" "+o.Name
		}
	}
	sort.Ints(fallen)
	if n := len(fallen); n > 0 {
		m.Numbers.Median = float64(fallen[(n-1)/2]+fallen[n/2]) / 2
	}
}
