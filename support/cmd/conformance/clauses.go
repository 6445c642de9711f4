package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"session-conformance/support/clause"
	"session-conformance/support/target"
)

// clauses prints the ledger of all suites. The specs are asked of Ginkgo by a dry run, which sends nothing.
func clauses([]string) int {
	dir, err := root()
	if err != nil {
		return complain(err)
	}
	temporary, err := os.MkdirTemp("", "clauses-")
	if err != nil {
		return complain(err)
	}
	defer os.RemoveAll(temporary)
	file, err := embeddedTargets(temporary)
	if err != nil {
		return complain(err)
	}
	cmd := ginkgo(dir, target.APIs(), []string{"TARGETS_FILE=" + file, "TARGET="}, "--dry-run", "--output-dir="+temporary, "--json-report=specs.json")
	if output, err := cmd.CombinedOutput(); err != nil {
		return complain(fmt.Errorf("%sthe suites cannot be listed: %w", output, err))
	}
	text, err := os.ReadFile(filepath.Join(temporary, "specs.json"))
	if err != nil {
		return complain(err)
	}
	var reports []types.Report
	if err := json.Unmarshal(text, &reports); err != nil {
		return complain(fmt.Errorf("ginkgo's report cannot be read: %w", err))
	}
	ledger := clause.Ledger{}
	for _, r := range reports {
		for _, spec := range r.SpecReports {
			for _, label := range spec.Labels() {
				if id, ok := strings.CutPrefix(label, "clause:"); ok {
					ledger[id] = append(ledger[id], strings.Join(append(spec.ContainerHierarchyTexts[1:], spec.LeafNodeText), " "))
				}
			}
		}
	}
	for _, api := range target.APIs() {
		catalogue, err := catalogueOf(dir, api)
		if err != nil {
			return complain(err)
		}
		fmt.Print(ledger.Write(catalogue))
	}
	return 0
}

// catalogueOf reads the clauses of an API.
func catalogueOf(dir, api string) (*clause.Catalogue, error) {
	text, err := os.ReadFile(filepath.Join(dir, "suites", api, "clauses.yaml"))
	if err != nil {
		return nil, err
	}
	return clause.Read(api, text)
}
