package wire

import "session-conformance/support/reference"

// Names are those of all faults and variants of a server, and of the variants of how any server speaks.
func Names(r reference.Server) (names []string) {
	for _, f := range r.Faults {
		names = append(names, f.Name)
	}
	for _, list := range [][]reference.Variant{r.Variants, Variants} {
		for _, v := range list {
			names = append(names, v.Name)
		}
	}
	return names
}
