package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/reporters"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/spf13/pflag"

	"session-conformance/support/suite"
)

// ginkgoFlags are the flags of ginkgo that a run takes. Those of a suite are handed on to it as they were typed.
type ginkgoFlags struct {
	handed    []string
	outputDir string // of ginkgo's own reports
}

// Flags of the ginkgo program about compiling, processes and the order of suites: a run may be given them, and does the
// same.
var withoutEffect = []string{"p", "procs", "nodes", "compilers", "r", "recurse", "keep-going", "randomize-suites",
	"keep-separate-reports"}

// Reports of ginkgo's own that a run of several suites merges into one file.
var merged = map[string]func(sources []string, destination string) ([]string, error){
	"json-report": reporters.MergeAndCleanupJSONReports, "junit-report": reporters.MergeAndCleanupJUnitReports,
	"teamcity-report": reporters.MergeAndCleanupTeamcityReports,
	"gojson-report":   reporters.MergeAndCleanupGoTestJSONReports,
}

// add declares the flags to a command.
func (g *ginkgoFlags) add(flags *pflag.FlagSet) {
	flag.CommandLine.VisitAll(func(f *flag.Flag) {
		name, ours := strings.CutPrefix(f.Name, "ginkgo.")
		if !ours || strings.HasPrefix(name, "parallel.") || flags.Lookup(name) != nil {
			return
		}
		given := &pflag.Flag{Name: name, Usage: firstSentence(f.Usage),
			Value: &handedOn{flags: g, name: name, check: f.Value}}
		if isBool(f.Value) {
			given.NoOptDefVal = "true"
		}
		if len(name) == 1 {
			given.Shorthand = name
		}
		given.Hidden = !slices.Contains(shownFlags, name)
		flags.AddFlag(given)
	})
	for _, name := range withoutEffect {
		short := ""
		if len(name) == 1 {
			short = name
		}
		flags.StringP(name, short, "", "without effect: one process judges")
		given := flags.Lookup(name)
		if given.Hidden = true; name != "procs" && name != "nodes" && name != "compilers" {
			given.NoOptDefVal = "true"
		}
	}
	flags.StringVar(&g.outputDir, "output-dir", "", "the `FOLDER` of ginkgo's own reports")
	_ = flags.MarkHidden("output-dir")
}

func firstSentence(text string) string {
	first, _, _ := strings.Cut(text, ".  ")
	return strings.TrimSuffix(first, ".")
}

// shownFlags are those of ginkgo's that the help of run tells of; the others work too.
var shownFlags = []string{"focus", "skip", "label-filter", "dry-run", "v", "vv", "no-color", "json-report",
	"junit-report",
	"randomize-all", "seed"}

// dry says that nothing is to be sent.
func (g *ginkgoFlags) dry() bool { return slices.Contains(g.handed, "--ginkgo.dry-run=true") }

// verbosity says that the flags tell how much is printed.
func (g *ginkgoFlags) verbosity() bool {
	return slices.ContainsFunc([]string{"v", "vv", "succinct"}, func(name string) bool {
		return slices.Contains(g.handed, "--ginkgo."+name+"=true")
	})
}

// vet says what Ginkgo would refuse, before an earlier run's reports are cleared. The flags have set Ginkgo's settings
// of this process, too.
func (g *ginkgoFlags) vet() error {
	none, err := types.NewGinkgoFlagSet(nil, nil, nil)
	if err != nil {
		return err
	}
	settings, reporter := ginkgo.GinkgoConfiguration()
	if wrong := types.VetConfig(none, settings, reporter); len(wrong) > 0 {
		return fmt.Errorf("ginkgo refuses these flags: %s", colours.ReplaceAllLiteralString(wrong[0].Error(), ""))
	}
	return suite.CheckFilters(settings)
}

// colours are what ginkgo's errors have for terminals.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// of are the flags for the suite of an API. Reports that are merged later go to files of its own.
func (g *ginkgoFlags) of(api string) []string {
	list := slices.Clone(g.handed)
	for i, arg := range list {
		name, file, _ := strings.Cut(strings.TrimPrefix(arg, "--ginkgo."), "=")
		if merged[name] != nil {
			list[i] = fmt.Sprintf("--ginkgo.%s=%s", name, g.place(file)+"."+api)
		}
	}
	return list
}

func (g *ginkgoFlags) place(file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(g.outputDir, file)
}

// merge makes one file of the reports that the suites of the APIs left.
func (g *ginkgoFlags) merge(apis []string) error {
	var wrong []error
	for _, arg := range g.handed {
		name, file, _ := strings.Cut(strings.TrimPrefix(arg, "--ginkgo."), "=")
		if merged[name] == nil {
			continue
		}
		var parts []string
		for _, api := range apis {
			part := g.place(file) + "." + api
			if _, err := os.Stat(part); err == nil {
				parts = append(parts, part)
			}
		}
		_, err := merged[name](parts, g.place(file))
		wrong = append(wrong, err)
	}
	return errors.Join(wrong...)
}

// handedOn is a flag of ginkgo's: it checks a value as ginkgo does, and keeps it for the suites.
type handedOn struct {
	flags *ginkgoFlags
	name  string
	check flag.Value
	value string
}

func (h *handedOn) Set(value string) error {
	if err := h.check.Set(value); err != nil {
		return err
	}
	h.value = value
	h.flags.handed = append(h.flags.handed, "--ginkgo."+h.name+"="+value)
	return nil
}

func (h *handedOn) String() string { return h.value }

func (h *handedOn) Type() string {
	if isBool(h.check) {
		return "bool"
	}
	return "VALUE"
}

func isBool(v flag.Value) bool {
	b, ok := v.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// ofTheGinkgoProgram says that a flag is known to the ginkgo program only.
func ofTheGinkgoProgram(name string) bool {
	for _, list := range []types.GinkgoFlags{types.GinkgoCLISharedFlags, types.GinkgoCLIRunAndWatchFlags,
		types.GinkgoCLIRunFlags,
		types.GoBuildFlags, types.GoRunFlags} {
		for _, f := range list {
			if f.Name == name || f.DeprecatedName == name {
				return true
			}
		}
	}
	return false
}
