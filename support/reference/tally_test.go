//go:build unit

package reference

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestTalliesCountByAccount(t *testing.T) {
	g := NewWithT(t)
	var all Tallies
	g.Expect(all.Counted()).To(BeEmpty())
	all.Refused("admin", true)
	all.Refused("admin", false)
	all.LoggedIn("admin")
	all.Refused("admin", true)
	all.Live("admin", 3)
	all.Live("admin", 1)
	all.LoggedIn("operator")
	g.Expect(all.Counted()["admin"]).
		To(Equal(Tally{Good: 1, Refused: 3, WrongPasswords: 2, InARow: 2, LastRefused: true, Sessions: 3, row: 1}))
	g.Expect(all.Counted()["operator"]).To(Equal(Tally{Good: 1}))
}

type light struct{ on []string }

func TestApplyKeepsTheOrderOfTheList(t *testing.T) {
	g := NewWithT(t)
	turnOn := func(name string) func(*light) { return func(l *light) { l.on = append(l.on, name) } }
	list := []Peculiarity[*light]{
		{Name: "lamp-red", Says: "Red.", Clause: "light-white", Effect: turnOn("red")},
		{Name: "lamp-dim", Says: "Dim.", Effect: turnOn("dim")},
	}
	l := &light{}
	g.Expect(Apply(l, list, []string{"lamp-dim", "lamp-red"})).To(Succeed())
	g.Expect(l.on).To(Equal([]string{"red", "dim"}))
	g.Expect(Apply(l, list, []string{"lamp-blue"})).To(MatchError(ContainSubstring("similar: lamp-dim, lamp-red")))
	g.Expect(Faults(list)).To(ConsistOf(Fault{Name: "lamp-red", Says: "Red.", Clause: "light-white"}))
	g.Expect(Variants(list)).To(ConsistOf(Variant{Name: "lamp-dim", Says: "Dim."}))
}
