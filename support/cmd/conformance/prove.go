package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// prove shows that every spec can fail, and writes reports/proof/. Of all APIs it also fills the numbers into the README.
func prove(args []string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	only := ""
	if len(args) > 0 {
		only = args[0]
		if !slices.Contains(target.APIs(), only) {
			return complain(fmt.Errorf("there is no API %q to prove; use saymon, sdm or sessions, or none for all", only))
		}
	}
	matrix, err := proof.Run(dir, only)
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
	if only == "" {
		if err := fillIn(matrix, filepath.Join(dir, "README.md")); err != nil {
			return complain(err)
		}
	}
	return 0
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

// fillIn writes the numbers into the README, if they changed.
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
	fmt.Println("The numbers in README.md are filled in anew: commit it.")
	return os.WriteFile(path, []byte(filled), 0o644)
}
