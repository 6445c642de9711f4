package suite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/clause"
)

// build makes one container per target. Ordered keeps the specs of a target together, also under -p.
func (s *Suite) build() {
	if s.crowd() {
		s.buildCrowd()
		return
	}
	for _, ev := range s.targets {
		ginkgo.Describe(ev.name, ginkgo.Ordered, ginkgo.ContinueOnFailure,
			ginkgo.Label("target:"+ev.name, "api:"+s.api.Name), func() {
				ginkgo.BeforeEach(func() { ev.begin(ginkgo.CurrentSpecReport()) })
				ginkgo.AfterEach(ev.finish)
				for _, p := range s.parts {
					ginkgo.Describe(p.text, func() { p.body(ev) })
				}
			})
	}
}

// metacharacters of regular expressions would make --focus with a spec's own name miss it.
var metacharacters = regexp.MustCompile(`[()\[\]+*?.|$^\\{}]`)

// choose looks which specs the filters let through, notes the scenarios that these read, and checks that specs and
// clauses fit. The preview leaves the tree as it is.
func (s *Suite) choose(preview types.Report) {
	s.ledger = clause.Ledger{}
	places := map[string]string{}
	all := true
	for _, spec := range preview.SpecReports {
		if spec.LeafNodeType != types.NodeTypeIt {
			continue
		}
		labels := spec.Labels()
		text := s.textOf(spec, labels)
		chosen := !spec.State.Is(types.SpecStateSkipped | types.SpecStatePending)
		all = all && chosen
		if chosen {
			s.judged[spec.FullText()] = true
		}
		for i, ev := range s.targets {
			switch {
			case !s.belongs(labels, ev):
			case chosen && s.lets(labels, ev):
				s.need(i, labels)
			default:
				all = false
			}
		}
		s.check(spec, labels, text, places)
		if s.crowd() || value(labels, "target") == s.targets[0].name {
			for _, id := range values(labels, "clause") {
				s.ledger[id] = append(s.ledger[id], text)
			}
		}
	}
	if len(s.ledger) > 0 {
		s.problems = append(s.problems, s.ledger.Check(s.catalogue)...)
	}
	if all {
		for i := range s.jobs {
			s.jobs[i].Scenarios = nil // all of them, also those that no spec reads
		}
	} else {
		s.filter = filterOf(preview.SuiteConfig, s.labelFilter)
	}
}

// need notes that a chosen spec with these labels judges the target.
func (s *Suite) need(i int, labels []string) {
	s.targets[i].chosen = true
	if s.jobs[i].Scenarios == nil {
		s.jobs[i].Scenarios = map[string]bool{}
	}
	for _, scenario := range values(labels, "scenario") {
		s.jobs[i].Scenarios[scenario] = true
	}
}

// check notes what is wrong with one spec: its clause, its name.
func (s *Suite) check(spec types.SpecReport, labels []string, text string, places map[string]string) {
	at := spec.LeafNodeLocation.String()
	found := len(s.problems)
	if n := len(values(labels, "clause")); n != 1 {
		s.problems = append(s.problems, fmt.Sprintf("%s: spec %q judges %d clauses; give it exactly one with clause(…)", at, text, n))
	}
	if c := metacharacters.FindString(text); c != "" {
		s.problems = append(s.problems, fmt.Sprintf("%s: spec %q has %q in its name, which --focus would misread; take it out", at, text, c))
	}
	key := value(labels, "target") + " " + text
	if first, twice := places[key]; twice {
		s.problems = append(s.problems, fmt.Sprintf("%s: spec %q has the name of the one at %s; rename one", at, text, first))
	}
	places[key] = at
	if len(s.problems) > found {
		slices.Sort(s.problems)
		s.problems = slices.Compact(s.problems)
	}
}

// textOf is a spec's full text without the target's name.
func (s *Suite) textOf(spec types.SpecReport, labels []string) string {
	return strings.TrimPrefix(spec.FullText(), value(labels, "target")+" ") // of a crowd's there is none
}

// values are what stands behind the key in the labels.
func values(labels []string, key string) []string {
	var found []string
	for _, label := range labels {
		if v, ok := strings.CutPrefix(label, key+":"); ok {
			found = append(found, v)
		}
	}
	return found
}

// value is the first of values, or empty.
func value(labels []string, key string) string {
	if found := values(labels, key); len(found) > 0 {
		return found[0]
	}
	return ""
}

// filterOf tells what was asked for, as it would be typed.
func filterOf(c types.SuiteConfig, labelFilter string) string {
	var parts []string
	for _, focus := range c.FocusStrings {
		parts = append(parts, fmt.Sprintf("--focus %q", focus))
	}
	for _, skip := range c.SkipStrings {
		parts = append(parts, fmt.Sprintf("--skip %q", skip))
	}
	if labelFilter != "" {
		parts = append(parts, fmt.Sprintf("--label-filter %q", labelFilter))
	}
	for _, file := range c.FocusFiles {
		parts = append(parts, fmt.Sprintf("--focus-file %q", file))
	}
	for _, file := range c.SkipFiles {
		parts = append(parts, fmt.Sprintf("--skip-file %q", file))
	}
	if len(parts) == 0 {
		return "some specs only"
	}
	return strings.Join(parts, " ")
}
