package main

import (
	"bytes"
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
	servers, with, err := asked.chosen()
	if err != nil {
		return err
	}
	var bad hostile.Case
	if asked.hostile != "" {
		if bad, err = hostile.Find(asked.hostile); err != nil {
			return err
		}
		if len(with) > 0 {
			return errors.New("--hostile goes with no fault or variant")
		}
		servers = slices.DeleteFunc(servers, func(s served) bool { return !bad.Shows(s.API) })
		if len(servers) == 0 {
			return fmt.Errorf("--hostile %s shows at %s only: say --api %[2]s", bad.Name, strings.Join(bad.APIs, ", "))
		}
	}
	if asked.list {
		for _, s := range servers {
			s.list()
		}
		listHostile()
		return nil
	}
	if last := asked.port + len(suites.Servers()) - 1; asked.port < 0 || last > 1<<16-1 {
		return fmt.Errorf("--port %d: the ports of the servers would be %[1]d to %d; they go from 0 to 65535", asked.port,
			last)
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, suite.Ends()...)
	watched.Store(true)
	fmt.Println("# A targets.yaml of what is served here.\ntargets:")
	for _, s := range servers {
		end, err := s.start(with, bad)
		defer end()
		if err != nil {
			return err
		}
	}
	fmt.Println("# Ctrl-C ends them.")
	<-interrupted
	return nil
}

// chosen are the servers to serve, and the faults and variants, each of which one of them must have.
func (asked *serving) chosen() (servers []served, with []string, err error) {
	for _, api := range asked.only {
		if !slices.Contains(target.APIs(), api) {
			return nil, nil, fmt.Errorf("--api %s: there is none; use %s", api, strings.Join(target.APIs(), ", "))
		}
	}
	var known []string
	for i, r := range suites.Servers() {
		if len(asked.only) > 0 && !slices.Contains(asked.only, r.API) {
			continue
		}
		port := asked.port
		if port != 0 {
			port += i
		}
		servers = append(servers, served{r, port})
		known = append(known, wire.Names(r)...)
	}
	with = slices.Concat(asked.faults, asked.variants)
	for _, name := range with {
		if !slices.Contains(known, name) {
			for _, r := range suites.Servers() {
				if slices.Contains(wire.Names(r), name) {
					return nil, nil, fmt.Errorf("%s is of %s: say --api %[2]s", name, r.API)
				}
			}
			return nil, nil, fmt.Errorf("no fault or variant is named %s%s\nSee: conformance serve --list", name,
				target.Suggest(name, known))
		}
	}
	return servers, with, nil
}

// start serves with those of the faults and variants that the server has, or in the way of a hostile case.
func (s served) start(with []string, bad hostile.Case) (end func(), err error) {
	end = func() {}
	var all, said, spoken []string
	for _, name := range with {
		if !slices.Contains(wire.Names(s.Server), name) {
			continue
		}
		if all = append(all, name); slices.ContainsFunc(wire.Variants,
			func(v reference.Variant) bool { return v.Name == name }) {
			spoken = append(spoken, name)
		} else {
			said = append(said, name)
		}
	}
	made, err := s.New(said)
	if err != nil {
		return end, err
	}
	var running *wire.Running
	address, peculiar := fmt.Sprintf("127.0.0.1:%d", s.port), strings.Join(all, ", ")
	if bad.Name != "" {
		peculiar = bad.Name + ": " + bad.Says
		running, err = hostile.Start(bad, made.Handler, address)
	} else {
		running, err = wire.Start(made.Handler, wire.Options{Addr: address, With: spoken})
	}
	if err != nil {
		return end, fmt.Errorf("the %s server cannot listen at %s: %w\nAnother --port may be free; --port 0 takes free "+
			"ones", s.API, address, err)
	}
	end = func() { _ = running.Close() }
	if running.CA != nil {
		path, remove, err := temporary(s.API+".pem", bytes.NewReader(running.CA))
		end = func() { _ = running.Close(); remove() }
		if err != nil {
			return end, err
		}
		made.Settings["tls"] = map[string]string{"ca_file": path}
	}
	s.tell(running, made, peculiar)
	return end, nil
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

func (s served) list() {
	fmt.Printf("%s: %d faults, %d variants\n", s.API, len(s.Faults), len(s.Variants)+len(wire.Variants))
	for _, f := range s.Faults {
		fmt.Printf("  fault    %-46s %s (%s)\n", f.Name, f.Says, f.Clause)
	}
	for _, v := range slices.Concat(s.Variants, wire.Variants) {
		fmt.Printf("  variant  %-46s %s\n", v.Name, v.Says)
	}
}

func listHostile() {
	all := hostile.Cases()
	fmt.Printf("hostile: %d ways, for each API unless it says otherwise\n", len(all))
	for _, c := range all {
		apis := ""
		for _, api := range c.APIs {
			apis += " (" + api + ")"
		}
		fmt.Printf("  hostile  %-46s %s%s\n", c.Name, c.Says, apis)
	}
}
