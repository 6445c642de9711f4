package main

import (
	"os"
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
	for i, arg := range os.Args[1:] {
		if ofLanguage(arg) || ofLanguage(os.Args[i]) && !strings.Contains(os.Args[i], "=") {
			continue // what programs read is the same in all languages
		}
		line += " " + sink.ShellLine(arg)
	}
	_ = os.Setenv(suite.AgainVariable, line)
}

func ofLanguage(arg string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return strings.HasPrefix(arg, "-") && name == "lang"
}
