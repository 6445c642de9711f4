package sdm

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"
)

// lets lets in a login that is refused: as the account that it names, or as the first one where it names none.
func lets(only ...condition) effect {
	return at(reading, func(t *turn) {
		name, _ := t.member("userName").(string)
		if account, known := t.accountOf(name); known {
			t.account = account
		}
		if t.account.UserName == "" {
			t.account = t.config.User
		}
		t.why = fine
	}, where(only, of(login), not(because(fine, unknownVersion, versionAlmost, versionSpelt)))...)
}

// breaks500 answers a login that is refused with a 500.
func breaks500(only ...condition) effect {
	return status(500, where(only, of(login), not(because(fine, unknownVersion, versionAlmost, versionSpelt)))...)
}

// absent is the value of a member that is not there.
type absent struct{}

// member is a member of a login's JSON object, absent where there is none.
func (t *turn) member(name string) any {
	var members map[string]any
	if t.sent != asJSON || json.Unmarshal(t.body, &members) != nil {
		return absent{}
	}
	value, there := members[name]
	if !there {
		return absent{}
	}
	return value
}

// holding holds for logins in JSON in which a member has such a value.
func holding(name string, such func(any) bool) condition {
	return func(t *turn) bool { return such(t.member(name)) }
}

// Such values a member of JSON may have.
var (
	isAbsent  = func(v any) bool { _, is := v.(absent); return is }
	isNull    = func(v any) bool { return v == nil }
	isObject  = func(v any) bool { _, is := v.(map[string]any); return is }
	isList    = func(v any) bool { _, is := v.([]any); return is }
	isNumber  = func(v any) bool { _, is := v.(float64); return is }
	isTrue    = func(v any) bool { return v == true }
	isNoText  = func(v any) bool { _, isText := v.(string); return !isText && !isAbsent(v) && v != nil }
	isQuery   = func(v any) bool { o, is := v.(map[string]any); _, ne := o["$ne"]; return is && ne }
	isLong    = func(v any) bool { text, _ := v.(string); return len(text) > 1000 }
	isOddName = func(v any) bool { text, _ := v.(string); return text == "constructor" || text == "__proto__" }
)

// withPassword holds for logins that carry the first user's password.
var withPassword condition = func(t *turn) bool {
	password := t.given.password
	if text, isText := t.member("password").(string); password == nil && isText {
		password = &text
	}
	return password != nil && *password == t.config.User.Password
}

// inList holds for logins whose password is a list that holds the right one.
var inList condition = func(t *turn) bool {
	list, _ := t.member("password").([]any)
	name, _ := t.member("userName").(string)
	account, known := t.accountOf(name)
	return known && len(list) == 1 && list[0] == account.Password
}

// named holds for logins with a userName, and a careless server takes for the first user's.
func named(like func(given, real string) bool) condition {
	return func(t *turn) bool { return t.given.userName != nil && like(*t.given.userName, t.config.User.UserName) }
}

// byRegexp, byGlob and byLike compare names as patterns; byStart by their beginning.
func byRegexp(given, real string) bool {
	pattern, err := regexp.Compile("^(?:" + given + ")$")
	return err == nil && pattern.MatchString(real)
}

func byGlob(given, real string) bool {
	matched, err := path.Match(given, real)
	return err == nil && matched
}

func byLike(given, real string) bool {
	pattern := strings.NewReplacer("%", ".*", "_", ".").Replace(regexp.QuoteMeta(given))
	return byRegexp(pattern, real)
}

func byStart(given, real string) bool { return given != "" && strings.HasPrefix(real, given) }

// userNameHas holds for logins whose userName has the text.
func userNameHas(text string) condition {
	return func(t *turn) bool { return t.given.userName != nil && strings.Contains(*t.given.userName, text) }
}

// empty holds for logins in which a field is there and empty.
func empty(field func(credentials) *string) condition {
	return func(t *turn) bool { text := field(t.given); return text != nil && strings.TrimSpace(*text) == "" }
}

func userName(c credentials) *string { return c.userName }
func password(c credentials) *string { return c.password }

// bodyHas holds for logins whose body has the text.
func bodyHas(text string) condition {
	return func(t *turn) bool { return strings.Contains(string(t.body), text) }
}

func passwordOf(a Account) string { return a.Password }
func nameOf(a Account) string     { return a.UserName }

// noLengthOf says that no account has a text of that length.
func (s *Server) noLengthOf(came string, of func(Account) string) bool {
	_, has := s.accountWhere(func(a Account) bool { return len(of(a)) == len(came) })
	return !has
}
