package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"session-conformance/support/proof"
	"session-conformance/support/report"
)

// prove shows that every spec can fail, and writes reports/proof/.
func prove(args []string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	only := ""
	if len(args) > 0 {
		only = args[0]
	}
	matrix, err := proof.Run(dir, only)
	if err != nil {
		return complain(err)
	}
	folder, err := report.Folder()
	if err != nil {
		return complain(err)
	}
	text, err := json.MarshalIndent(matrix, "", " ")
	if err != nil {
		return complain(err)
	}
	path := filepath.Join(folder.Path, "proof")
	if err := os.MkdirAll(path, 0o700); err != nil {
		return complain(err)
	}
	if err := os.WriteFile(filepath.Join(path, "proof.json"), text, 0o600); err != nil {
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
	return 0
}
