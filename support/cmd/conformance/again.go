package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/sink"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// tellAgain tells the suites how this program was called, for the lines that judge a spec once more. From the sources
// run needs none: ginkgo judges the same file.
func tellAgain(cmd *cobra.Command) {
	sources, _ := target.Sources()
	switch cmd.Name() {
	case "run":
		if targets := cmd.Flag("targets"); sources != "" && (targets == nil || targets.Value.String() != "-") {
			return
		}
	case "try", "judge":
	default:
		return
	}
	line := sink.ShellLine(os.Args[0])
	if sources != "" {
		line = "go tool conformance"
	}
	for _, name := range []string{"TARGETS_FILE", "EVIDENCE"} {
		if value := os.Getenv(name); value != "" && cmd.Name() == "run" {
			line = name + "=" + sink.ShellLine(value) + " " + line
		}
	}
	line += again(os.Args[1:])
	_ = os.Setenv(suite.AgainVariable, line)
}

// notAgain are flags that have no place in a line that judges one spec once more: what programs read is the same in all
// languages, a focus of its own follows, and the spec decides the exit.
var notAgain = []string{"lang", "focus", "shard", "shard-exit"}

// again are the arguments without these, and with targets that are found from anywhere.
func again(args []string) (line string) {
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(strings.TrimPrefix(strings.TrimLeft(args[i], "-"), "ginkgo."), "=")
		if !strings.HasPrefix(args[i], "-") || !slices.Contains(append(notAgain, "targets"), name) {
			line += " " + sink.ShellLine(args[i])
			continue
		}
		if !joined && i+1 < len(args) {
			i++
			value = args[i]
		}
		switch {
		case name != "targets":
		case value == "-":
			line += " --targets - < targets.jsonl" // whatever file came by standard input
		default:
			if path, err := filepath.Abs(value); err == nil {
				value = path
			}
			line += " --targets " + sink.ShellLine(value)
		}
	}
	return line
}
