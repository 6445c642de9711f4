package saymon

import (
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
	"session-conformance/support/target"
)

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// haveID is met by a body with a session ID or token, quoted or not.
func haveID() types.GomegaMatcher {
	return That("an ID that is not empty", func(e *exchange.Exchange) (bool, string) {
		return ElseBody(strings.TrimSpace(ID(e)) != "", e)
	})
}

// haveIDOrEmpty is met where the body is an ID or a quoted string of any kind.
func haveIDOrEmpty() types.GomegaMatcher {
	return That("a quoted string", func(e *exchange.Exchange) (bool, string) {
		_, err := JSONString(e.Body())
		return ElseBody(err == nil || ID(e) != "", e)
	})
}

// createToken is met by a 2xx that carries something to read a token from.
func createToken() types.GomegaMatcher {
	return That("a status 2xx with a token", func(e *exchange.Exchange) (bool, string) {
		_, err := JSONString(e.Body())
		return ElseOutline(e.Succeeded() && (err == nil || ID(e) != ""), e)
	})
}

// haveUUID is met by a body whose ID has the form of a UUID.
func haveUUID() types.GomegaMatcher {
	return That("an ID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx in hexadecimal digits", func(e *exchange.Exchange) (bool, string) {
		return ElseBody(uuid.MatchString(ID(e)), e)
	})
}

// openSession is met by a 2xx that carries a session ID, in its body or in its cookie.
func openSession() types.GomegaMatcher {
	return That("a status 2xx with a session ID", func(e *exchange.Exchange) (bool, string) {
		return ElseOutline(SessionID(e) != "", e)
	})
}

// usable says that a cookie is set and not taken back.
func usable(c exchange.Cookie) bool { return !c.Deletes() }

// named ends the spec where the answer about the current user names nobody: id and login stand in no document.
func named(current *exchange.Exchange) {
	GinkgoHelper()
	if text(current, "id") == "" && text(current, "login") == "" {
		suite.Skip(report.NotApplicable, "the answer about the current user has neither id nor login")
	}
}

// beUser is met by an answer about the current user that names the user, by id where both are known, and by nothing else.
func beUser(user, other *target.User) types.GomegaMatcher {
	return That("the user "+user.Login+" "+user.ID, func(e *exchange.Exchange) (bool, string) {
		id, login, email := text(e, "id"), text(e, "login"), text(e, "email")
		got := "id " + quoted(id) + ", login " + quoted(login)
		if other != nil && login != "" && strings.EqualFold(login, other.Login) {
			return false, got
		}
		if id != "" && user.ID != "" {
			return strings.EqualFold(id, user.ID), got
		}
		same := func(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
		// A product may take an email for a login, and name the user by either.
		return login == "" || same(login, user.Login) || same(login, user.Email) || same(email, user.Login), got
	})
}

// text is a member of the answer that is a string, or empty.
func text(e *exchange.Exchange, name string) string {
	if v := Member(e, name); v.Type == gjson.String {
		return v.String()
	}
	return ""
}

// beSameUserAs is met by an answer about the current user that names the one of another answer: by id where both have one, and by
// nothing else; else by any of the user's names, without case.
func beSameUserAs(other *exchange.Exchange, user *target.User) types.GomegaMatcher {
	return That("the same user as after a login with the login", func(e *exchange.Exchange) (bool, string) {
		differs := func(field, mine, theirs string) (bool, string) {
			return false, field + " " + quoted(mine) + " in place of " + quoted(theirs)
		}
		if mine, theirs := text(e, "id"), text(other, "id"); mine != "" && theirs != "" {
			if !strings.EqualFold(mine, theirs) {
				return differs("id", mine, theirs)
			}
			return true, ""
		}
		names := func(name string) bool {
			return strings.EqualFold(name, user.Login) || user.Email != "" && strings.EqualFold(name, user.Email)
		}
		mine, theirs := text(e, "login"), text(other, "login")
		if mine == "" || theirs == "" || strings.EqualFold(mine, theirs) || names(mine) && names(theirs) {
			return true, ""
		}
		return differs("login", mine, theirs)
	})
}

func quoted(s string) string {
	if s == "" {
		return "(none)"
	}
	return `"` + s + `"`
}
