package suite

import (
	"fmt"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/report"
)

// A crowd is more targets than a tree of specs for each is worth: Ginkgo takes longer for a spec than the spec for its
// judgement, and keeps 10 KiB of it. There is one group for all targets then, whose specs judge them one after another.
// Verdicts, texts and reports are the same; --focus does not see the targets' names (TARGET does), and the console
// names the targets that fail in the spec.
const crowdFrom = 101

func (s *Suite) crowd() bool { return len(s.targets) >= crowdFrom }

// unchosen labels a spec of a crowd that the label filter lets in for no target.
const unchosen = "unchosen"

// settings are Ginkgo's. The label filter of a crowd is applied by us, for it may speak of targets.
func (s *Suite) settings() types.SuiteConfig {
	settings, _ := ginkgo.GinkgoConfiguration()
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

// toldTargets is how many targets the console names.
const toldTargets = 10

// tellOfAll ends a crowd's spec for the console: red where a target fails, skipped where none passes.
func (s *Suite) tellOfAll(spec string, decided []int) {
	by := map[report.Verdict][]int{}
	for _, i := range decided {
		v := s.judgements[judged{spec, i}].Verdict
		by[v] = append(by[v], i)
	}
	if failed := by[report.Fail]; len(failed) > 0 && !s.compared {
		var names []string
		for _, i := range failed[:min(len(failed), toldTargets)] {
			names = append(names, s.targets[i].name)
		}
		if more := len(failed) - len(names); more > 0 {
			names = append(names, fmt.Sprintf("and %d more", more))
		}
		first := s.judgements[judged{spec, failed[0]}]
		ginkgo.Fail(fmt.Sprintf("%d of %d targets fail: %s. The first of them:\n%s",
			len(failed), len(decided), strings.Join(names, ", "), first.Message))
	}
	if len(by[report.Pass]) == 0 && len(decided) > 0 {
		first := s.judgements[judged{spec, decided[0]}]
		ginkgo.Skip(fmt.Sprintf("none of %d targets passes; the first is %s: %s", len(decided), first.Verdict, first.Message))
	}
}
