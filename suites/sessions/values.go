package sessions

import (
	"cmp"
	"regexp"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// valueRefusals put into each field what naive code takes for a right value. None names a configured account: either
// the login is nobody's, or there is no password. So no account is locked by them, however many there are.
var valueRefusals = slicesOf(
	session.Each(byPassword, "login", "sessions-login-without-login", session.Incomplete, session.Null),
	session.Each(byPassword, "login", "sessions-login-without-login", session.Invalid, session.Empty),
	session.Each(byPassword, "login", "sessions-login-no-text", session.Mistyped, session.Anys(session.Mistypes)...),
	session.Each(byPassword, "login", "sessions-login-unknown-login", session.Invalid, session.Blank,
		session.Constructor, session.Prototype, session.Injection, session.Digits, session.Long(),
		lastAs("the login with a percent sign for its last letter", "%"),
		lastAs("the login with an underscore for its last letter", "_"),
		lastAs("the login with a dot for its last letter", "."),
		lastAs("the login with a star for its last letter", "*"),
		lastAs("the login without its last letter", ""),
		session.Made{Name: "the login that goes on behind a zero byte",
			Make: func(t *Caller) any { return t.User.Login + "\x00" + vary.Word() }},
		session.Made{Name: "the login with a letter more", Make: func(t *Caller) any { return t.User.Login + "x" }}),
	session.Each(byPassword, "login", "sessions-login-beyond-ascii", session.Invalid,
		session.Made{Name: "the login with a character more that some leave out",
			Make: func(t *Caller) any { return t.User.Login + vary.Beyond }},
		session.Made{Name: "the login with a character that some mistake for its own",
			Make: func(t *Caller) any { return vary.Mistaken(t.User.Login, vary.Middle(t.User.Login)) }}),
	session.InBoth(byPassword, "sessions-login-without-credentials", session.Invalid, session.Null, session.Empty),
	session.InBoth(byPassword, "sessions-login-no-text", session.Mistyped, session.True, session.EmptyList,
		session.Operator, session.Greater),

	session.Each(byToken, "token", "sessions-token-missing", session.Incomplete, session.Null),
	session.Each(byToken, "token", "sessions-token-empty", session.Invalid, session.Blank),
	session.Each(byToken, "token", "sessions-token-no-text", session.Mistyped, session.Anys(session.Mistypes)...),
	// Readers that take a list of one for its value, as Fastify does by default, let in only who knows the token.
	session.Each(byToken, "token", "sessions-wrong-types-4xx", session.Mistyped, session.Made{
		Name: "a list of the right token", Make: func(t *Caller) any { return []any{own(t).Token} }}),
	session.Each(byToken, "token", "sessions-token-unknown", session.Unknown,
		token("the token with another character amid", vary.Middle)),
	session.Each(byToken, "token", "sessions-token-case", session.Unknown,
		token("the token in the other case", func(token string) string { other, _ := vary.Case(token); return other })),
	session.Each(byToken, "token", "sessions-token-unknown", session.Invalid, session.Constructor, session.Prototype,
		session.Undefined, session.NullWord, session.Injection, session.Long(),
		session.Value{Name: "a percent sign", Is: "%"}, session.Pattern, session.Value{Name: "a star", Is: "*"},
		session.Value{Name: "a zero byte", Is: "\x00"},
		token("the token that goes on behind a zero byte",
			func(token string) string { return vary.Continued(token, "\x00a") }),
		token("the first half of the token", func(token string) string { return token[:len(token)/2] }),
		token("the second half of the token", func(token string) string { return token[len(token)/2:] }),
		token("the token with another beginning",
			func(token string) string { return vary.Another(token[:len(token)/2]) + token[len(token)/2:] }),
		token("the token with a letter more", func(token string) string { return vary.Continued(token, "x") }),
		session.Made{Name: "the password", Make: func(t *Caller) any { return t.User.Password }},
		session.Made{Name: "the login", Make: func(t *Caller) any { return t.User.Login }},
		session.Made{Name: "the guid", Make: func(t *Caller) any {
			return cmp.Or(match.Member(t.Of(details), guidField).String(), vary.UUID())
		}},
		session.Made{Name: "the ID of a live session", Make: func(t *Caller) any { return sessionID(t) }}),
)

// bodyRefusals are bodies that are JSON and no object, and such as are almost JSON.
var bodyRefusals = session.Refusals{
	mistypedBody(byPassword, "null", "null"), mistypedBody(byPassword, "an empty list", "[]"),
	mistypedBody(byPassword, "a text", `"login"`),
	mistypedBody(byToken, "null", "null"), mistypedBody(byToken, "an empty list", "[]"),
	mistypedBody(asNode, "null", "null"),
	malformed("two values", `{"login": "NOBODY"}{"password": "none"}`),
	malformed("a comma after the last field", `{"login": "NOBODY", "password": "none",}`),
	malformed("something behind the end", `{"login": "NOBODY", "password": "none"} x`),
	malformed("single quotation marks", `{'login': 'NOBODY', 'password': 'none'}`),
	malformed("a byte that is not UTF-8", "{\"login\": \"NOBODY\", \"password\": \"none\xff\"}"),
}

func mistypedBody(w *session.Way, name, body string) *session.Refusal {
	return &session.Refusal{Name: "log in " + w.Name + ": the body is " + name, Text: "refuses a body that is " + name,
		Way: w,
		Clause: map[*session.Way]string{byPassword: "sessions-login-without-credentials",
			byToken: "sessions-token-missing", asNode: "sessions-node-empty"}[w],
		Kind: session.Mistyped, Raw: text(body)}
}

func malformed(name, body string) *session.Refusal {
	return &session.Refusal{Name: "log in with malformed JSON: " + name, Text: "answers " + name + " with a status 4xx",
		Way: byPassword, Clause: "sessions-malformed-json-4xx", Kind: session.Unreadable,
		Raw: text(strings.ReplaceAll(body, "NOBODY", vary.Word()))}
}

// lastAs is the login with something else for its last letter.
func lastAs(name, other string) session.Made {
	return session.Made{Name: name, Make: func(t *Caller) any {
		letters := []rune(t.User.Login)
		return string(letters[:len(letters)-1]) + other
	}}
}

// token is a text made of the right token.
func token(name string, change func(string) string) session.Made {
	return session.Made{Name: name, Make: func(t *Caller) any {
		right := own(t).Token
		return t.Altered(name, change(right), right)
	}}
}

// sessionID is the value of the first cookie of the control's second login.
func sessionID(t *Caller) string {
	pairs := pairsOf(t.Of(secondLogin).CookieHeader())
	if len(pairs) == 0 {
		return vary.UUID()
	}
	_, value, _ := strings.Cut(pairs[0], "=")
	return value
}

func slicesOf(lists ...session.Refusals) (all session.Refusals) {
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

var passwordLike = regexp.MustCompile(`(?i)pass|pwd|secret|token|credential|private|(^|[_-])key$|[a-z]Key$`)

func namedLikePassword(key string) bool { return passwordLike.MatchString(key) }

// altered is a node's login in which the texts under certain keys are other ones, and whether there are any.
func altered(t *Caller, value any, key string, which func(key string) bool) (other any, differs bool) {
	switch v := value.(type) {
	case string:
		if v == "" || !which(key) {
			return v, false
		}
		text := vary.Another(v)
		if namedLikePassword(key) {
			text = t.Secret("wrong password of the node", text)
		}
		return text, true
	case map[string]any:
		changed := map[string]any{}
		for name, inner := range v {
			after, different := altered(t, inner, name, which)
			changed[name], differs = after, differs || different
		}
		return changed, differs
	case []any:
		changed := make([]any, len(v))
		for i, inner := range v {
			after, different := altered(t, inner, key, which)
			changed[i], differs = after, differs || different
		}
		return changed, differs
	}
	return value, false
}

// refuse goes a way in with a login that must not succeed, and tries what it leaves.
func refuse(t *Caller, w *session.Way, step *Step, body Body, options ...Option) *exchange.Exchange {
	e := logIn(t, w, step, body, options...).login
	if !e.Succeeded() {
		tryLeft(t, step, e)
	}
	return e
}

// tryLeft asks for the user with what a login left that must open nothing: the cookies that it sets, and the IDs in its
// body under the names of the cookies of a good login.
func tryLeft(t *Caller, step *Step, e *exchange.Exchange) {
	if e.Unanswered() != "" {
		return
	}
	left := []string{session.Left(e, e.CookieHeader())}
	for _, id := range session.IDs(e) {
		left = append(left, allAs(t.Of(secondLogin).CookieHeader(), id))
	}
	tryLive(t, step, left...)
}

// tryCookies asks for the user with the cookies that a call sets which was asked without a session, or ended one: none
// may be a live session's.
func tryCookies(t *Caller, step *Step) {
	if e := t.Of(step); e.Unanswered() == "" {
		tryLive(t, step, session.Left(e, e.CookieHeader()))
	}
}

// tryLive asks for the user with each of some Cookie headers that must be no live session's.
func tryLive(t *Caller, step *Step, left ...string) {
	session.TryLeftovers(step, isLive, left, func(attempt *Step, cookies string) {
		if get(t, attempt, userPath, cookies).Succeeded() {
			t.Opened(Session{Account: "user", Cookie: cookies})
		}
	})
}

// tryAgain asks for the user once more with the cookies that a refused login set, after a good one of the same user:
// they must not have come to life.
func tryAgain(t *Caller, step *Step) {
	e := t.Of(step)
	if cookies := session.Left(e, e.CookieHeader()); e.Unanswered() == "" && !e.Succeeded() && cookies != "" {
		get(t, step.Then(liveAfterGood), userPath, cookies)
	}
}
