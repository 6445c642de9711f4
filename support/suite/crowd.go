package suite

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/report"
)

// A crowd is more targets than a tree of specs for each is worth: Ginkgo takes longer for a spec than the spec for its
// judgement, and keeps 10 KiB of it. There is one group for all targets then. Each target is judged as soon as it was
// asked, and its evidence let go; the specs tell Ginkgo what they decided. Verdicts, texts and reports are the same;
// --focus does not see the targets' names (TARGET does), and the console names the targets that fail in the spec.
const crowdFrom = MostApart + 1

// MostApart is how many targets have a group of specs each at most.
const MostApart = 25

func (s *Suite) crowd() bool { return len(s.targets) >= crowdFrom }

// unchosen labels a spec of a crowd that the label filter lets in for no target.
const unchosen = "unchosen"

// settings are Ginkgo's. The label filter of a crowd is applied by us, for it may speak of targets.
func (s *Suite) settings() types.SuiteConfig {
	settings, _ := ginkgo.GinkgoConfiguration()
	if err := CheckFilters(settings); err != nil {
		s.problem("%v", err)
		settings.FocusStrings, settings.SkipStrings = nil, nil
	}
	if s.crowd() && s.labelFilter != "" {
		s.lettingIn, _ = types.ParseLabelFilter(s.labelFilter) // Ginkgo has refused a wrong one already
		settings.LabelFilter = "!" + unchosen
	}
	return settings
}

// lets says whether the label filter of a crowd lets a spec with these labels judge the target.
func (s *Suite) lets(labels []string, t *subject) bool {
	return s.lettingIn == nil || s.lettingIn(append(labels[:len(labels):len(labels)], "target:"+t.name))
}

func (s *Suite) letsAny(labels []string) bool {
	for _, t := range s.targets {
		if s.lets(labels, t) {
			return true
		}
	}
	return false
}

// bodyOf is the body of a crowd's spec by its place in the tree, where the specs of its one group keep their order.
func (s *Suite) bodyOf(place int, leaf string) func() {
	if b := s.bodies[place]; b.leaf == leaf {
		return b.run
	}
	return func() { mistaken("it is not the spec that stands at its place of the tree") }
}

// judgeWhole judges a target of a crowd by all its specs, as soon as it was asked, and lets its evidence go: a run
// holds that of a few targets at once.
func (s *Suite) judgeWhole(i int) {
	s.judging.Lock()
	defer s.judging.Unlock()
	if s.tallies == nil {
		s.tallies = make([]tally, len(s.specs))
	}
	t, found := s.targets[i], make([]report.Result, 0, len(s.specs))
	for place, of := range s.specs {
		if s.lets(of.labels, t) {
			*of.group.handle = Evidence{suite: s, subject: t, labels: of.labels, text: of.text}
			s.decide(of.group.handle, of.body, func(j judgement) {
				found = append(found, s.result(of, j))
				s.tallies[place].add(i, j)
			})
		}
	}
	s.decisions[i] = s.decided(t, found)
	*t = subject{name: t.name, chosen: t.chosen}
	clear(s.required)
}

// tally is what a spec of a crowd decided, for the console.
type tally struct {
	Decided, Passed    int
	Failed             []int // the places of the targets
	First, FirstFailed told
}

// told is what a spec decided of a target, by its place.
type told struct {
	Target  int
	Verdict report.Verdict // empty: nothing yet
	Message string
}

// add counts a judgement. Targets are judged in the order in which they were asked to their end.
func (t *tally) add(target int, j judgement) {
	t.Decided++
	one := told{target, j.Verdict, j.Message}
	first := func(of *told) {
		if of.Verdict == "" || target < of.Target {
			*of = one
		}
	}
	switch first(&t.First); j.Verdict {
	case report.Pass:
		t.Passed++
	case report.Fail:
		t.Failed = append(t.Failed, target)
		first(&t.FirstFailed)
	}
}

// toldTargets is how many targets the console names.
const toldTargets = 10

// tellOfAll ends a crowd's spec for the console: red where a target fails, skipped where none passes.
func (s *Suite) tellOfAll(full string) {
	place := slices.IndexFunc(s.specs, func(of spec) bool { return of.full == full })
	if place < 0 || place >= len(s.tallies) {
		return
	}
	t := s.tallies[place]
	if len(t.Failed) > 0 && !s.compared {
		slices.Sort(t.Failed)
		var names []string
		for _, i := range t.Failed[:min(len(t.Failed), toldTargets)] {
			names = append(names, s.targets[i].name)
		}
		if more := len(t.Failed) - len(names); more > 0 {
			names = append(names, fmt.Sprintf("and %d more", more))
		}
		ginkgo.Fail(fmt.Sprintf("%d of %d targets fail: %s. The first of them:\n%s",
			len(t.Failed), t.Decided, strings.Join(names, ", "), t.FirstFailed.Message))
	}
	if t.Passed == 0 && t.Decided > 0 {
		ginkgo.Skip(fmt.Sprintf("none of %d targets passes; the first is %s: %s", t.Decided, t.First.Verdict,
			t.First.Message))
	}
}
