// Package proof shows that the suites can fail: every fault of the reference servers must be caught by a spec of the
// clause that it breaks, every variant must be found conformant, and a null target must score nothing.
package proof

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"session-conformance/suites"
	"session-conformance/support/reference"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/wire"
	"session-conformance/support/target"
)

// Kind is what a case is to show.
type Kind string

const (
	Reference Kind = "reference" // conformant, everything passes
	Fault     Kind = "fault"     // its clause fails, or warns where it is extra
	Variant   Kind = "variant"   // conformant
	Null      Kind = "null"      // no spec passes but for a listed reason
)

// Case is one peculiar server and what must come of judging it.
type Case struct {
	API    string
	Kind   Kind
	Name   string
	Says   string
	Clause string // of a fault
	open   string // of a variant: the clauses that cannot be judged of it
	https  bool
	wire   bool // a variant of how the server speaks, not of what it says
	// without are features that the target is declared to lack: what looks whether they are really absent is sent only
	// then.
	without []string
	passes  []string // clauses that a null server may pass; whatever else it passes is a failure of this project
}

// Target is the case's name in targets.yaml.
func (c Case) Target() string {
	if c.Kind == Reference {
		return c.Name
	}
	return string(c.Kind) + "." + c.Name
}

// api is what the proof needs to know of one API.
type api struct {
	reference.Server
	// secrets are variables that the settings of all targets may name: as values they would make targets.yaml too large.
	secrets func() []string
	stop    func() // ends what the servers share; nil: nothing
	wanted  Wanted
}

func apis() []api {
	var all []api
	for _, r := range suites.Servers() {
		a := api{Server: r}
		if r.API == "saymon" {
			a.shareRealm()
		}
		all = append(all, a)
	}
	return all
}

// shareRealm lets all SAYMON servers trust one Keycloak realm.
func (a *api) shareRealm() {
	var shared realm
	a.secrets, a.stop = shared.secrets, shared.stop
	a.New = func(with []string) (*reference.Made, error) {
		c := saymon.Default()
		c.With = with
		keycloak, err := shared.settings(c)
		if err != nil {
			return nil, err
		}
		c.Issuer.URL = keycloak["issuer"]
		if slices.Contains(with, saymon.TokenOpaque) {
			keycloak = nil // the server's own token, which no realm gives
		}
		return saymon.Make(c, keycloak)
	}
}

// cases lists what is to be shown of an API.
func (a api) cases() []Case {
	list := []Case{{API: a.API, Kind: Reference, Name: "reference", Says: "The reference server without a peculiarity."},
		{API: a.API, Kind: Reference, Name: "reference-over-https", Says: "The same over https.", https: true}}
	for _, f := range a.Faults {
		list = append(list, Case{API: a.API, Kind: Fault, Name: f.Name, Says: f.Says, Clause: f.Clause, https: f.HTTPS})
	}
	for _, v := range a.Variants {
		list = append(list, Case{API: a.API, Kind: Variant, Name: v.Name, Says: v.Says, open: v.Open})
	}
	for _, features := range lacked(a.API) {
		list = append(list, Case{API: a.API, Kind: Variant, Name: "declared-without-" + strings.Join(features, "-and-"),
			Says: "The target is declared to lack what it has.", without: features})
	}
	for _, v := range wire.Variants {
		list = append(list, Case{API: a.API, Kind: Variant, Name: v.Name, Says: v.Says, wire: true, open: v.Open})
	}
	for _, n := range wire.Nulls {
		c := Case{API: a.API, Kind: Null, Name: n.Name, Says: n.Says}
		if n.Name == wire.AnySession {
			c.passes = a.AnySession
		}
		list = append(list, c)
	}
	return slices.DeleteFunc(list, func(c Case) bool {
		w := a.wanted
		return c.Kind != Reference && (w.Clause != "" && c.Clause != w.Clause || w.Cases != nil &&
			!w.Cases.MatchString(c.Name))
	})
}

// FaultsOf are the faults that break a clause.
func FaultsOf(clause string) (faults []Case) {
	for _, a := range apis() {
		for _, c := range a.cases() {
			if c.Kind == Fault && c.Clause == clause {
				faults = append(faults, c)
			}
		}
	}
	return faults
}

// lacked are the features that targets of an API may be declared to lack, as many at once as leave something to judge.
func lacked(name string) [][]string {
	api := target.Of(name)
	if len(api.Either) == 0 {
		return [][]string{api.Features}
	}
	last := api.Either[len(api.Either)-1]
	others := slices.DeleteFunc(slices.Clone(api.Features), func(f string) bool { return f == last })
	return [][]string{others, {last}}
}

// serve starts the case's server on a free loopback port and gives the target that names it, and what counts its
// logins.
func (a api) serve(c Case, certificate func([]byte) (string, error)) (*wire.Running, map[string]any, http.Handler,
	error) {
	var with []string
	if c.Kind == Fault || c.Kind == Variant && !c.wire && c.without == nil {
		with = []string{c.Name}
	}
	made, err := a.New(with)
	if err != nil {
		return nil, nil, nil, err
	}
	settings := made.Settings
	var running *wire.Running
	if c.Kind == Null {
		running, err = wire.StartNull(c.Name, "127.0.0.1:0")
	} else {
		options := wire.Options{Addr: "127.0.0.1:0", TLS: c.https}
		if c.wire {
			options.With = []string{c.Name}
		}
		running, err = wire.Start(made.Handler, options)
	}
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %s: %w", a.API, c.Name, err)
	}
	settings["name"], settings["api"], settings["url"], settings["timeout"] = c.Target(), a.API,
		running.URL+made.Base, "20s"
	if c.without != nil {
		settings["without"] = c.without
	}
	settings["wrong_password_pause"] = "0s" // nothing locks here, but for whom a variant says so
	if c.Name == "silent" {
		settings["timeout"] = "2s" // it never answers
	}
	if c.https {
		file, err := certificate(running.CA)
		if err != nil {
			_ = running.Close()
			return nil, nil, nil, err
		}
		settings["tls"] = map[string]any{"ca_file": file}
	}
	return running, settings, made.Handler, nil
}
