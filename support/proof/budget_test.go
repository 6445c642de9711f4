//go:build unit

package proof

import (
	"net/http"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference"
)

type counted map[string]reference.Tally

func (c counted) Counted() map[string]reference.Tally        { return c }
func (counted) ServeHTTP(http.ResponseWriter, *http.Request) {}

func TestWhatAnAccountMaySee(t *testing.T) {
	for name, tally := range map[string]reference.Tally{
		"":               {Good: 14, Refused: 13, WrongPasswords: 5, InARow: 1},
		"nobody let in":  {Refused: 2, WrongPasswords: 0, InARow: 2, LastRefused: true},
		"third":          {Refused: 3, InARow: 3, LastRefused: true},
		"wrong":          {Good: 14, Refused: 6, WrongPasswords: 6, InARow: 1},
		"others":         {Good: 14, Refused: 11, InARow: 1},
		"two in a row":   {Good: 2, Refused: 3, InARow: 2},
		"last":           {Good: 2, Refused: 3, InARow: 1, LastRefused: true},
		"the only one":   {Good: 1, Refused: 1, InARow: 1, LastRefused: true},
		"refused at all": {Good: 1},
	} {
		problems := overspent(Case{API: "saymon", Kind: Variant, Name: name}, counted{"user": tally})
		fine := name == "" || name == "nobody let in" || name == "refused at all"
		NewWithT(t).Expect(len(problems) == 0).To(Equal(fine), "%s: %v", name, problems)
	}
	many := counted{"user": {Good: 9, Sessions: 4}}
	NewWithT(t).Expect(overspent(Case{Kind: Reference, Name: "reference"}, many)).
		To(ConsistOf(ContainSubstring("4 sessions")))
	NewWithT(t).Expect(overspent(Case{Kind: Fault, Name: "no-logout"}, many)).To(BeEmpty())
}
