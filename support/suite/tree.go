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

// group is a part of the tree: its specs judge each of its targets. There is one for each target, or one for a crowd.
type group struct {
	name    string // what its specs' full texts begin with; may be empty
	targets []int
	handle  *Evidence // of the target that is judged
}

// textOf is a spec's full text without the group's name.
func (g *group) textOf(full string) string {
	return strings.TrimSpace(strings.TrimPrefix(full, g.name))
}

// build makes a container for each group. Ordered keeps its specs together, also under -p.
func (s *Suite) build() {
	crowd := &group{handle: &Evidence{suite: s}}
	for i, t := range s.targets {
		if s.crowd() {
			crowd.targets = append(crowd.targets, i)
		} else {
			s.groups = append(s.groups, &group{t.name, []int{i}, &Evidence{suite: s}})
		}
	}
	if s.crowd() {
		s.groups = []*group{crowd}
	}
	var building *group
	ginkgo.AddTreeConstructionNodeArgsTransformer(func(kind types.NodeType, _ ginkgo.Offset, text string,
		args []any) (string, []any, []error) {
		if kind != types.NodeTypeIt {
			return text, args, nil
		}
		labels, of := []string{"api:" + s.api.Name}, building
		for i, arg := range args {
			switch a := arg.(type) {
			case ginkgo.Labels:
				labels = append(labels, a...)
			case func():
				s.bodies = append(s.bodies, body{text, a})
				args[i] = func() { s.judge(of, a) }
			}
		}
		if !s.letsAny(labels) {
			args = append(args, ginkgo.Label(unchosen))
		}
		return text, args, nil
	})
	for _, g := range s.groups {
		labels := ginkgo.Label("api:" + s.api.Name)
		if g.name != "" {
			labels = append(labels, "target:"+g.name)
		}
		ginkgo.Describe(g.name, ginkgo.Ordered, ginkgo.ContinueOnFailure, labels, func() {
			building = g
			for _, p := range s.parts {
				ginkgo.Describe(p.text, func() { p.body(g.handle) })
			}
		})
	}
}

// body is what a spec does.
type body struct {
	leaf string // the text of its It
	run  func()
}

// spec is one that the filters let through.
type spec struct {
	full   string // text, with the name of its group
	text   string
	clause string
	labels []string
	group  *group
	body   func()
}

// of gives the chosen specs that judge a target.
func (s *Suite) of(target int) (list []spec) {
	for _, of := range s.specs {
		if (s.crowd() || of.group.targets[0] == target) && s.lets(of.labels, s.targets[target]) {
			list = append(list, of)
		}
	}
	return list
}

// metacharacters of regular expressions would make --focus with a spec's own name miss it.
var metacharacters = regexp.MustCompile(`[()\[\]+*?.|$^\\{}]`)

// choose looks which specs the filters let through, notes the scenarios that these read, and checks that specs and
// clauses fit. The preview leaves the tree as it is.
func (s *Suite) choose(preview types.Report) {
	s.ledger, s.reads = clause.Ledger{}, clause.Ledger{}
	places := map[string]string{}
	all := true
	n := -1
	for _, found := range preview.SpecReports {
		if found.LeafNodeType != types.NodeTypeIt {
			continue
		}
		n++
		labels, g := found.Labels(), s.groups[0]
		for _, other := range s.groups {
			if other.name == value(labels, "target") {
				g = other
			}
		}
		chosen, judges := spec{full: found.FullText(), text: g.textOf(found.FullText()), clause: value(labels, "clause"),
			labels: labels, group: g}, 0
		if !found.State.Is(types.SpecStateSkipped | types.SpecStatePending) {
			for _, i := range g.targets {
				if s.lets(labels, s.targets[i]) {
					s.need(i, labels)
					judges++
				}
			}
			if s.crowd() {
				chosen.body = s.bodyOf(n, found.LeafNodeText)
			}
			s.specs = append(s.specs, chosen)
		}
		all = all && judges == len(g.targets)
		s.check(found, labels, chosen.text, places)
		if g == s.groups[0] {
			for _, id := range values(labels, "clause") {
				s.ledger[id] = append(s.ledger[id], chosen.text)
				s.reads[id] = append(s.reads[id], values(labels, "scenario")...)
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
	}
	typed := preview.SuiteConfig
	typed.LabelFilter = s.labelFilter
	if !all || Filtered(typed) {
		s.filter = filterOf(typed)
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
		s.problem("%s: spec %q judges %d clauses; give it exactly one with clause(…)", at, text, n)
	}
	if c := metacharacters.FindString(text); c != "" {
		s.problem("%s: spec %q has %q in its name, which --focus would misread; take it out", at, text, c)
	}
	key := value(labels, "target") + " " + text
	if first, twice := places[key]; twice {
		s.problem("%s: spec %q has the name of the one at %s; rename one", at, text, first)
	}
	places[key] = at
	if len(s.problems) > found {
		slices.Sort(s.problems)
		s.problems = slices.Compact(s.problems)
	}
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

// Filtered says whether settings of Ginkgo choose specs.
func Filtered(c types.SuiteConfig) bool {
	return len(c.FocusStrings)+len(c.SkipStrings)+len(c.FocusFiles)+len(c.SkipFiles)+len(c.LabelFilter)+len(
		c.SemVerFilter) > 0
}

// CheckFilters says which filter is no regular expression: Ginkgo panics where it comes to use one.
func CheckFilters(c types.SuiteConfig) error {
	for flag, texts := range map[string][]string{"focus": c.FocusStrings, "skip": c.SkipStrings} {
		for _, text := range texts {
			if _, err := regexp.Compile(text); err != nil {
				return fmt.Errorf("--%s: %w; write a character that stands for itself as [(] or \\(", flag, err)
			}
		}
	}
	return nil
}

// filterOf tells what was asked for, as it would be typed.
func filterOf(c types.SuiteConfig) string {
	var parts []string
	add := func(flag string, given ...string) {
		for _, text := range given {
			if text != "" {
				parts = append(parts, fmt.Sprintf("--%s %q", flag, text))
			}
		}
	}
	add("focus", c.FocusStrings...)
	add("skip", c.SkipStrings...)
	add("label-filter", c.LabelFilter)
	add("focus-file", c.FocusFiles...)
	add("skip-file", c.SkipFiles...)
	if len(parts) == 0 {
		return "some specs only"
	}
	return strings.Join(parts, " ")
}
