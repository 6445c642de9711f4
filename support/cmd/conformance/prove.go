package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// prove shows that every spec can fail, and writes reports/proof/. Of all APIs it also fills the numbers into support/docs/numbers.md.
func prove(args []string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	wanted, err := readProveFlags(args)
	if err != nil {
		return complain(err)
	}
	matrix, err := proof.Run(dir, wanted)
	if err != nil {
		return complain(err)
	}
	if err := write(matrix); err != nil {
		return complain(err)
	}
	for _, wanting := range matrix.Wanting {
		fmt.Println(wanting)
	}
	n := matrix.Numbers
	fmt.Printf("%d of %d faults caught, %d of %d variants accepted, %d null passes (%d with a listed reason)\n",
		n.Caught, n.Faults, n.Accepted, n.Variants, n.NullPasses, n.ListedPasses)
	fmt.Printf("failed clauses per fault: median %g, worst %d (%s)\n", n.Median, n.Worst, n.WorstFault)
	if len(matrix.Wanting) > 0 {
		return report.ExitNonConformant
	}
	if wanted.API == "" && wanted.Clause == "" && wanted.Cases == nil {
		if err := fillIn(matrix, filepath.Join(dir, "support", "docs", "numbers.md")); err != nil {
			return complain(err)
		}
	}
	return 0
}

// readProveFlags reads: prove [API] [--clause ID] [--case REGEXP] [--keep DIR].
func readProveFlags(args []string) (proof.Wanted, error) {
	wanted := proof.Wanted{}
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		wanted.API, args = args[0], args[1:]
		if !slices.Contains(target.APIs(), wanted.API) {
			return wanted, fmt.Errorf("there is no API %q to prove; use saymon, sdm or sessions, or none for all", wanted.API)
		}
	}
	flags := flag.NewFlagSet("prove", flag.ContinueOnError)
	flags.StringVar(&wanted.Clause, "clause", "", "prove the faults of this clause only")
	flags.StringVar(&wanted.Keep, "keep", "", "keep every spec's verdict and text in this folder, a file for each API")
	cases := flags.String("case", "", "prove the cases only whose names match this regular expression")
	if err := flags.Parse(args); err != nil {
		return wanted, err
	}
	if flags.NArg() > 0 {
		return wanted, fmt.Errorf("prove takes an API and flags, not %q", flags.Arg(0))
	}
	if *cases != "" {
		var err error
		if wanted.Cases, err = regexp.Compile(*cases); err != nil {
			return wanted, fmt.Errorf("--case: %w", err)
		}
	}
	if api, _, ok := strings.Cut(wanted.Clause, "-"); ok && wanted.API == "" {
		wanted.API = api // a clause's ID begins with its API
	}
	return wanted, nil
}

// write writes the matrix as proof.json and as a page.
func write(matrix *proof.Matrix) error {
	folder, err := report.Folder()
	if err != nil {
		return err
	}
	path := filepath.Join(folder.Path, "proof")
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	text, err := json.MarshalIndent(matrix, "", " ")
	if err != nil {
		return err
	}
	page, err := matrix.Page()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(path, "proof.json"), append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(path, "index.html"), page, 0o600)
}

// fillIn writes the numbers into support/docs/numbers.md, if they changed.
func fillIn(matrix *proof.Matrix, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	filled, found := matrix.FillIn(string(text))
	if !found {
		return fmt.Errorf("%s has no place for the proof's numbers: <!-- proof --> … <!-- /proof -->", path)
	}
	if filled == string(text) {
		return nil
	}
	fmt.Println("The numbers in support/docs/numbers.md are filled in anew: commit it.")
	return os.WriteFile(path, []byte(filled), 0o644)
}
