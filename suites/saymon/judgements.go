package saymon

import (
	"net/url"
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

// haveUUID is met by a body whose ID has the form of a UUID.
func haveUUID() types.GomegaMatcher {
	return InShell("uuid", Meet("an ID of the form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx in hexadecimal digits",
		func(e *exchange.Exchange) bool { return uuid.MatchString(ID(e)) }, Shown))
}

// notBeLive is met by a refused attempt to use what the answer to a refused login or call left.
func notBeLive(what, refused string) types.GomegaMatcher {
	return InShell("refused", Meet("no live "+what+" in the answer to the refused "+refused,
		func(e *exchange.Exchange) bool { return !e.Succeeded() },
		func(e *exchange.Exchange) string { return "a live " + what + ": it is answered " + Outline(e) }))
}

// named ends the spec where the answer about the current user names nobody: id and login stand in no document.
func named(current *exchange.Exchange) {
	GinkgoHelper()
	if text(current, "id") == "" && text(current, "login") == "" {
		suite.Skip(report.NotApplicable, "the answer about the current user has neither id nor login")
	}
}

// beUser is met by an answer about the current user that names the user, by id or by login where both are known: an id
// may have another form than in targets.yaml. It must not name the other user by either.
func beUser(user, other *target.User) types.GomegaMatcher {
	return InShell(namesInShell(user, other), Meet("the user "+user.Login+" "+user.ID,
		func(e *exchange.Exchange) bool { return isUser(e, user, other) }, whose))
}

// namesInShell says isUser in a script.
func namesInShell(user, other *target.User) string {
	if other == nil {
		other = &target.User{}
	}
	words := "names"
	for _, name := range []string{user.Login, user.Email, user.ID, other.Login, other.ID} {
		words += " =" + url.QueryEscape(name)
	}
	return words
}

func isUser(e *exchange.Exchange, user, other *target.User) bool {
	id, login, email := text(e, "id"), text(e, "login"), text(e, "email")
	same := func(a, b string) bool { return a != "" && strings.EqualFold(a, b) }
	if other != nil && (same(login, other.Login) || same(id, other.ID)) {
		return false
	}
	idDiffers := id != "" && user.ID != "" && !same(id, user.ID)
	// A product may take an email for a login, and name the user by either.
	loginDiffers := login != "" && !same(login, user.Login) && !same(login, user.Email) && !same(email, user.Login)
	if login == "" || id == "" || user.ID == "" {
		return !idDiffers && !loginDiffers
	}
	return !idDiffers || !loginDiffers
}

// whose says whom an answer about the current user names.
func whose(e *exchange.Exchange) string {
	return "id " + quoted(text(e, "id")) + ", login " + quoted(text(e, "login"))
}

// text is a member of the answer that is a string, or empty.
func text(e *exchange.Exchange, name string) string {
	if v := Member(e, name); v.Type == gjson.String {
		return v.String()
	}
	return ""
}

// beSameUserAs is met by an answer about the current user that names the one of another answer: by id where both have
// one, and by nothing else; else by any of the user's names, without case.
func beSameUserAs(other *exchange.Exchange, user *target.User) types.GomegaMatcher {
	names := func(name string) bool {
		return strings.EqualFold(name, user.Login) || user.Email != "" && strings.EqualFold(name, user.Email)
	}
	differs := func(e *exchange.Exchange) string {
		if mine, theirs := text(e, "id"), text(other, "id"); mine != "" && theirs != "" {
			if strings.EqualFold(mine, theirs) {
				return ""
			}
			return "id " + quoted(mine) + " in place of " + quoted(theirs)
		}
		mine, theirs := text(e, "login"), text(other, "login")
		if mine == "" || theirs == "" || strings.EqualFold(mine, theirs) || names(mine) && names(theirs) {
			return ""
		}
		return "login " + quoted(mine) + " in place of " + quoted(theirs)
	}
	return Meet("the same user as after a login with the login",
		func(e *exchange.Exchange) bool { return differs(e) == "" }, differs)
}

func quoted(s string) string {
	if s == "" {
		return "(none)"
	}
	return `"` + s + `"`
}
