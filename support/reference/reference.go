// Package reference holds what the three reference servers share: how their peculiarities are named.
//
// A reference server conforms to its documents. A fault breaks one documented behaviour, a variant does something the
// documents leave open the other way. Neither knows of the suites that judge them.
package reference

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Fault is one documented behaviour done wrong.
type Fault struct {
	Name   string // what is wrong: session-id-unquoted
	Says   string // the same in a sentence
	Clause string // the clause that it breaks, which a suite must name
	HTTPS  bool   // shows only where the server is asked over https
}

// Server is the reference server of one API.
type Server struct {
	API      string // as targets.yaml has it
	Faults   []Fault
	Variants []Variant
	// New makes the server with the named faults and variants. The error names an unknown one.
	New func(with []string) (*Made, error)
	Try string // a call to try it with, below Made.Base
	// AnySession are the clauses that wire.AnySession may meet: it answers each call with a new session, and nothing else.
	AnySession []string
}

// Made is a reference server that does not listen yet.
type Made struct {
	Handler http.Handler
	Base    string // the path before its calls, without a slash at its end; may be empty
	// Settings are the accounts of a target for it, as targets.yaml has them: user and so on. Name, api and url are
	// missing.
	Settings map[string]any
}

// Variant is something that the documents leave open, done another way.
type Variant struct {
	Name string
	Says string
	Open string // the clauses that cannot be judged of it, with blanks between: they must be found inconclusive
}

// Peculiarities are the active faults and variants of one server, by name.
type Peculiarities map[string]bool

// Has says whether the named fault or variant is active. Its name must be listed: see Choose.
func (p Peculiarities) Has(name string) bool { return p[name] }

// Choose activates the named faults and variants of those known. An unknown name is an error naming the nearest ones.
func Choose(names, known []string) (Peculiarities, error) {
	chosen := Peculiarities{}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("no fault or variant is named %q; similar: %s", name, Similar(name, known))
		}
		chosen[name] = true
	}
	return chosen, nil
}

// Similar lists the known names that share a word with the name, at most five, in order.
func Similar(name string, known []string) string {
	var found []string
	for _, k := range known {
		if slices.ContainsFunc(strings.Split(name, "-"), func(word string) bool {
			return len(word) > 2 && strings.Contains(k, word)
		}) {
			found = append(found, k)
		}
	}
	if len(found) == 0 {
		return "none (list them with: conformance serve --list)"
	}
	slices.Sort(found)
	return strings.Join(found[:min(5, len(found))], ", ")
}
