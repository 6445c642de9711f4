package sdm

import (
	"slices"

	"session-conformance/support/reference"
)

var peculiarities = slices.Concat(sessionFaults, answerFaults, xmlFaults, jsonFaults, refusalFaults,
	valueFaults, doorFaults, timeFaults, sampleFaults, variants)

// Faults are all the ways in which this server can break the document, Variants those in which it can stay within it.
var (
	Faults   = reference.Faults(peculiarities)
	Variants = reference.Variants(peculiarities)
)
