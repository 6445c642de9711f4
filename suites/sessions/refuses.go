package sessions

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// requireRight ends the spec where a way in does not accept a login made right: being refused by a server that refuses
// everything proves nothing.
func requireRight(ev *suite.Evidence, w *session.Way) {
	switch w {
	case byPassword:
		live(ev)
	case byToken:
		withToken(ev)
	case asNode:
		ev.Requires("sessions-node-opens", latest(ev, nodeLogin, nodeLoginAgain))
	case otherWay:
		ev.Requires("sessions-login-sets-cookie", ev.Of(otherLogin))
	}
}

// refuses declares the specs of the logins that a way in must refuse.
func refuses(ev *suite.Evidence, w *session.Way) {
	for _, r := range refusals.Where(func(r *session.Refusal) bool { return r.Way == w }) {
		if likeTheSample(r) {
			acceptsNothing(ev, r)
			continue
		}
		It(r.Text, clause(r.Clause, r.Step.Scenario(), Sessionless, w.Scenario()), func() {
			requireRight(ev, w)
			if r.Kind == session.Unreadable {
				Expect(ev.Of(r.Step)).To(BeClientError())
				return
			}
			expectRefused(ev, r.Step)
		})
	}
}

// likeTheSample says whether a login carries no credentials, as the document's sample request, which is answered 201.
func likeTheSample(r *session.Refusal) bool {
	return slices.Contains([]string{"sessions-login-without-credentials", "sessions-token-missing", "sessions-node-empty"},
		r.Clause)
}

// acceptsNothing declares the specs of a login like the document's sample: it may be answered 201, and must open
// nothing.
func acceptsNothing(ev *suite.Evidence, r *session.Refusal) {
	reads := []*Scenario{r.Step.Scenario(), LogIn, Sessionless, r.Way.Scenario()}
	It(r.Text, clause("sessions-no-credentials-refused", reads...), func() {
		requireRight(ev, r.Way)
		Expect(ev.Of(r.Step)).To(BeRefused())
	})
	It(strings.Replace(r.Text, "refuses", "opens no user's session for", 1), clause(r.Clause, reads...), func() {
		live(ev) // so that a session that was opened would be seen
		requireRight(ev, r.Way)
		login := ev.Of(r.Step)
		if len(ev.Attempts(r.Step)) > 0 {
			ev.Requires("sessions-user-invented-session")
		}
		Expect(login).To(leaveNoLive(ev))
	})
}

// refusesWrongPasswords declares the specs of wrong passwords.
func refusesWrongPasswords(ev *suite.Evidence) {
	It("refuses a wrong password", clause("sessions-login-wrong-password", LogIn, RefusedLogins, Sessionless), func() {
		live(ev)
		expectRefused(ev, wrongPassword)
	})
	alsoRefuses := func(text, id string, step *Step, also ...*Scenario) {
		It(text, clause(id, append(also, LogIn, RefusedLogins, Sessionless)...), func() {
			wrongRefused(ev)
			expectRefused(ev, step)
		})
	}
	alsoRefuses("refuses a password that lacks its last character", "sessions-login-password-whole", lastCharacter)
	alsoRefuses("refuses the password with a blank behind it", "sessions-login-password-whole", blankBehind, Moves)
	alsoRefuses("refuses the password of another user", "sessions-login-wrong-password", othersPassword, NewID)
	It("does not put the user into the session that another user has, who is refused",
		clause("sessions-login-wrong-password", LogIn, OtherUser, NewID, Sessionless), func() {
			live(ev)
			ev.Requires("sessions-login-whose-session")
			ev.RequiresPart("sessions-login-wrong-password", ev.Of(othersPassword), BeRefused())
			Expect(ev.Of(bystanderAfter)).To(haveAnotherGUID(ownDetails(ev, details)))
		})
	alsoRefuses("refuses a password in the other case", "sessions-login-password-case", otherCase)

	unknown := unknownLogin()
	It("refuses a login that no user has when it comes again", clause("sessions-login-unknown-login", LogIn, Sessionless,
		unknown.Scenario(), Moves), func() {
		live(ev)
		ev.RequiresPart("sessions-login-unknown-login", ev.Of(unknown), BeRefused())
		expectRefused(ev, movesNobody)
	})
	It("refuses a wrong password and an unknown login alike", clause("sessions-login-refusals-alike", LogIn, RefusedLogins,
		unknown.Scenario()), func() {
		live(ev)
		ev.RequiresPart("sessions-login-wrong-password", ev.Of(wrongPassword), BeRefused())
		ev.Requires("sessions-login-unknown-login", ev.Of(unknown))
		Expect(ev.Of(unknown)).To(beRefusedLike(ev.Of(wrongPassword)))
	})
}

// unknownLogin is the login of nobody with a password like the right one.
func unknownLogin() *Step { return refusals.Of("sessions-login-unknown-login")[0].Step }

// The second account is sent the wrong passwords for which the first one has no room.
var _ = sessions.Describe("Log in as the other user", func(ev *suite.Evidence) {
	for _, r := range nearMisses {
		It(r.Text, clause(r.Clause, OtherUser, LogIn, RefusedLogins, Sessionless), func() {
			requireRight(ev, otherWay)
			if !r.Beside {
				wrongRefused(ev)
			}
			expectRefused(ev, r.Step)
		})
	}
})

// wrongRefused ends the spec where a wrong password is accepted: nothing is to be said of one that is nearly right
// then.
func wrongRefused(ev *suite.Evidence) {
	live(ev)
	if !ev.Of(wrongPassword).Succeeded() && len(ev.Attempts(wrongPassword)) > 0 {
		ev.Requires("sessions-user-invented-session")
	}
	ev.Requires("sessions-login-wrong-password")
}

var (
	// ofOneRequest are the names of members that say which request it was, or when.
	ofOneRequest = regexp.MustCompile(`(?i)time|date|request|trace|span|correlation|instance|nonce|uuid|id$`)
	// drawn are texts that differ from request to request: times, and long runs that look drawn at random.
	drawn = regexp.MustCompile(
		`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?([.,]\d+)?(Z|[+-]\d\d:?\d\d)?|\d{9,}|[A-Za-z0-9+/_=-]{16,}`)
)

// beRefusedLike is met by a refusal with the status and the words of another one. The login that was sent, times and
// request numbers do not count.
func beRefusedLike(other *exchange.Exchange) types.GomegaMatcher {
	return Meet("the answer to a wrong password: "+Outline(other), func(e *exchange.Exchange) bool {
		logins := []string{loginOf(e), loginOf(other)}
		return e.Status() == other.Status() && words(e, logins) == words(other, logins)
	}, Outline)
}

// words are the body of a refusal without what belongs to one request only.
func words(e *exchange.Exchange, logins []string) string {
	text := string(e.Body())
	var value any
	if _, ok := ParseJSON(e); ok && json.Unmarshal(e.Body(), &value) == nil {
		if canonical, err := json.Marshal(stripped(value)); err == nil {
			text = string(canonical)
		}
	}
	for _, login := range logins {
		if login != "" {
			text = strings.ReplaceAll(text, login, "…")
		}
	}
	return drawn.ReplaceAllString(text, "…")
}

// loginOf is the login that a request names.
func loginOf(e *exchange.Exchange) string { return gjson.GetBytes(e.Request.Body, "login").String() }

// stripped is a JSON value without the members that belong to one request only.
func stripped(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if ofOneRequest.MatchString(name) {
				delete(v, name)
				continue
			}
			v[name] = stripped(inner)
		}
	case []any:
		for i := range v {
			v[i] = stripped(v[i])
		}
	}
	return value
}
