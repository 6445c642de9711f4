//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/spf13/pflag"

	"session-conformance/support/report"
	"session-conformance/support/target"
)

// quick are the words with which a command that could take long ends at once.
var quick = map[string][]string{"run": {"--dry-run"}, "try": {"--dry-run"},
	"judge": {"--dry-run", "nowhere"}, "serve": {"--list"}, "prove": {"--case=^none$"}, "site": {"nowhere"},
	"history": {"nowhere"}}

// Whatever is typed behind a flag, a command answers in words: no panic, no stack trace, no escape sequence.
func TestNoFlagPanics(t *testing.T) {
	t.Parallel()
	folder, tried, run := t.TempDir(), 0, runCommand()
	one := []byte("targets:\n  - {name: lab, api: sdm, url: embedded}\n")
	if err := os.WriteFile(filepath.Join(folder, target.FileName), one, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, cmd := range commands().Commands() {
		if cmd.Hidden || cmd.Name() == "stability" {
			continue
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			shared := cmd.Name() != "run" && run.Flags().Lookup(f.Name) != nil
			if f.Hidden || shared { // the hidden ones are ginkgo's, some of which it calls by another name now
				return
			}
			tried++
			for _, value := range []string{"(", "-1"} {
				output, _ := inFolder(t, folder, append([]string{cmd.Name(), "--" + f.Name + "=" + value}, quick[cmd.Name()]...)...)
				NewWithT(t).Expect(output).To(BeInWords(), "%s --%s=%q", cmd.Name(), f.Name, value)
			}
		})
	}
	NewWithT(t).Expect(tried).To(BeNumerically(">", 50))
}

// BeInWords is met by what has no stack trace and no escape sequence.
func BeInWords() types.GomegaMatcher {
	return Not(Or(ContainSubstring("goroutine "), ContainSubstring("panic"), ContainSubstring("\x1b[")))
}

// What is typed wrong is an error that says what would be right.
func TestWrongUseSaysWhatIsRight(t *testing.T) {
	t.Parallel()
	for says, args := range map[string][]string{
		"--focus: error parsing regexp":                   {"run", "--embedded", "--focus", "["},
		"--skip: error parsing regexp":                    {"judge", "--skip", "(", "."},
		"Mismatched '('":                                  {"run", "--embedded", "--label-filter", "(("},
		"--wait -5s: no time is below zero":               {"run", "--embedded", "--wait", "-5s"},
		"there is nothing to prove":                       {"prove", "--clause", "saymon-nothing"},
		"there is nothing to prove: no case is asked for": {"prove", "sdm", "--case", "^none$"},
		"use saymon, sdm, sessions":                       {"clauses", "smd"},
		"did you mean `run`?":                             {"help", "runn"},
		"did you mean `zsh`?":                             {"completion", "zsch"},
		"did you mean `--version`?":                       {"version"},
		"the ports of the servers would be 65535 to":      {"serve", "--port", "65535"},
		"the ports of the servers would be -1 to":         {"serve", "--port", "-1"},
		"--waivers: stat":                                 {"judge", ".", "--waivers", "nowhere.yaml"},
		"the key: stat":                                   {"sign", "--key", "nowhere.pem"},
		"--email and --id are of saymon's accounts":       {"try", "--api", "sdm", "--url", "embedded", "--id", "7"},
		"--shard-exit takes results":                      {"run", "--embedded", "--shard-exit", "0"},
		"a shard is written K/N":                          {"run", "--embedded", "--shard", "0/3"},
		`invalid argument "60" for "--wait" flag: must`:   {"run", "--wait", "60"},
	} {
		r := call(t, embeddedSAYMON, []string{"TARGETS_FILE="}, program, args...)
		g := NewWithT(t)
		g.Expect(r.exit).To(Equal(report.ExitWrongUse), "%q: %s", args, r.output)
		g.Expect(r.output).To(ContainSubstring(says), "%q", args)
		g.Expect(r.output).To(BeInWords(), "%q", args)
	}
	bare := call(t, embeddedSAYMON, nil, "go", "tool", "ginkgo", "--no-color", "--focus", "[", "suites/sdm")
	NewWithT(t).Expect(bare.exit).To(Equal(1))
	NewWithT(t).Expect(bare.output).To(ContainSubstring("--focus: error parsing regexp"))
	NewWithT(t).Expect(bare.output).To(BeInWords())
}
