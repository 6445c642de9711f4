// Package report turns results into JUnit, JSON and Markdown, and decides the gate.
package report

//go:generate go test -tags unit -run TestSchemaFilesAreUpToDate -update .

import (
	"iter"
	"slices"
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// Format names the form of the JSON that Results becomes.
const Format = "session-conformance/1"

// Verdict is what a spec decided of a clause.
type Verdict string

const (
	Pass          Verdict = "pass"
	Fail          Verdict = "fail"
	Warn          Verdict = "warn"           // an extra clause is not met
	Waived        Verdict = "waived"         // a failure that targets.yaml excuses
	Unsupported   Verdict = "unsupported"    // the target declares to be without it
	Unconfigured  Verdict = "unconfigured"   // the credentials for it are not given
	NotApplicable Verdict = "not-applicable" // nothing to judge here
	Inconclusive  Verdict = "inconclusive"   // no answer to judge, or what it builds on failed
)

// Verdicts are all verdicts of a spec, the weightiest first.
func Verdicts() []Verdict {
	return []Verdict{Fail, Inconclusive, Waived, Warn, Unconfigured, Unsupported, NotApplicable, Pass}
}

// The verdicts of a target.
const (
	Conformant    Verdict = "conformant"
	Partial       Verdict = "partial"
	NonConformant Verdict = "non-conformant"
)

// Results are what one suite's run decided. Its JSON is a contract: see Format.
type Results struct {
	Format       string    `json:"format"`
	API          string    `json:"api"`
	SuiteVersion string    `json:"suite_version"`
	Started      time.Time `json:"started"`
	Seconds      float64   `json:"seconds"`
	Filter       string    `json:"filter,omitempty"` // what chose the specs, where not all ran
	Shard        string    `json:"shard,omitempty"`  // K/N: which part of the targets these are; empty: all
	// Problems say why nothing could be judged: a wrong configuration, a suite that does not fit its catalogue.
	Problems []string `json:"problems,omitempty"`
	// Notices say what a reader must know before any verdict: each stands at the head of every report.
	Notices []string `json:"notices,omitempty"`
	// Lost says which files could not be written, and why. All verdicts stand, and the exit is 2.
	Lost []string `json:"lost,omitempty"`
	// Contradictions are what the documents of the API contradict themselves in, and which reading the suite takes.
	Contradictions []Contradiction `json:"contradictions,omitempty"`
	// Unjudged are the clauses that no spec judges, and why.
	Unjudged []Unjudged `json:"unjudged,omitempty"`
	// Since names the accepted state that the run was compared with; then each target says what changed.
	Since string `json:"since,omitempty"`
	// Gone are the targets of the accepted state that have no results: "saymon lab".
	Gone      []string   `json:"gone,omitempty"`
	Documents []Document `json:"documents,omitempty"` // that the clauses are taken from
	// Clauses are those that results name, by their IDs: of the file only, where they would be half of many results.
	Clauses map[string]Documented `json:"clauses,omitempty"`
	Targets []Target              `json:"targets"`
	// Appendix is the catalogue of clauses as a page, which stands in a file of its own.
	Appendix []byte `json:"-"`
}

// heads are the sentences that stand at the head of every report.
func (r *Results) heads(in lang.Language) []string {
	if r.Filter == "" {
		return r.said()
	}
	return append([]string{in.T("some specs only: %s", r.Filter)}, r.said()...)
}

// said is heads without the filter, for where that stands already.
func (r *Results) said() []string { return append(slices.Clone(r.Notices), r.Lost...) }

// Contradiction is one in the documents, as the catalogue notes it at a clause.
type Contradiction struct {
	Clause string `json:"clause"`
	Source string `json:"source,omitempty"` // the clause's source in short: "001, response"
	Text   string `json:"text"`
}

// Target is what was decided of one target.
type Target struct {
	Name          string         `json:"name"`
	URL           string         `json:"url"`
	Product       target.Product `json:"product"`
	Verdict       Verdict        `json:"verdict"`
	Requests      int            `json:"requests"`
	RefusedLogins map[string]int `json:"refused_logins"`     // sent with a wrong password, by account
	Gathered      *Gathered      `json:"evidence,omitempty"` // nil: the target was asked by this run
	Stopped       string         `json:"stopped,omitempty"`
	TooCommon     []string       `json:"too_common_to_search,omitempty"`
	Waivers       []Waiver       `json:"waivers,omitempty"`
	Results       []Result       `json:"results"`
	Observations  []Observation  `json:"observations"`
	Scripts       []Script       `json:"scripts,omitempty"`   // that reproduce what is not met
	Changes       []Change       `json:"changes,omitempty"`   // since the accepted state
	Full          bool           `json:"full,omitempty"`      // partial is not enough
	Exchanges     []Shown        `json:"exchanges,omitempty"` // that specs read which did not pass
	Timeline      []Moment       `json:"timeline,omitempty"`  // when its requests were sent; not of more than 20 targets
}

// Script sends again what a clause was judged by, and judges it: repro/<target>/<clause>.sh.
type Script struct {
	Clause string   `json:"clause"`
	Needs  []string `json:"needs,omitempty"` // variables of the environment
	Steps  string   `json:"steps"`           // its essential lines
	Text   string   `json:"-"`               // stands in the file
}

// Result is the verdict of one spec.
type Result struct {
	Clause     string     `json:"clause"`
	Tier       string     `json:"tier"`
	Spec       string     `json:"spec"` // the full text without the target, unique in it
	Verdict    Verdict    `json:"verdict"`
	Message    string     `json:"message,omitempty"`
	Seconds    float64    `json:"seconds"`
	Exchanges  []int      `json:"exchanges"`      // numbers in the target's evidence
	Curl       string     `json:"curl,omitempty"` // sends the last request again that the spec read
	Documented `json:"-"` // as the clauses of Results say
}

// Documented is what the catalogue says of a clause.
type Documented struct {
	Call   string `json:"call,omitempty"`
	Says   string `json:"says,omitempty"`
	Source string `json:"source,omitempty"`
}

// Observation is what the target does where the documents are silent.
type Observation struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Waiver is a waiver of the target and whether it still holds.
type Waiver struct {
	target.Waiver
	Stale string `json:"stale,omitempty"` // why it does not hold: it is over, its clause passes, or it names nothing
}

// Judge decides the target's verdict from its results, and which of its waivers are stale. filtered says that not all
// specs were run.
func (t *Target) Judge(now time.Time, filtered bool) {
	count := t.Count()
	for i := range t.Waivers {
		t.Waivers[i].Stale = t.stale(t.Waivers[i].Waiver, now, filtered)
	}
	switch {
	case count[Fail] > 0:
		t.Verdict = NonConformant
	case slices.ContainsFunc(t.As(Inconclusive), weighty):
		t.Verdict = Inconclusive
	case count[Waived] > 0 || t.unset():
		t.Verdict = Partial
	default:
		t.Verdict = Conformant
	}
}

// unset says that a stated or shown clause could not be judged by any of its specs, because a setting is missing.
// Where some of them could, what the others would add is shown as open, and does not make the verdict partial: a
// second account is not to be had everywhere.
func (t *Target) unset() bool {
	verdicts := t.byClause()
	return slices.ContainsFunc(t.As(Unconfigured), func(r *Result) bool {
		return weighty(r) && verdicts[r.Clause] == Unconfigured
	})
}

// weighty says that the clause counts for the verdict of a target.
func weighty(r *Result) bool { return r.Tier != "extra" }

// Each shows all targets of the runs, each with its run.
func Each(runs []*Results) iter.Seq2[*Results, *Target] {
	return func(yield func(*Results, *Target) bool) {
		for _, run := range runs {
			for i := range run.Targets {
				if !yield(run, &run.Targets[i]) {
					return
				}
			}
		}
	}
}

// WrongPasswords counts those of all accounts.
func (t *Target) WrongPasswords() (n int) {
	for _, sent := range t.RefusedLogins {
		n += sent
	}
	return n
}

// As are the results with these verdicts.
func (t *Target) As(verdicts ...Verdict) (list []*Result) {
	for i := range t.Results {
		if slices.Contains(verdicts, t.Results[i].Verdict) {
			list = append(list, &t.Results[i])
		}
	}
	return list
}

// Count counts the results by verdict.
func (t *Target) Count() map[Verdict]int {
	count := map[Verdict]int{}
	for _, r := range t.Results {
		count[r.Verdict]++
	}
	return count
}
