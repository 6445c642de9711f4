package sdm

import (
	"slices"

	"session-conformance/support/reference"
)

// Faults are all the ways in which this server can break the document.
var Faults = slices.Concat(sessionFaults, answerFaults, xmlFaults, jsonFaults, refusalFaults)

// fault is one fault without its clause.
type fault struct{ name, says string }

// breaks makes faults that break the clause.
func breaks(clause string, all ...fault) []reference.Fault {
	faults := make([]reference.Fault, 0, len(all))
	for _, f := range all {
		faults = append(faults, reference.Fault{Name: f.name, Says: f.says, Clause: clause})
	}
	return faults
}

// overHTTPS marks faults that show only over https.
func overHTTPS(faults []reference.Fault) []reference.Fault {
	for i := range faults {
		faults[i].HTTPS = true
	}
	return faults
}
