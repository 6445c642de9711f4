package saymon

import (
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	tokens "session-conformance/support/keycloak"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

var _ = saymon.Describe("Refuse a Keycloak token", func(ev *suite.Evidence) {
	const unknown, forged = "saymon-refuses-unknown-keycloak-token", "saymon-refuses-forged-keycloak-token"
	for _, odd := range oddTokens {
		reads := append(refusals.Of(unknown).Scenarios(), OddKeycloakTokens, LogInWithKeycloak, Sessionless)
		It(odd.text, clause(odd.clause, append(reads, refusals.Of(forged).Scenarios()...)...), func() {
			ev.Requires("saymon-session-by-keycloak")
			ev.Requires(unknown)
			ev.Requires(forged)
			expectNoLeeway(ev, odd)
			expectRefused(ev, odd.step)
		})
	}
})

// expectNoLeeway ends the spec where an expired token was accepted so soon after its end that it may be.
func expectNoLeeway(ev *suite.Evidence, odd oddToken) {
	e := ev.Of(odd.step)
	ago, err := time.ParseDuration(e.Notes[tokenEnded])
	if err == nil && ago < tokens.Leeway && e.Succeeded() {
		suite.Skip(report.NotApplicable,
			"the token was accepted "+ago.String()+" after its end, and a product may allow five minutes "+
				"for clocks that differ: set keycloak.expired_token to one that ended earlier")
	}
}

// tokenUser is whom the token of a login with Keycloak names, as far as it tells.
type tokenUser struct{ username, email string }

func namedBy(login *exchange.Exchange) tokenUser {
	return tokenUser{login.Notes[tokenUsername], login.Notes[tokenEmail]}
}

// is says whether the token names a user of that login and email.
func (u tokenUser) is(login, email string) bool {
	for _, mine := range []string{u.username, u.email} {
		for _, theirs := range []string{login, email} {
			if mine != "" && strings.EqualFold(mine, theirs) {
				return true
			}
		}
	}
	return false
}

// skipTokenOfAnother ends the spec where the Keycloak token names another user than the target's, or nobody.
func skipTokenOfAnother(user *target.User, login *exchange.Exchange) {
	switch u := namedBy(login); {
	case u == tokenUser{}:
		suite.Skip(report.NotApplicable, "the Keycloak token does not say whose it is")
	case !u.is(user.Login, user.Email):
		suite.Skip(report.NotApplicable,
			"the Keycloak token names "+quoted(u.username)+", which is not the user of targets.yaml")
	}
}

// skipAccountOfItsOwn ends the spec where the session is that of the user whom the token names, and that user has an
// account beside the one of targets.yaml: no document says how a realm's user and a user with a password belong
// together.
func skipAccountOfItsOwn(user, other *target.User, login, current *exchange.Exchange) {
	name, email, id := text(current, "login"), text(current, "email"), text(current, "id")
	if other != nil && (name != "" && strings.EqualFold(name, other.Login) || id != "" &&
		strings.EqualFold(id, other.ID)) {
		return
	}
	if id != "" && user.ID != "" && !strings.EqualFold(id, user.ID) && namedBy(login).is(name, email) {
		suite.Skip(report.NotApplicable, "the session is that of the user whom the Keycloak token names, who has another "+
			"id than the user of targets.yaml: no document says that the two are one")
	}
}

// beNamed is met by an answer about the current user whose login or email is the token's.
func beNamed(u tokenUser) types.GomegaMatcher {
	return Meet("the user whom the token names: "+quoted(u.username)+", email "+quoted(u.email),
		func(e *exchange.Exchange) bool { return u.is(text(e, "login"), text(e, "email")) },
		func(e *exchange.Exchange) string {
			return "login " + quoted(text(e, "login")) + ", email " + quoted(text(e, "email"))
		})
}
