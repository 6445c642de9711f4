//go:build unit

package main

import (
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/spf13/cobra"

	"session-conformance/support/sink"
)

// parsed gives what a run's command makes of its flags.
func parsed(args ...string) (*runOptions, error) {
	root, asked := commands(), &runOptions{}
	cmd := &cobra.Command{Use: "run", RunE: func(*cobra.Command, []string) error { return nil }, Args: noWords("")}
	asked.flags(cmd)
	for _, c := range root.Commands() {
		if c.Name() == "run" {
			root.RemoveCommand(c)
		}
	}
	root.AddCommand(cmd)
	root.SetArgs(spelled(root, append([]string{"run"}, args...)))
	return asked, root.Execute()
}

func TestFlagsOfGinkgoAreHandedOn(t *testing.T) {
	g := NewWithT(t)
	asked, err := parsed("-q", "-p", "--focus", "a cookie", "-focus=b", "--ginkgo.skip=c",
		"--label-filter=tier: containsAny stated", "-v", "-vv", "-r",
		"--randomize-all", "--seed=3", "-json-report=a.json", "--output-dir=out", "--procs=4", "--keep-going", "--dry-run")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(asked.quiet).To(BeTrue())
	g.Expect(asked.ginkgo.dry()).To(BeTrue())
	g.Expect(asked.ginkgo.verbosity()).To(BeTrue())
	g.Expect(asked.ginkgo.vet()).To(MatchError(ContainSubstring("-v, -vv and --succinct")))
	g.Expect(asked.ginkgo.of("sdm")).To(Equal([]string{"--ginkgo.focus=a cookie", "--ginkgo.focus=b", "--ginkgo.skip=c",
		"--ginkgo.label-filter=tier: containsAny stated", "--ginkgo.v=true", "--ginkgo.vv=true",
		"--ginkgo.randomize-all=true", "--ginkgo.seed=3", "--ginkgo.json-report=out/a.json.sdm", "--ginkgo.dry-run=true"}))
}

func TestWrongWordsAndFlagsNameTheRightOne(t *testing.T) {
	g := NewWithT(t)
	for args, says := range map[string]string{"--againstt=x.json": "did you mean `--against`",
		"--focsu=x": "did you mean `--focus`", "bogus": `no words beside its flags: "bogus"`,
		"--seed=x": "seed", "--against": "needs an argument", "--race": "go tool ginkgo -r --race suites",
		"--repeat=3": "go tool ginkgo"} {
		_, err := parsed(args)
		g.Expect(err).To(MatchError(ContainSubstring(says)), args)
	}
	root := commands()
	root.SetArgs([]string{"jugde", "x"})
	g.Expect(root.Execute()).To(MatchError(ContainSubstring("did you mean `judge`?")))
}

// Each command explains itself.
func TestEachCommandExplainsItself(t *testing.T) {
	g := NewWithT(t)
	for _, c := range commands().Commands() {
		g.Expect(c.Short).NotTo(BeEmpty(), c.Name())
		g.Expect(c.Flags().HasFlags() || c.Args != nil || c.HasSubCommands()).To(BeTrue(), c.Name())
	}
}

func TestTheLineAgainJudgesTheSpecAlone(t *testing.T) {
	here, err := filepath.Abs("t.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	g := NewWithT(t)
	g.Expect(again([]string{"run", "--focus", "a b", "-q", "--shard=1/2", "--shard-exit", "results", "--lang=ru",
		"--ginkgo.focus=x", "--skip", "y z"})).To(Equal(" run -q --skip 'y z'"))
	g.Expect(again([]string{"run", "--targets", "t.jsonl"})).To(Equal(" run --targets " + sink.ShellLine(here)))
	g.Expect(again([]string{"run", "--targets=-"})).To(Equal(" run --targets - < targets.jsonl"))
}
