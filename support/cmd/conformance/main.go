// Command conformance judges targets by the suites built in, serves the reference servers, and checks what a run is
// told.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"session-conformance/support/evidence"
	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

func main() { os.Exit(execute(os.Args[1:])) }

// execute does what the arguments ask for and gives the exit.
func execute(args []string) int {
	root := commands()
	root.SetArgs(spelled(root, args))
	err := root.Execute()
	var end exit
	switch {
	case err == nil:
		return 0
	case errors.As(err, &end):
		return int(end)
	}
	return complain(err)
}

// commands is the command with all that it does.
func commands() *cobra.Command {
	root := &cobra.Command{
		Use:   "conformance",
		Short: "Judge what servers do about sessions, clause by clause",
		Long: `conformance judges SAYMON, Oracle SDM and Storware servers by what their documents say about sessions.

Exits: 0 conformant or partial · 1 non-conformant · 2 wrong configuration or usage · 3 inconclusive · 4 nothing was judged ·
5 a waiver is stale or over · 130 interrupted twice, or before anything was gathered. With run --against FILE, and of diff, 1 only
where something became worse.`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			_ = cmd.Usage()
			return exit(report.ExitWrongUse)
		},
	}
	language := ""
	root.PersistentFlags().StringVar(&language, "lang", "", "the `LANGUAGE` of pages, summary and terminal: en or ru "+
		"(default $"+lang.Variable+", else en)")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		tellAgain(cmd)
		if err := lang.Use(language); err != nil {
			return err
		}
		return os.Setenv(lang.Variable, string(lang.Reader())) // for the suites
	}
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.SetFlagErrorFunc(unknownFlag)
	root.AddCommand(runCommand(), tryCommand(), initCommand(), judgeCommand(), checkCommand(), acceptCommand(),
		diffCommand(), reportCommand(), clausesCommand(), explainCommand(), mergeCommand(), signCommand(), verifyCommand(),
		historyCommand(), siteCommand(), badgeCommand(), serveCommand(), proveCommand(), stabilityCommand(), suiteCommand())
	root.SetHelpCommand(helpCommand(root))
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.HasSubCommands() { // completion: cobra shows the help, and exits with 0, whatever the word
			c.Args, c.RunE = cobra.ArbitraryArgs, func(cmd *cobra.Command, args []string) error {
				if len(args) > 0 {
					return unknownCommand(cmd, args[0])
				}
				return cmd.Help()
			}
		}
	}
	return root
}

// helpCommand is help, to which a command that is none is an error.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Say what a command does",
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, args[0])
			}
			return found.Help()
		},
	}
}

// exit ends the program with a code, where all was said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// withExit makes an exit of a code; 0 is no error.
func withExit(code int) error {
	if code == 0 {
		return nil
	}
	return exit(code)
}

// complain prints an error for a person and gives the exit of wrong use.
func complain(err error) int {
	fmt.Fprintln(os.Stderr, sink.Text(err.Error()))
	return report.ExitWrongUse
}

// unknownCommand names the command that was meant, where one is near.
func unknownCommand(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) }) // version
	return fmt.Errorf("%s has no command %q%s\nSee: %[1]s --help", cmd.CommandPath(), word, target.Suggest(word, names))
}

// unknownFlag names the flag that was meant, where one is near.
func unknownFlag(cmd *cobra.Command, err error) error {
	if word, unknown := strings.CutPrefix(err.Error(), "unknown flag: "); unknown {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		err = fmt.Errorf("%s has no flag %s%s", cmd.CommandPath(), word, target.Suggest(word, names))
		if cmd.Name() == "run" && ofTheGinkgoProgram(strings.TrimPrefix(word, "--")) {
			err = fmt.Errorf("%s has no flag %s, which is about compiling suites or repeating them; from the sources: %s",
				cmd.CommandPath(), word, "go tool ginkgo -r "+word+" suites")
		}
	}
	return fmt.Errorf("%w\nSee: %s --help", err, cmd.CommandPath())
}

// spelled lets the long flags of a command be written with one hyphen, as Go's own tools have them, and ginkgo's with
// its prefix.
func spelled(root *cobra.Command, args []string) []string {
	cmd, _, err := root.Find(args)
	if err != nil || cmd.DisableFlagParsing {
		return args
	}
	list := make([]string, len(args))
	for i, arg := range args {
		list[i] = arg
		if arg == "--" {
			copy(list[i:], args[i:])
			break
		}
		if !strings.HasPrefix(arg, "-") {
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimLeft(arg, "-"), "ginkgo."), "=")
		if len(name) > 1 && (cmd.Flags().Lookup(name) != nil || root.PersistentFlags().Lookup(name) != nil) {
			list[i] = "--" + strings.TrimPrefix(strings.TrimLeft(arg, "-"), "ginkgo.")
		}
	}
	return list
}

// version tells the suite's version, the commit that it was built from, and Go's version.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return evidence.Version()
	}
	commit, changed := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed since"
		}
	}
	if built := evidence.Commit(); built != "" { // make dist says it, and builds from a clean tree
		commit, changed = built, ""
	}
	return fmt.Sprintf("%s (commit %s%s; %s)", evidence.Version(), commit, changed, info.GoVersion)
}
