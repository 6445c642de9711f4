package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// historyCommand tells what became of each clause over several runs.
func historyCommand() *cobra.Command {
	format := ""
	cmd := &cobra.Command{
		Use:   "history [--format FORMAT] DIR…",
		Short: "Show what became of each clause over the results of several runs",
		Long: `history takes the folders of reports of several runs, or releases, and prints a table for each target, the
earliest run first. As Markdown (md) it says how much passed in each run, and the verdict of every clause that is not
the same in all; as a page (html) it draws the trend, and shows every clause.`,
		Args: words("the folders of reports of several runs", 1, 1000),
		RunE: func(_ *cobra.Command, args []string) error {
			pasts, err := pastsOf(args)
			var page []byte
			switch {
			case err != nil:
			case format == "md":
				page = []byte(report.History(pasts))
			case format == "html":
				page, err = report.HistoryPage(pasts)
			default:
				err = fmt.Errorf("there is no format %q: use md or html", format)
			}
			fmt.Printf("%s", page)
			return err
		},
	}
	cmd.Flags().StringVar(&format, "format", "md", "the `FORMAT`: md or html")
	return cmd
}

// siteCommand sets the results of many products side by side.
func siteCommand() *cobra.Command {
	out := ""
	cmd := &cobra.Command{
		Use:   "site -o FOLDER DIR…",
		Short: "Write a static site that sets the results of many products side by side",
		Long: `site takes the folders of reports of many runs, of one product each or of several, and writes their pages into a
folder, with an index.html that shows all targets by clause. It needs no server and no network.`,
		Args: words("the folders of reports of several runs", 1, 1000),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return errors.New("--output FOLDER is missing: the new folder of the site")
			}
			pasts, err := pastsOf(args)
			if err != nil {
				return err
			}
			if entries, err := os.ReadDir(out); err == nil && len(entries) > 0 {
				return fmt.Errorf("%s is not empty: name a new folder with -o", out)
			}
			path, err := filepath.Abs(out)
			if err != nil {
				return err
			}
			for _, p := range pasts {
				if err := appendices(p.Runs); err != nil {
					return err
				}
			}
			if err := (report.Dir{Path: path}).Site(pasts); err != nil {
				return err
			}
			fmt.Println(lang.T("Site: %s", sink.Line(filepath.Join(path, "index.html"))))
			return nil
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "the new `FOLDER` of the site")
	return cmd
}

// pastsOf reads the results that lie in folders of reports.
func pastsOf(folders []string) ([]report.Past, error) {
	var pasts []report.Past
	for _, folder := range folders {
		path, err := filepath.Abs(folder)
		if err != nil {
			return nil, err
		}
		runs, err := report.Dir{Path: path}.Load()
		if err != nil {
			return nil, err
		}
		for _, r := range runs {
			for _, problem := range r.Problems {
				fmt.Fprintln(os.Stderr, sink.Text(fmt.Sprintf("%s: %s was not judged: %s", folder, r.API, problem)))
			}
		}
		pasts = append(pasts, report.Past{Name: filepath.Base(path), Runs: runs, Dir: report.Dir{Path: path}})
	}
	return pasts, nil
}

// badgeCommand draws the weightiest verdict.
func badgeCommand() *cobra.Command {
	out := ""
	cmd := onResults("badge [-o FILE]", "Draw the weightiest verdict, and how much was judged, as an SVG", "",
		func(_ report.Dir, runs []*report.Results) error {
			if out == "" {
				fmt.Printf("%s", report.Badge(runs))
				return nil
			}
			if there, err := os.ReadFile(out); err == nil && !bytes.HasPrefix(there, []byte("<svg ")) {
				return fmt.Errorf("%s is there, and no badge: remove it, or name another file", out)
			}
			return os.WriteFile(out, report.Badge(runs), 0o644)
		})
	cmd.Flags().StringVarP(&out, "output", "o", "", "write it to this `FILE` in place of the standard output")
	return cmd
}
