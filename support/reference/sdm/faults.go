package sdm

import (
	"slices"

	"session-conformance/support/reference"
)

var peculiarities = slices.Concat(sessionFaults, answerFaults, xmlFaults, jsonFaults, refusalFaults,
	valueFaults, narrowFaults, doorFaults, timeFaults, sampleFaults, variants, capped)

// narrowFaults are about userNames and passwords that are read in an alphabet of fewer characters.
var narrowFaults = slices.Concat(
	reference.Narrowed("user-name", [2]string{"sdm-user-name-in-full", "sdm-user-name-in-full"},
		func(alike func(right, came string) bool) effect {
			return lets(named(func(given, real string) bool { return alike(real, given) }), withPassword)
		}),
	reference.Narrowed("password", [2]string{"sdm-password-exact", "sdm-password-exact"},
		func(alike func(right, came string) bool) effect {
			return accepts(wrongPassword, forPassword(func(given, real string) bool { return alike(real, given) }))
		}))

// Faults are all the ways in which this server can break the document, Variants those in which it can stay within it.
var (
	Faults   = reference.Faults(peculiarities)
	Variants = reference.Variants(peculiarities)
)
