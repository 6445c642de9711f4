package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"session-conformance/support/reference"
	"session-conformance/support/reference/hostile"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/reference/wire"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

// firstPort is where the first server listens; the others follow in the order of the APIs.
const firstPort = 7101

// served is one reference server as serve offers it.
type served struct {
	api      string
	port     int
	faults   []reference.Fault
	variants []reference.Variant
	// make gives the server with the peculiarities, the path before its calls, its accounts, and a curl line to try it.
	make func(with []string, address string) (handler http.Handler, base string, says []string, err error)
}

var offered = []served{
	{target.SAYMON, firstPort, saymon.Faults, saymon.Variants, func(with []string, address string) (http.Handler, string, []string, error) {
		c := saymon.Default()
		c.With = with
		server, err := saymon.New(c)
		if err != nil {
			return nil, "", nil, err
		}
		return server, "", []string{
			fmt.Sprintf("user:       login %s, email %s, id %s, password %s", c.User.Login, c.User.Email, c.User.ID, c.User.Password),
			fmt.Sprintf("other_user: login %s, email %s, id %s, password %s", c.OtherUser.Login, c.OtherUser.Email, c.OtherUser.ID, c.OtherUser.Password),
			"keycloak:   token " + server.KeycloakToken(saymon.KeycloakUser(c)),
			"try:        curl -i " + address + "/node/api/users/current",
		}, nil
	}},
	{target.SDM, firstPort + 1, sdm.Faults, sdm.Variants, func(with []string, address string) (http.Handler, string, []string, error) {
		c := sdm.Default()
		c.With = with
		server, err := sdm.New(c)
		return server, "", []string{
			fmt.Sprintf("user:       login %s, password %s", c.User.UserName, c.User.Password),
			"try:        curl -i " + address + "/rest/v1.3/admin/serverInfo",
		}, err
	}},
	{target.Sessions, firstPort + 2, sessions.Faults, sessions.Variants, func(with []string, address string) (http.Handler, string, []string, error) {
		c := sessions.Default()
		c.With = with
		server, err := sessions.New(c)
		return server, sessions.BasePath, []string{
			fmt.Sprintf("user:       login %s, password %s", c.User.Login, c.User.Password),
			fmt.Sprintf("other_user: login %s, password %s", c.OtherUser.Login, c.OtherUser.Password),
			"token:      " + c.Token,
			fmt.Sprintf("node:       %v", c.Node),
			"try:        curl -i " + address + sessions.BasePath + "/session/user",
		}, err
	}},
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
		Short: "Serve the reference servers on fixed loopback ports",
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
	var running []*wire.Running
	defer func() {
		for _, r := range running {
			_ = r.Close()
		}
	}()
	unused := slices.Clone(with)
	for i, s := range offered {
		if len(asked.only) > 0 && !slices.Contains(asked.only, s.api) {
			continue
		}
		if s.port = asked.port; s.port != 0 {
			s.port += i
		}
		if asked.list {
			s.list()
			continue
		}
		mine := s.known(with)
		unused = slices.DeleteFunc(unused, func(name string) bool { return slices.Contains(mine, name) })
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
	if len(unused) > 0 {
		return fmt.Errorf("no fault or variant is named %s; see: go tool conformance serve --list", strings.Join(unused, ", "))
	}
	fmt.Println("Ctrl-C ends them.")
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, suite.Ends()...)
	<-interrupted
	return nil
}

// known are those of the names that the server has, as a fault or variant of its own or of how it speaks.
func (s served) known(with []string) []string {
	var found []string
	for _, name := range with {
		if slices.ContainsFunc(s.faults, func(f reference.Fault) bool { return f.Name == name }) ||
			slices.ContainsFunc(slices.Concat(s.variants, wire.Variants), func(v reference.Variant) bool { return v.Name == name }) {
			found = append(found, name)
		}
	}
	return found
}

func (s served) start(with []string) (*wire.Running, error) {
	address := fmt.Sprintf("127.0.0.1:%d", s.port)
	said := slices.DeleteFunc(slices.Clone(with), speaks)
	handler, base, says, err := s.make(said, "http://"+address)
	if err != nil {
		return nil, err
	}
	spoken := slices.DeleteFunc(slices.Clone(with), func(name string) bool { return !speaks(name) })
	running, err := wire.Start(handler, wire.Options{Addr: address, With: spoken})
	if err != nil {
		return nil, fmt.Errorf("the %s server cannot listen at %s: %w", s.api, address, err)
	}
	s.tell(running, base, strings.Join(with, ", "), says)
	return running, nil
}

// tell says where a server is, what is peculiar about it, and its accounts.
func (s served) tell(running *wire.Running, base, with string, says []string) {
	fmt.Printf("%s at %s%s", s.api, running.URL, base)
	if with != "" {
		fmt.Printf(" with %s", with)
	}
	fmt.Printf("\n  %s\n", strings.Join(says, "\n  "))
}

// speaks says that a variant is one of how a server speaks, not of what it says.
func speaks(name string) bool {
	return slices.ContainsFunc(wire.Variants, func(v reference.Variant) bool { return v.Name == name })
}

func (s served) list() {
	fmt.Printf("%s: %d faults, %d variants\n", s.api, len(s.faults), len(s.variants)+len(wire.Variants))
	for _, f := range s.faults {
		fmt.Printf("  fault    %-46s %s (%s)\n", f.Name, f.Says, f.Clause)
	}
	for _, v := range slices.Concat(s.variants, wire.Variants) {
		fmt.Printf("  variant  %-46s %s\n", v.Name, v.Says)
	}
}
