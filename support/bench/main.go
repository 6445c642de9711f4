package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	_ "session-conformance/suites/apis" // which are measured
	"session-conformance/support/target"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// run does what a worker is to do, or measures what the flags ask for, prints a table, and writes bench.txt for
// benchstat.
func run(args []string) error {
	if len(args) > 0 && workers[args[0]] != nil {
		return workers[args[0]](args[1:])
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	var apis, rows names
	flags.Var(&apis, "api", "measure this `API` only: "+strings.Join(target.APIs(), ", ")+"; may be repeated")
	flags.Var(&rows, "row", "measure this `ROW` only: "+strings.Join(Rows(), ", ")+"; may be repeated")
	repeats := flags.Int("n", 6, "how often each is measured, at most; benchstat wants six")
	patience := flags.Duration("patience", 20*time.Second, "how long the repetitions of one may take; the first is "+
		"always made")
	few := flags.Int("few", 100, "how many targets the growth is measured from")
	many := flags.Int("many", 1000, "how many targets the growth is measured up to")
	out := flags.String("o", "../../reports/bench/bench.txt", "the `FILE` for benchstat")
	write := flags.String("write", "", "the `FILE` whose <!-- bench --> is to hold the table too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *repeats < 1 || *few < 1 || *many <= *few || *many > 10_000 || flags.NArg() > 0 {
		return errors.New("it takes -n from 1, -few from 1, -many above -few and up to 10000, and no other words")
	}
	var table bytes.Buffer
	options := Options{Repeats: *repeats, Patience: *patience, Few: *few, Many: *many,
		Out: io.MultiWriter(os.Stdout, &table)}
	var err error
	if options.APIs, err = chosen("-api", apis, target.APIs()); err != nil {
		return err
	}
	if options.Rows, err = chosen("-row", rows, Rows()); err != nil {
		return err
	}
	if options.Root, err = filepath.Abs("../.."); err != nil {
		return err
	}
	text, failed := Run(options)
	if text == "" {
		return failed
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(*out), 0o700), os.WriteFile(*out, []byte(text), 0o600)); err != nil {
		return err
	}
	fmt.Printf("\nFor benchstat: %s\n", *out)
	if *write != "" {
		failed = errors.Join(failed, fillIn(*write, table.String()))
	}
	return failed
}

// blanks stand at the ends of a table's lines.
var blanks = regexp.MustCompile(`(?m) +$`)

// place is where a file holds what was measured last.
var place = regexp.MustCompile(`(?s)<!-- bench -->.*?<!-- /bench -->`)

// fillIn writes a table into its place in a file, with the day and the machine.
func fillIn(file, table string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !place.Match(text) {
		return fmt.Errorf("%s has no place for the table: a line <!-- bench --> and a line <!-- /bench -->", file)
	}
	filled := fmt.Sprintf("<!-- bench -->\nOn %s, with %d processors, %s/%s, %s:\n\n```text\n%s\n```\n<!-- /bench -->",
		time.Now().UTC().Format(time.DateOnly), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(),
		blanks.ReplaceAllString(strings.TrimSpace(table), ""))
	return os.WriteFile(file, place.ReplaceAllLiteral(text, []byte(filled)), 0o644)
}

// names is a flag that may be repeated, or list several with commas between.
type names []string

func (n *names) String() string { return strings.Join(*n, ",") }

func (n *names) Set(text string) error {
	*n = append(*n, strings.Split(text, ",")...)
	return nil
}

// chosen are the wanted ones of all, in their order; all where none is wanted.
func chosen(flag string, wanted, all []string) ([]string, error) {
	for _, name := range wanted {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("%s %s: there is none; use %s", flag, name, strings.Join(all, ", "))
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool {
		return len(wanted) > 0 &&
			!slices.Contains(wanted, name)
	}), nil
}
