package suite

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/report"
)

// A crowd is more targets than a tree of specs for each is worth: Ginkgo takes longer for a spec than the spec for its
// judgement, and keeps 10 KiB of it. There is one spec for all targets then, which judges them one after another and leaves an
// entry for each. Verdicts, texts and reports are the same; --focus does not see the targets' names (TARGET does), and the
// console names the targets that fail in the spec.
const crowdFrom = 101

func (s *Suite) crowd() bool { return len(s.targets) >= crowdFrom }

// unchosen labels a spec of a crowd that the label filter lets in for no target.
const unchosen = "unchosen"

// buildCrowd makes one tree for all targets.
func (s *Suite) buildCrowd() {
	if s.labelFilter != "" {
		s.lettingIn, _ = types.ParseLabelFilter(s.labelFilter) // Ginkgo has refused a wrong one already
	}
	handle, specs := &Evidence{suite: s}, 0
	concluding = func(verdict report.Verdict, text string, _ int) { panic(conclusion{verdict, text}) }
	ginkgo.AddTreeConstructionNodeArgsTransformer(func(kind types.NodeType, _ ginkgo.Offset, text string, args []any) (string, []any, []error) {
		if kind != types.NodeTypeIt {
			return text, args, nil
		}
		labels := []string{"api:" + s.api.Name}
		for i, arg := range args {
			switch a := arg.(type) {
			case ginkgo.Labels:
				labels = append(labels, a...)
			case func():
				place := specs
				args[i] = func() { s.judgeAll(place, handle, a) }
				specs++
			}
		}
		if !s.letsAny(labels) {
			args = append(args, ginkgo.Label(unchosen))
		}
		return text, args, nil
	})
	for _, p := range s.parts {
		ginkgo.Describe(p.text, ginkgo.Label("api:"+s.api.Name), func() { p.body(handle) })
	}
}

// settings are Ginkgo's. The label filter of a crowd is applied by us, for it may speak of targets.
func (s *Suite) settings() types.SuiteConfig {
	settings, _ := ginkgo.GinkgoConfiguration()
	if s.lettingIn != nil {
		settings.LabelFilter = "!" + unchosen
	}
	return settings
}

// belongs says whether a spec with these labels judges the target.
func (s *Suite) belongs(labels []string, ev *Evidence) bool {
	return s.crowd() || value(labels, "target") == ev.name
}

// lets says whether the label filter of a crowd lets a spec with these labels judge the target.
func (s *Suite) lets(labels []string, ev *Evidence) bool {
	return s.lettingIn == nil || s.lettingIn(append(labels[:len(labels):len(labels)], "target:"+ev.name))
}

func (s *Suite) letsAny(labels []string) bool {
	for _, ev := range s.targets {
		if s.lets(labels, ev) {
			return true
		}
	}
	return false
}

// judgements are what one spec of a crowd decided.
type judgements struct {
	Place int         `json:"place"` // of the spec in the tree: Ginkgo runs them in an order of its own
	All   []judgement `json:"all"`
}

// judgement is what one spec decided of one target.
type judgement struct {
	Target    int            `json:"t"` // its place among the targets
	Verdict   report.Verdict `json:"v"`
	Message   string         `json:"m,omitempty"`
	Seconds   float64        `json:"s,omitempty"`
	Exchanges []int          `json:"x,omitempty"`
}

// judgementsEntry is the report entry that carries the judgements of a crowd's spec, as JSON.
const judgementsEntry = "judgements"

// judgeAll judges all targets by the body of a spec, with the handle showing one after another.
func (s *Suite) judgeAll(place int, handle *Evidence, body func()) {
	spec := ginkgo.CurrentSpecReport()
	labels := spec.Labels()
	var all []judgement
	for i, ev := range s.targets {
		if ev.run == nil || !s.lets(labels, ev) {
			continue
		}
		handle.name, handle.run, handle.secrets = ev.name, ev.run, ev.secrets
		handle.begin(spec)
		began := time.Now()
		c := concluded(body)
		c.text, _ = s.masked(ev, c.text)
		all = append(all, judgement{i, c.verdict, c.text, time.Since(began).Seconds(), handle.numbers()})
		s.now = nil
	}
	text, err := json.Marshal(judgements{place, all})
	if err != nil {
		ginkgo.Fail("the judgements do not encode: " + err.Error())
	}
	ginkgo.AddReportEntry(judgementsEntry, string(text), ginkgo.ReportEntryVisibilityNever)
	s.tell(all)
}

// conclusion is how a spec ended.
type conclusion struct {
	verdict report.Verdict
	text    string
}

// concluded runs the body of a spec and gives how it ended.
func concluded(body func()) (c conclusion) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case conclusion:
			c = p
		default:
			c = conclusion{report.Fail, fmt.Sprintf("the suite's own spec failed: %v", p)}
		}
	}()
	body()
	return conclusion{verdict: report.Pass}
}

// toldTargets is how many targets the console names.
const toldTargets = 10

// tell ends a crowd's spec for the console: red where a target fails, skipped where none passes.
func (s *Suite) tell(all []judgement) {
	by := map[report.Verdict][]judgement{}
	for _, j := range all {
		by[j.Verdict] = append(by[j.Verdict], j)
	}
	if failed := by[report.Fail]; len(failed) > 0 {
		var names []string
		for _, j := range failed[:min(len(failed), toldTargets)] {
			names = append(names, s.targets[j.Target].name)
		}
		if more := len(failed) - len(names); more > 0 {
			names = append(names, fmt.Sprintf("and %d more", more))
		}
		ginkgo.Fail(fmt.Sprintf("%d of %d targets fail: %s. The first of them:\n%s", len(failed), len(all), strings.Join(names, ", "), failed[0].Message))
	}
	if len(by[report.Pass]) == 0 && len(all) > 0 {
		ginkgo.Skip(fmt.Sprintf("none of %d targets passes; the first is %s: %s", len(all), all[0].Verdict, all[0].Message))
	}
}

// spread gives each target its part of the crowd's specs, in the order of the tree.
func (s *Suite) spread(specs []types.SpecReport) [][]report.Result {
	found := make([][]report.Result, len(s.targets))
	decided := make([]judgements, len(specs))
	order := make([]int, len(specs))
	for k, spec := range specs {
		decided[k], order[k] = judgementsOf(spec), k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(decided[a].Place, decided[b].Place) })
	for _, k := range order {
		labels := specs[k].Labels()
		shared := s.result(specs[k], labels) // where the spec came to no judgement, all targets share its end
		for i, ev := range s.targets {
			if ev.chosen && s.lets(labels, ev) {
				found[i] = append(found[i], shared)
			}
		}
		for _, j := range decided[k].All {
			of := &found[j.Target][len(found[j.Target])-1]
			of.Verdict, of.Message, of.Seconds, of.Exchanges = j.Verdict, j.Message, j.Seconds, j.Exchanges
			if of.Exchanges == nil {
				of.Exchanges = []int{}
			}
		}
	}
	return found
}

// judgementsOf reads the judgements of a crowd's spec; none where it did not come to any.
func judgementsOf(spec types.SpecReport) judgements {
	all := judgements{Place: math.MaxInt}
	for _, entry := range spec.ReportEntries {
		if entry.Name == judgementsEntry {
			_ = json.Unmarshal([]byte(entry.StringRepresentation()), &all) // judgeAll wrote it
		}
	}
	return all
}
