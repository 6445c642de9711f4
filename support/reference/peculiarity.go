package reference

import "fmt"

// Peculiarity is a fault, where it names the clause that it breaks, or else a variant, and its effect on a server S.
type Peculiarity[S any] struct {
	Name   string
	Says   string
	Clause string // of a fault, see Fault.Clause
	Open   string // of a variant, see Variant.Open
	HTTPS  bool   // of a fault, see Fault.HTTPS
	Effect func(S)
}

// List is one peculiarity or a family of them.
type List[S any] []Peculiarity[S]

// Is is a peculiarity with its effects.
func Is[S any](name, says string, effects ...func(S)) List[S] {
	return List[S]{{Name: name, Says: says, Effect: func(server S) {
		for _, take := range effects {
			take(server)
		}
	}}}
}

// Breaks are faults that break the clause.
func Breaks[S any](clause string, faults ...List[S]) List[S] {
	return mark(faults, func(p *Peculiarity[S]) { p.Clause = clause })
}

// OverHTTPS are faults that show only over https.
func OverHTTPS[S any](faults ...List[S]) List[S] {
	return mark(faults, func(p *Peculiarity[S]) { p.HTTPS = true })
}

// LeaveOpen are variants of which the clauses, with blanks between, cannot be judged.
func LeaveOpen[S any](clauses string, variants ...List[S]) List[S] {
	return mark(variants, func(p *Peculiarity[S]) { p.Open = clauses })
}

func mark[S any](lists []List[S], how func(*Peculiarity[S])) (all List[S]) {
	for _, list := range lists {
		for _, p := range list {
			how(&p)
			all = append(all, p)
		}
	}
	return all
}

// Answered are the peculiarities of a server that answers a request with each of these statuses in place of its own.
func Answered[S any](name, says string, by func(status int) func(S), statuses ...int) (all List[S]) {
	for _, status := range statuses {
		how := map[int]string{200: " with an error", 302: " with a redirect"}[status]
		all = append(all, Is(fmt.Sprintf("%s-%d", name, status), fmt.Sprintf("%s is answered %d%s.", says, status, how),
			by(status))...)
	}
	return all
}

// Apply lets the named peculiarities take effect on a server that is being made, in the order of the list. A name that
// is not in the list is an error naming the nearest ones.
func Apply[S any](server S, list List[S], names []string) error {
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
func Faults[S any](list List[S]) (faults []Fault) {
	for _, p := range list {
		if p.Clause != "" {
			faults = append(faults, Fault{Name: p.Name, Says: p.Says, Clause: p.Clause, HTTPS: p.HTTPS})
		}
	}
	return faults
}

// Variants are those of the list that break no clause.
func Variants[S any](list List[S]) (variants []Variant) {
	for _, p := range list {
		if p.Clause == "" {
			variants = append(variants, Variant{Name: p.Name, Says: p.Says, Open: p.Open})
		}
	}
	return variants
}
