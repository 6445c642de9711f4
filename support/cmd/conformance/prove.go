package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// proveCommand shows that every spec can fail, and writes reports/proof/. Of all APIs it also fills the numbers into
// support/docs/numbers.md.
func proveCommand() *cobra.Command {
	wanted, cases := proof.Wanted{}, ""
	cmd := &cobra.Command{
		Use:       "prove [API]",
		Short:     "Show that every spec can fail: faults, variants, null targets",
		ValidArgs: target.APIs(),
		Args:      words("at most one API: "+strings.Join(target.APIs(), ", "), 0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				wanted.API = args[0]
			} else if api, _, ok := strings.Cut(wanted.Clause, "-"); ok {
				wanted.API = api // a clause's ID begins with its API
			}
			if wanted.API != "" && !slices.Contains(target.APIs(), wanted.API) {
				return fmt.Errorf("there is no API %q to prove; use %s, or none for all", wanted.API,
					strings.Join(target.APIs(), ", "))
			}
			if cases != "" {
				var err error
				if wanted.Cases, err = regexp.Compile(cases); err != nil {
					return fmt.Errorf("--case: %w", err)
				}
			}
			return prove(wanted)
		},
	}
	cmd.Flags().StringVar(&wanted.Clause, "clause", "", "prove the faults of this clause only: its `ID`")
	cmd.Flags().StringVar(&cases, "case", "", "prove the cases only whose names match this `REGEXP`")
	cmd.Flags().StringVar(&wanted.Keep, "keep", "",
		"keep every spec's verdict and text in this `FOLDER`, a file for each API")
	return cmd
}

func prove(wanted proof.Wanted) error {
	matrix, err := proof.Run(provenBy, wanted)
	if err != nil {
		return err
	}
	if err := write(matrix); err != nil {
		return err
	}
	sources, _ := target.Sources()
	for api, text := range matrix.Asked {
		if sources == "" {
			break
		}
		all := func(string) (string, bool) { return text, true }
		if err := fillIn(filepath.Join(sources, "suites", api, "asked.txt"), all); err != nil {
			return err
		}
	}
	for _, wanting := range matrix.Wanting {
		fmt.Println(wanting)
	}
	n := matrix.Numbers
	fmt.Printf("%d of %d faults caught, %d of %d variants accepted, %d null passes (%d with a listed reason)\n",
		n.Caught, n.Faults, n.Accepted, n.Variants, n.NullPasses, n.ListedPasses)
	fmt.Printf("failed clauses per fault: median %g, worst %d (%s)\n", n.Median, n.Worst, n.WorstFault)
	if len(matrix.Wanting) > 0 {
		return exit(report.ExitNonConformant)
	}
	if sources != "" && wanted.API == "" && wanted.Clause == "" && wanted.Cases == nil {
		return fillIn(filepath.Join(sources, "support", "docs", "numbers.md"), matrix.FillIn)
	}
	return nil
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

// fillIn writes anew what the proof knows of a file, if that changed.
func fillIn(path string, anew func(text string) (filled string, found bool)) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	filled, found := anew(string(text))
	if !found {
		return fmt.Errorf("%s has no place for the proof's numbers: <!-- proof --> … <!-- /proof -->", path)
	}
	if filled == string(text) {
		return nil
	}
	fmt.Printf("%s is written anew: commit it.\n", path)
	return os.WriteFile(path, []byte(filled), 0o644)
}
