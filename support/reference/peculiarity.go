package reference

// Peculiarity is a fault, where it names the clause that it breaks, or else a variant, and its effect on a server S.
type Peculiarity[S any] struct {
	Name   string
	Says   string
	Clause string // of a fault, see Fault.Clause
	Open   string // of a variant, see Variant.Open
	HTTPS  bool   // of a fault, see Fault.HTTPS
	Effect func(S)
}

// Apply lets the named peculiarities take effect on a server that is being made, in the order of the list. A name that
// is not in the list is an error naming the nearest ones.
func Apply[S any](server S, list []Peculiarity[S], names []string) error {
	chosen, err := Choose(names, Faults(list), Variants(list))
	if err != nil {
		return err
	}
	for _, p := range list {
		if chosen.Has(p.Name) {
			p.Effect(server)
		}
	}
	return nil
}

// Faults are those of the list that break a clause.
func Faults[S any](list []Peculiarity[S]) (faults []Fault) {
	for _, p := range list {
		if p.Clause != "" {
			faults = append(faults, Fault{Name: p.Name, Says: p.Says, Clause: p.Clause, HTTPS: p.HTTPS})
		}
	}
	return faults
}

// Variants are those of the list that break no clause.
func Variants[S any](list []Peculiarity[S]) (variants []Variant) {
	for _, p := range list {
		if p.Clause == "" {
			variants = append(variants, Variant{Name: p.Name, Says: p.Says, Open: p.Open})
		}
	}
	return variants
}
