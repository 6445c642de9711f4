//go:build unit

package session

import (
	"fmt"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

func TestFieldsWithAnotherValue(t *testing.T) {
	g := NewWithT(t)
	right := Fields{{"login", "ann"}, {"password", `a"<`}, {"params", Fields{{"token", "t"}, {"more", 1}}}}
	const inner = `"params":{"token":"t","more":1}}`
	g.Expect(right.JSON()).To(Equal(`{"login":"ann","password":"a\"<",` + inner))
	for _, c := range []struct {
		field string
		value any
		is    string
	}{
		{"password", Absent, `{"login":"ann",` + inner},
		{"password", Null, `{"login":"ann","password":null,` + inner},
		{"password", Empty, `{"login":"ann","password":"",` + inner},
		{"login", []int{1}, `{"login":[1],"password":"a\"<",` + inner},
		{"params.token", Absent, `{"login":"ann","password":"a\"<","params":{"more":1}}`},
		{"params.token", "x", `{"login":"ann","password":"a\"<","params":{"token":"x","more":1}}`},
		{"params", Absent, `{"login":"ann","password":"a\"<"}`},
	} {
		g.Expect(right.With(c.field, c.value).JSON()).To(Equal(c.is), "%s: %v", c.field, c.value)
	}
	g.Expect(right.JSON()).To(HaveSuffix(inner), "the right fields stay as they are")
}

func TestIDsInABody(t *testing.T) {
	for body, ids := range map[string][]string{
		`{"message":"Session 5f0c8f4e-1111-4222-8333-444455556666."}`: {"5f0c8f4e-1111-4222-8333-444455556666"},
		`sid=0A9f0A9f0A9f0A9f.tomcat1`:                                {"0A9f0A9f0A9f0A9f.tomcat1"},
		`"c2Vzc2lvbi1pZC0xMjM0NTY3OA=="`:                              {"c2Vzc2lvbi1pZC0xMjM0NTY3OA=="},
		`Authentication failed for this request`:                      nil,
		`InvalidCredentialsException`:                                 nil,
	} {
		e := &exchange.Exchange{Answer: &exchange.Answer{Body: []byte(body)}}
		NewWithT(t).Expect(IDs(e)).To(HaveLen(len(ids)), body)
		NewWithT(t).Expect(IDs(e)).To(ContainElements(ids), body)
	}
}

func TestLeftoversAreTriedOnce(t *testing.T) {
	g := NewWithT(t)
	refused, live := evidence.NewStep("log in"), (&evidence.API{}).Attempt(Live)
	var tried []string
	TryLeftovers(refused, live, []string{"a", "", "a", "b", "c", "d", "e"}, func(step *evidence.Step, leftover string) {
		g.Expect(step.TryOf).To(BeIdenticalTo(refused))
		tried = append(tried, fmt.Sprint(step.Name, ": ", leftover))
	})
	g.Expect(tried).To(Equal([]string{"log in, is 1 live: a", "log in, is 2 live: b", "log in, is 3 live: c",
		"log in, is 4 live: d"}))
}

func TestAMisspeltClauseOfARefusalPanics(t *testing.T) {
	g := NewWithT(t)
	all := Refusals{{Clause: "a-b"}}
	g.Expect(all.Of("a-b")).To(HaveLen(1))
	g.Expect(func() { all.Of("a-bb") }).To(PanicWith("no refusal is declared for a-bb"))
}
