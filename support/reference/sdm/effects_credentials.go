package sdm

import (
	"encoding/json"
	"regexp"
	"strings"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// member is a member of a login's JSON object, absent where there is none.
func (t *turn) member(name string) any {
	var members reference.Fields
	if t.sent != asJSON || json.Unmarshal(t.body, &members) != nil {
		return reference.Missing{}
	}
	return members.Value(name)
}

// holding holds for logins in JSON in which a member has such a value.
func holding(name string, such like.Kind) condition {
	return func(t *turn) bool { return such.Is(t.member(name)) }
}

// Such values a member of JSON may have.
var (
	query   = like.Query("$ne")
	noText  = like.Kind{Name: "no-text", Says: "no text", Is: isNoText}
	oddName = like.Text("constructor", "constructor", like.Word("constructor", "__proto__"))
)

func isNoText(v any) bool { _, isText := v.(string); return !isText && !like.Absent.Is(v) && v != nil }

// withPassword holds for logins that carry the first user's password.
func withPassword(t *turn) bool {
	if t.given.password != nil {
		return *t.given.password == t.config.User.Password
	}
	return t.member("password") == t.config.User.Password
}

// inList holds for logins in which a member is a list that holds the right text alone.
func inList(name string) condition {
	return func(t *turn) bool {
		sent := map[string]any{"userName": t.member("userName"), "password": t.member("password")}
		list, _ := sent[name].([]any)
		if len(list) != 1 {
			return false
		}
		sent[name] = list[0]
		account, known := t.accountWhere(func(a Account) bool {
			return sent["userName"] == a.UserName && sent["password"] == a.Password
		})
		t.account = account
		return known
	}
}

// named holds for logins with a userName that a careless server takes for the first user's.
func named(alike func(right, came string) bool) condition {
	return func(t *turn) bool { return t.given.userName != nil && alike(t.config.User.UserName, *t.given.userName) }
}

// empty holds for logins in which a field is there and empty.
func empty(field func(credentials) *string) condition {
	return func(t *turn) bool { text := field(t.given); return text != nil && strings.TrimSpace(*text) == "" }
}

func userName(c credentials) *string { return c.userName }
func password(c credentials) *string { return c.password }

// bodyHas holds for logins whose body has the text, bodyLike where it has a part of the pattern.
func bodyHas(text string) condition { return bodyLike(regexp.QuoteMeta(text)) }

func bodyLike(pattern string) condition {
	like := regexp.MustCompile(pattern)
	return func(t *turn) bool { return like.Match(t.body) }
}

func passwordOf(a Account) string { return a.Password }
func nameOf(a Account) string     { return a.UserName }

// noLengthOf says that no account has a text of that length.
func (s *Server) noLengthOf(came string, of func(Account) string) bool {
	_, has := s.accountWhere(func(a Account) bool { return len(of(a)) == len(came) })
	return !has
}
