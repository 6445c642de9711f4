package proof

import (
	"fmt"
	"net/http"

	"session-conformance/support/reference"
)

// What a run may send to a configured account, whatever the target is like.
const (
	wrongPasswords = 5  // texts that are not the password
	otherRefused   = 10 // logins that name the account and must not succeed for another reason
	liveSessions   = 3  // that live at once, where a logout works and ends no other session
)

// overspent says where a run sent an account more refused logins than it may, or two without a good login between, or
// held more sessions of it than it may.
func overspent(c Case, handler http.Handler) (problems []string) {
	counting, does := handler.(interface {
		Counted() map[string]reference.Tally
	})
	if !does {
		return nil
	}
	for account, t := range counting.Counted() {
		outOfOrder := t.InARow > 1 || t.LastRefused
		if t.Good == 0 { // nobody is let in: then control tries one other form or way, and no more
			outOfOrder = t.Refused > 2
		}
		if c.Kind == Reference && t.Sessions > liveSessions {
			problems = append(problems, fmt.Sprintf("%s: %d sessions of the account %s lived at once on the %s: end them sooner",
				c.API, t.Sessions, account, c.Name))
		}
		if t.WrongPasswords > wrongPasswords || t.Refused-t.WrongPasswords > otherRefused || outOfOrder {
			problems = append(problems, fmt.Sprintf(
				"%s: %s %s: the account %s saw %d wrong passwords and %d other refused logins, "+
					"%d without a good one between; the last one was refused: %t", c.API, c.Kind, c.Name, account, t.WrongPasswords,
				t.Refused-t.WrongPasswords, t.InARow, t.LastRefused))
		}
	}
	return problems
}
