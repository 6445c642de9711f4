//go:build unit

package suite

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// What a crowd prints of a target is searched for what targets.yaml says of that target.
func TestACrowdPrintsNoSecret(t *testing.T) {
	g := NewWithT(t)
	s := &Suite{targets: []*Evidence{{name: "a"}, {name: "b", configured: func(text []byte) []string {
		if bytes.Contains(text, []byte("hunter2")) {
			return []string{"user.password"}
		}
		return nil
	}}}}
	g.Expect(s.told(judgement{Target: 1, Verdict: report.Fail, Message: "got hunter2"})).To(And(HavePrefix("[hidden: "), ContainSubstring("of b: user.password"), Not(ContainSubstring("hunter2"))))
	g.Expect(s.told(judgement{Target: 1, Message: "got 404"})).To(Equal("got 404"))
	g.Expect(s.told(judgement{Target: 0, Message: "got hunter2"})).To(Equal("got hunter2"), "another target's")
}
