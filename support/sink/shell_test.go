//go:build unit

package sink_test

import (
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"session-conformance/support/sink"
)

// spelled are texts that a shell would make something else of.
var spelled = []string{
	"$(touch owned)", "`id`", "a'b", `a"b`, `\`, "!!", "~", "*", "a b", "-n", "$HOME", "${IFS}", "; rm -rf x", "a\nb",
	"\ttab", "# no comment", "{a,b}", "[x]", "%s", "%PATH%",
	"\x1b[31m", "\u202eabc", "\xff\xfe", "é", "a\u00a0b", "::error::x", "\n::error::x", "##vso[x]",
	"’; Stop-Computer ‘", "=ls",
}

// shells run each text as a word, and give it back.
func TestShellsGiveTheWordBack(t *testing.T) {
	for shell, word := range map[string]func(string) string{"sh": sink.Shell, "dash": sink.Shell, "bash": sink.Shell,
		"bash ": sink.ShellLine, "zsh": sink.ShellLine} {
		path, err := exec.LookPath(strings.TrimSpace(shell))
		if err != nil {
			continue // sh is everywhere
		}
		rapid.Check(t, func(t *rapid.T) {
			g := NewWithT(t)
			var script strings.Builder
			texts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(spelled), rapid.SampledFrom(obeyed), rapid.String()), 1, 20).
				Draw(t, "texts")
			want := ""
			for _, text := range texts {
				script.WriteString("printf '%s\\001' " + word(text) + "\n")
				want += strings.ReplaceAll(text, "\x00", "") + "\x01"
			}
			for line := range strings.SplitSeq(script.String(), "\n") {
				for _, name := range []string{"GitHub's runner, old commands", "Azure's agent", "TeamCity", "GitLab", "attachment",
					"a terminal"} {
					g.Expect(agents[name](line)).To(BeFalse(), "%s obeys %q", name, line)
				}
			}
			run := exec.Command(path, "-c", script.String())
			run.Env = []string{"LC_ALL=C.UTF-8", "HOME=/nowhere"}
			out, err := run.Output()
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(out)).To(Equal(want))
		})
	}
}
