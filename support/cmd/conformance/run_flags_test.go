//go:build unit

package main

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestRunFlags(t *testing.T) {
	g := NewWithT(t)
	asked, err := readRunFlags([]string{"-q", "-p", "--focus", "a cookie", "--label-filter=tier: containsAny stated", "-v", "--randomize-all", "--seed=3",
		"--json-report=a.json", "--dry-run", "--", "--no-color"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked.quiet).To(BeTrue())
	g.Expect(asked.flags).To(HaveLen(10))
	for args, says := range map[string]string{"--aganist=x.json": "aganist", "bogus": "run takes no words beside its flags: bogus", "--help": "go tool ginkgo help run",
		"--seed=x": "seed", "--against": "--against takes one file"} {
		_, err := readRunFlags([]string{args})
		g.Expect(err).To(MatchError(ContainSubstring(says)), args)
	}
}
