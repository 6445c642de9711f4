package reference

import (
	"fmt"
	"math"
	"strings"
)

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
	var known []string
	for _, p := range list {
		known = append(known, p.Name)
	}
	chosen, err := Choose(names, known)
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

// Capped are the variants of a server on which a user has few sessions at once: a further login ends the eldest, or is
// refused with a status. That may be said first, whatever the password. lasting are the clauses that cannot be judged
// where a user suddenly has one session.
func Capped[S any](lasting string, endsEldest func(most Most) func(S),
	refuses func(bound Bound, status int, first bool) func(S)) (all List[S]) {
	sessions := func(n int) string {
		if n == 1 {
			return "one session"
		}
		return fmt.Sprintf("%d sessions", n)
	}
	for most := 1; most <= 4; most++ {
		all = append(all, Is(fmt.Sprintf("ends-the-eldest-of-%d-sessions", most),
			fmt.Sprintf("A user has %s at most: a further login ends the eldest.", sessions(most)),
			endsEldest(atMost(most, 0)))...)
		if most < 3 {
			later := Is(fmt.Sprintf("ends-the-eldest-of-%d-sessions-later", most),
				fmt.Sprintf("From the tenth login on a user has %s at most: a further login ends the eldest.",
					sessions(most)), endsEldest(atMost(most, 10)))
			if most == 1 {
				later[0].Open = lasting
			}
			all = append(all, later...)
		}
	}
	refused := func(name, when string, first bool, bounds ...[2]int) {
		for _, b := range bounds {
			all = append(all, Is(fmt.Sprintf("%s-more-than-%d-sessions-by-%d", name, b[0], b[1]),
				fmt.Sprintf("A user has %s at most: further logins are answered %d%s.", sessions(b[0]), b[1], when),
				refuses(bound(b[0], 0), b[1], first))...)
		}
	}
	refused("refuses", "", false, [2]int{1, 403}, [2]int{1, 401}, [2]int{1, 429}, [2]int{2, 409}, [2]int{2, 401},
		[2]int{2, 429}, [2]int{3, 403}, [2]int{3, 400}, [2]int{4, 401}, [2]int{5, 403}, [2]int{10, 403})
	refused("says-first-of", ", whatever the password", true, [2]int{1, 403}, [2]int{1, 429}, [2]int{2, 403},
		[2]int{3, 409})
	for most := 3; most <= 4; most++ {
		all = append(all, Is(fmt.Sprintf("refuses-more-than-%d-sessions-later", most),
			fmt.Sprintf("From the twentieth login on a user has %s at most: further logins are answered 403.",
				sessions(most)), refuses(bound(most, 20), 403, false))...)
	}
	return all
}

// Most makes what tells of each login how many sessions its user may have with the new one.
type Most func() (most func() int)

// atMost allows so many, and any number to so many logins before.
func atMost(most, before int) Most {
	return func() func() int {
		logins := 0
		return func() int {
			if logins++; logins < before {
				return math.MaxInt
			}
			return most
		}
	}
}

// Bound makes what tells of each login whether it is one too many, where so many sessions of its user live.
type Bound func() (full func(live int) bool)

// bound allows so many sessions, and any number to so many logins before.
func bound(most, before int) Bound {
	return func() func(int) bool {
		logins := 0
		return func(live int) bool {
			logins++
			return logins >= before && live >= most
		}
	}
}

// alphabets are how servers read texts that keep them in fewer bits.
var alphabets = []struct {
	name, says string
	read       func(text string) string
}{
	{"of-last-bytes", "of each of its characters only the last byte counts", func(text string) string {
		return strings.Map(func(c rune) rune { return c & 0xff }, text)
	}},
	{"without-emoji", "its characters beyond the first plane are left out", func(text string) string {
		return strings.Map(func(c rune) rune {
			if c > 0xffff {
				return -1
			}
			return c
		}, text)
	}},
	{"to-four-bytes", "it ends before a character of four bytes", func(text string) string {
		text, _, _ = strings.Cut(strings.Map(func(c rune) rune { return min(c, 0x10000) }, text), "\U00010000")
		return text
	}},
}

// Narrowed are the faults of a server that keeps a field of a login in fewer bits, and so takes a text for another one;
// that with last bytes comes first. admits lets in who sends another text for the right one, where they are alike.
func Narrowed[S any](field string, admits func(alike func(right, came string) bool) func(S)) (all List[S]) {
	for _, a := range alphabets {
		all = append(all, Is(field+"-"+a.name, "The "+field+" is read so that "+a.says+".",
			admits(func(right, came string) bool { return right != came && a.read(right) == a.read(came) }))...)
	}
	return all
}
