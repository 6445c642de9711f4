package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/suites"
	"session-conformance/support/reference"
	"session-conformance/support/reference/hostile"
	"session-conformance/support/reference/wire"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// firstPort is where the first server listens; the others follow in the order of the APIs.
const firstPort = 7101

// served is a reference server that serve offers at a port; 0: a free one.
type served struct {
	reference.Server
	port int
}

// serving is what serve was asked for.
type serving struct {
	only, faults, variants []string
	hostile                string
	list                   bool
	port                   int
}

func serveCommand() *cobra.Command {
	asked := &serving{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the reference servers on fixed loopback ports, and print a targets.yaml of them",
		Args:  noWords("; --api chooses servers"),
		RunE:  func(*cobra.Command, []string) error { return asked.serve() },
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&asked.only, "api", nil, "serve this `API` only: "+strings.Join(target.APIs(), ", "))
	flags.StringSliceVar(&asked.faults, "fault", nil, "do this wrong: a fault's `NAME`; may be repeated")
	flags.StringSliceVar(&asked.variants, "variant", nil, "do this differently: a variant's `NAME`; may be repeated")
	flags.StringVar(&asked.hostile, "hostile", "", "be as bad as servers get in this way: a hostile case's `NAME`")
	flags.IntVar(&asked.port, "port", firstPort, "the `PORT` of the first server, the next ones follow; 0: free ones")
	flags.BoolVar(&asked.list, "list", false, "list the faults and variants of each server, and the ways to be hostile")
	return cmd
}

// serve runs the reference servers until it is interrupted.
func (asked *serving) serve() error {
	with := slices.Concat(asked.faults, asked.variants)
	for _, api := range asked.only {
		if !slices.Contains(target.APIs(), api) {
			return fmt.Errorf("--api %s: there is none; use %s", api, strings.Join(target.APIs(), ", "))
		}
	}
	if err := asked.checkNames(with); err != nil {
		return err
	}
	start := served.start
	if asked.hostile != "" {
		c, err := hostile.Find(asked.hostile)
		if err != nil {
			return err
		}
		if len(with) > 0 {
			return errors.New("--hostile goes with no fault or variant")
		}
		start = func(s served, _ []string) (*wire.Running, error) { return s.startHostile(c) }
	}
	if !asked.list {
		fmt.Println("# A targets.yaml of what is served here.\ntargets:")
	}
	var running []*wire.Running
	defer func() {
		for _, r := range running {
			_ = r.Close()
		}
	}()
	for i, r := range suites.Servers() {
		s := served{r, asked.port}
		if len(asked.only) > 0 && !slices.Contains(asked.only, s.API) {
			continue
		}
		if s.port != 0 {
			s.port += i
		}
		if asked.list {
			s.list()
			continue
		}
		mine := slices.DeleteFunc(slices.Clone(with),
			func(name string) bool { return !slices.Contains(wire.Names(s.Server), name) })
		r, err := start(s, mine)
		if err != nil {
			return err
		}
		running = append(running, r)
	}
	if asked.list {
		listHostile()
		return nil
	}
	fmt.Println("# Ctrl-C ends them.")
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, suite.Ends()...)
	<-interrupted
	return nil
}

// checkNames wants each name to be one of a server that is served.
func (asked *serving) checkNames(with []string) error {
	var known []string
	for _, r := range suites.Servers() {
		if len(asked.only) == 0 || slices.Contains(asked.only, r.API) {
			known = append(known, wire.Names(r)...)
		}
	}
	for _, name := range with {
		if !slices.Contains(known, name) {
			return fmt.Errorf("no fault or variant is named %s%s\nSee: conformance serve --list", name,
				target.Suggest(name, known))
		}
	}
	return nil
}

func (s served) start(with []string) (*wire.Running, error) {
	made, err := s.New(slices.DeleteFunc(slices.Clone(with), speaks))
	if err != nil {
		return nil, err
	}
	spoken := slices.DeleteFunc(slices.Clone(with), func(name string) bool { return !speaks(name) })
	running, err := wire.Start(made.Handler, wire.Options{Addr: s.address(), With: spoken})
	if err != nil {
		return nil, s.taken(err)
	}
	s.tell(running, made, strings.Join(with, ", "))
	return running, nil
}

func (s served) address() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

func (s served) taken(err error) error {
	return fmt.Errorf("the %s server cannot listen at %s: %w\nAnother --port may be free; --port 0 takes free ones", s.API,
		s.address(), err)
}

// tell says where a server is, what is peculiar about it, and its accounts, as a target of targets.yaml.
func (s served) tell(running *wire.Running, made *reference.Made, with string) {
	address := running.URL + made.Base
	if with != "" {
		with = " with " + with
	}
	fmt.Printf("  # %s at %s%s\n  # try: curl -i %[2]s%[4]s\n  - name: %[1]s\n    api: %[1]s\n    url: %[2]s\n", s.API,
		address,
		with, s.Try)
	for _, key := range slices.Sorted(maps.Keys(made.Settings)) {
		fmt.Printf("    %s: ", key)
		text := json.NewEncoder(os.Stdout) // JSON is YAML
		text.SetEscapeHTML(false)
		_ = text.Encode(made.Settings[key])
	}
}

// speaks says that a variant is one of how a server speaks, not of what it says.
func speaks(name string) bool {
	return slices.ContainsFunc(wire.Variants, func(v reference.Variant) bool { return v.Name == name })
}

func (s served) list() {
	fmt.Printf("%s: %d faults, %d variants\n", s.API, len(s.Faults), len(s.Variants)+len(wire.Variants))
	for _, f := range s.Faults {
		fmt.Printf("  fault    %-46s %s (%s)\n", f.Name, f.Says, f.Clause)
	}
	for _, v := range slices.Concat(s.Variants, wire.Variants) {
		fmt.Printf("  variant  %-46s %s\n", v.Name, v.Says)
	}
}
