// Package servers lists the reference servers of all APIs.
package servers

import (
	"fmt"
	"slices"

	"session-conformance/support/reference"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/sdm"
	"session-conformance/support/reference/sessions"
	"session-conformance/support/reference/wire"
)

// All are the reference servers of all APIs.
func All() []reference.Server {
	return []reference.Server{saymon.Reference, sdm.Reference, sessions.Reference}
}

// New makes the reference server of the API with the named faults and variants. The error names an unknown API, fault
// or variant.
func New(api string, with []string) (*reference.Made, error) {
	for _, r := range All() {
		if r.API == api {
			return r.New(with)
		}
	}
	return nil, fmt.Errorf("there is no reference server of the API %q", api)
}

// Names are those of all its faults and variants, and of the variants of how any server speaks.
func Names(r reference.Server) []string {
	var names []string
	for _, f := range r.Faults {
		names = append(names, f.Name)
	}
	for _, v := range slices.Concat(r.Variants, wire.Variants) {
		names = append(names, v.Name)
	}
	return names
}
