package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"session-conformance/support/bench"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// measure measures runs side by side with the least that they could take, and writes reports/bench/bench.txt for benchstat.
func measure(args []string) int {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	var apis, rows names
	flags.Var(&apis, "api", "measure this `API` only: "+strings.Join(target.APIs(), ", ")+"; may be repeated")
	flags.Var(&rows, "row", "measure this `ROW` only: "+strings.Join(bench.Rows(), ", ")+"; may be repeated")
	withPeers := flags.Bool("peers", false, "have the peers that are installed (k6, newman, venom) judge the same clauses as the suite, in place of the rows; try -many 100")
	repeats := flags.Int("n", 6, "how often each is measured, at most; benchstat wants six")
	patience := flags.Duration("patience", 20*time.Second, "how long the repetitions of one may take; the first is always made")
	few := flags.Int("few", 100, "how many targets the growth is measured from")
	many := flags.Int("many", 1000, "how many targets the growth is measured up to")
	if err := flags.Parse(args); err != nil {
		return report.ExitWrongUse
	}
	options := bench.Options{Repeats: *repeats, Patience: *patience, Few: *few, Many: *many, Out: os.Stdout}
	if *repeats < 1 || *few < 1 || *many <= *few || *many > 2000 || flags.NArg() > 0 {
		return complain(errors.New("bench takes -n from 1, -few from 1, -many above -few and up to 2000, and no other words"))
	}
	var err error
	if options.APIs, err = chosen("--api", apis, target.APIs()); err != nil {
		return complain(err)
	}
	if options.Rows, err = chosen("--row", rows, bench.Rows()); err != nil {
		return complain(err)
	}
	if options.Root, err = root(); err != nil {
		return complain(err)
	}
	measured, name := bench.Run, "bench.txt"
	if *withPeers {
		measured, name = bench.RunPeers, "peers.txt"
	}
	folder, err := report.Folder()
	if err != nil {
		return complain(err)
	}
	var text string
	// An interrupt ends what is being measured, so that the error comes by itself and nothing is left behind.
	_, failed := uninterrupted(func() error {
		text, err = measured(options)
		return err
	})
	if text == "" {
		return complain(failed)
	}
	file := filepath.Join(folder.Path, "bench", name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		return complain(err)
	}
	fmt.Printf("\nFor benchstat: %s\n", file)
	if failed != nil {
		return complain(fmt.Errorf("the bench ended early: %w", failed))
	}
	return 0
}

// chosen are the wanted ones of all, in their order; all where none is wanted. The error names the flag and the one that is not
// among them.
func chosen(flag string, wanted, all []string) ([]string, error) {
	for _, name := range wanted {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("%s %s: there is none; use %s", flag, name, strings.Join(all, ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return len(wanted) > 0 && !slices.Contains(wanted, name) }), nil
}
