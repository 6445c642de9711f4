// Package suites names the suites that the program judges by.
package suites

import (
	"session-conformance/suites/saymon"
	"session-conformance/suites/sdm"
	"session-conformance/suites/sessions"
	"session-conformance/support/reference"
	"session-conformance/support/suite"
)

// All are the suites of all APIs, in the order of reports.
func All() []*suite.Suite { return []*suite.Suite{saymon.Suite(), sdm.Suite(), sessions.Suite()} }

// Servers are the reference servers of all APIs.
func Servers() (all []reference.Server) {
	for _, s := range All() {
		all = append(all, s.Reference())
	}
	return all
}

// Of is the suite of an API; nil where there is none.
func Of(api string) *suite.Suite {
	for _, s := range All() {
		if s.API() == api {
			return s
		}
	}
	return nil
}
