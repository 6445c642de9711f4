package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/lang"
	"session-conformance/support/proof"
	"session-conformance/support/report"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// clausesCommand prints the clauses of the suites with all that is known of them.
func clausesCommand() *cobra.Command {
	tier, format := "", ""
	cmd := &cobra.Command{
		Use:   "clauses [API]",
		Short: "Print the clauses with their sources, notes and specs, and what is not judged and why",
		Long: `clauses prints the catalogue as a document to agree on: what is demanded, where it stands, what is tolerated, which specs judge it, and
what is not judged and why. Its JSON has a schema, support/clause/clauses.schema.json.`,
		ValidArgs: target.APIs(),
		Args:      words("at most one API: "+strings.Join(target.APIs(), ", "), 0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			apis := target.APIs()
			if len(args) > 0 {
				if !slices.Contains(apis, args[0]) {
					return fmt.Errorf("there is no API %q: use %s", args[0], strings.Join(apis, ", "))
				}
				apis = args
			}
			if tier != "" && !slices.Contains(clause.Tiers(), clause.Tier(tier)) {
				return fmt.Errorf("there is no tier %q: use stated, shown or extra", tier)
			}
			all, err := acceptance(apis)
			if err != nil {
				return err
			}
			text, err := all.Only(clause.Tier(tier)).Write(format)
			if err == nil {
				fmt.Print(text)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&tier, "tier", "", "those of this `TIER` only: stated, shown or extra")
	cmd.Flags().StringVar(&format, "format", "text", "the `FORMAT`: "+strings.Join(clause.Formats(), ", "))
	return cmd
}

// explainCommand prints one clause, the specs and faults that belong to it, and how to see it judged.
func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain CLAUSE",
		Short: "Print one clause with its specs and faults, and how to see it judged",
		Args:  words("one clause's ID: see conformance clauses", 1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			all, err := acceptance(target.APIs())
			if err != nil {
				return err
			}
			k, found := all.Of(args[0])
			if !found {
				return fmt.Errorf("there is no clause %q%s", args[0], target.Suggest(args[0], all.IDs()))
			}
			fmt.Print(k.Text())
			for _, fault := range proof.FaultsOf(k.ID) {
				fmt.Printf("  %s\n", lang.T("fault %s: %s", fault.Name, fault.Says))
			}
			if k.Unjudged == "" {
				fmt.Println(lang.T("  judge it:     conformance run --label-filter='clause: containsAny %s'", k.ID))
				if len(proof.FaultsOf(k.ID)) > 0 {
					fmt.Println(lang.T("  see it fail:  conformance prove --clause %s", k.ID))
				}
			}
			return nil
		},
	}
}

// appendices makes the appendix of clauses anew, in the reader's language: of results of this version.
func appendices(runs []*report.Results) error {
	for _, r := range runs {
		if len(r.Appendix) == 0 || r.SuiteVersion != evidence.Version() {
			continue
		}
		all, err := acceptance([]string{r.API})
		if err != nil {
			return err
		}
		page, err := all.Write("html")
		if err != nil {
			return err
		}
		r.Appendix = []byte(page)
	}
	return nil
}

// acceptance is the catalogue of some APIs with the specs that judge it, as their suites tell.
func acceptance(apis []string) (clause.Acceptance, error) {
	all := clause.Acceptance{Format: clause.Format}
	for _, api := range apis {
		cmd, _, err := suiteProcess(api, []string{"TARGETS_FILE=" + target.Embedded, "TARGET=", "EVIDENCE="}, "clauses")
		if err != nil {
			return all, err
		}
		text, err := cmd.Output()
		if failed := new(exec.ExitError); errors.As(err, &failed) && len(failed.Stderr) > 0 { // it says why
			return all, fmt.Errorf("the clauses of %s cannot be listed: %s", api,
				sink.Text(strings.TrimSpace(string(failed.Stderr))))
		}
		if err != nil {
			return all, fmt.Errorf("the clauses of %s cannot be listed: %w", api, err)
		}
		var one clause.Acceptance
		if err := json.Unmarshal(text, &one); err != nil {
			return all, fmt.Errorf("the clauses of %s cannot be read: %w", api, err)
		}
		all.APIs = append(all.APIs, one.APIs...)
	}
	return all, nil
}
