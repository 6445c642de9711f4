package sessions

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// badRequestFaults are requests that are wrong in form and break the server, or are read as if they were right.
var badRequestFaults = slices.Concat(
	breaks("sessions-wrong-types-4xx",
		breaksOn("true-password-500", "true for a password is answered 500.", login, "password", isTrue),
		breaksOn("number-password-500", "A number for a password is answered 500.", login, "password", isNumber),
		breaksOn("list-password-500", "A list for a password is answered 500.", login, "password", isList),
		breaksOn("object-password-500", "An object for a password is answered 500.", login, "password", isObject),
		breaksOn("true-login-500", "true for a login is answered 500.", login, "login", isTrue),
		breaksOn("number-login-500", "A number for a login is answered 500.", login, "login", isNumber),
		breaksOn("list-login-500", "A list for a login is answered 500.", login, "login", isList),
		breaksOn("object-login-500", "An object for a login is answered 500.", login, "login", isObject),
		breaksOn("true-token-500", "true for a token is answered 500.", token, "token", isTrue),
		breaksOn("number-token-500", "A number for a token is answered 500.", token, "token", isNumber),
		breaksOn("list-token-500", "A list for a token is answered 500.", token, "token", isList),
		breaksOn("object-token-500", "An object for a token is answered 500.", token, "token", isObject),
		fault("null-body-500", "A login whose body is null is answered 500.",
			on(refused(login, wrongTypes), when(sent("null"), answered(500)))),
		fault("list-body-500", "A login whose body is a list is answered 500.",
			on(refused(login, wrongTypes), when(sent("[]"), answered(500)))),
		fault("text-body-500", "A login whose body is a JSON text is answered 500.",
			on(refused(login, wrongTypes), when(sentWith(`"`), answered(500)))),
		fault("null-token-body-500", "A login by token whose body is null is answered 500.",
			on(refused(token, wrongTypes), when(sent("null"), answered(500)))),
	),
	breaks("sessions-refusal-4xx",
		breaksOn("null-login-500", "null for a login is answered 500.", login, "login", isNull),
		breaksOn("null-token-500", "null for a token is answered 500.", token, "token", isNull),
		breaksOn("empty-login-500", "An empty login is answered 500.", login, "login", isEmpty),
	),
	breaks("sessions-refusal-4xx",
		breaksOn("apostrophe-login-500", "A login with an apostrophe is answered 500.", login, "login",
			like(func(_, came string) bool { return strings.Contains(came, "'") })),
		breaksOn("constructor-login-500", "The login constructor is answered 500.", login, "login", oneOf("constructor")),
		breaksOn("proto-login-500", "The login __proto__ is answered 500.", login, "login", oneOf("__proto__")),
		breaksOn("digits-login-500", "A login of digits is answered 500.", login, "login",
			like(func(_, came string) bool { return strings.Trim(came, "0123456789") == "" })),
		breaksOn("long-login-500", "A login of 4,000 characters is answered 500.", login, "login", isLong),
		breaksOn("apostrophe-token-500", "A token with an apostrophe is answered 500.", token, "token",
			like(func(_, came string) bool { return strings.HasPrefix(came, "'") })),
		breaksOn("long-token-500", "A token of 4,000 characters is answered 500.", token, "token", isLong),
	),
	breaks("sessions-malformed-json-4xx",
		fault("malformed-unclosed-500", "A login whose JSON is not closed is answered 500.",
			on(refused(login, malformed), when(sentWithout("}"), answered(500)))),
		fault("malformed-second-root-500", "A login with two JSON values is answered 500.",
			on(refused(login, malformed), when(sentWith("}{"), answered(500)))),
		fault("malformed-trailing-comma-500", "A login with a comma after its last field is answered 500.",
			on(refused(login, malformed), when(sentWith(",}"), answered(500)))),
		fault("malformed-trailing-comma-accepted", "A login with a comma after its last field is answered 201.",
			on(refused(login, malformed), when(sentWith(",}"), answered(201)))),
		fault("malformed-end-ignored", "What stands behind a login's JSON is ignored.",
			on(refused(login, malformed), when(func(a *answer) bool { return bytes.HasSuffix(a.sent, []byte("x")) },
				answered(201)))),
		fault("malformed-single-quotes-500", "A login with single quotation marks is answered 500.",
			on(refused(login, malformed), when(sentWith("{'"), answered(500)))),
		fault("malformed-not-utf-8-500", "A login that is not UTF-8 is answered 500.",
			on(refused(login, malformed), when(sentWith("\xff"), answered(500)))),
	),
)

// sampleFaults are right requests in a form that clients send, and answers that they cannot read.
var sampleFaults = slices.Concat(
	breaks("sessions-status-without-session",
		fault("status-without-session-200", "GET /session without a session is answered 200.",
			on(refused(status, noSession), answered(200), content(`"OK"`))),
		fault("status-without-session-302", "GET /session without a session is redirected.",
			on(refused(status, noSession), redirected)),
		fault("status-without-session-500", "GET /session without a session is answered 500.",
			on(refused(status, noSession), answered(500))),
	),
	breaks("sessions-accept-any",
		fault("accept-any-406", "A call whose client accepts anything is answered 406.",
			on(at(everywhere...), when(accepts("*/*"), turnedAway(406)))),
		fault("accept-absent-406", "A call without an Accept header is answered 406.",
			on(at(everywhere...), when(accepts(""), turnedAway(406)))),
		fault("user-agent-required", "A client that does not name itself is answered 403.",
			on(at(everywhere...), when(func(a *answer) bool { return a.request.Header.Get("User-Agent") == "" },
				turnedAway(403)))),
	),
	breaks("sessions-info-json",
		fault("login-content-latin-1", "A good login's JSON is written in Latin-1.",
			on(at(login), added("name", "Zo\u00eb"),
				rewritten(func(right []byte) []byte { return bytes.ReplaceAll(right, []byte("ë"), []byte("\xeb")) }))),
		fault("user-content-utf-16", "GET /session/user is written in UTF-16.", on(at(user), rewritten(utf16Bytes))),
	),
	breaks("sessions-details-json",
		fault("details-content-latin-1", "The details' JSON is written in Latin-1.",
			on(at(details), added("name", "Zo\u00eb"),
				rewritten(func(right []byte) []byte { return bytes.ReplaceAll(right, []byte("ë"), []byte("\xeb")) }))),
	),
	breaks("sessions-names-once",
		fault("info-name-twice", "uiTimeZone stands twice in the session's info, with two values.",
			on(at(infoCalls...), added(zoneField, "Etc/GMT"))),
		fault("details-guid-twice", "guid stands twice in the user's details, with two values.",
			on(at(details), func(s *Server, a *answer) { added(guidField, s.other.guid)(s, a) })),
	),
	breaks("sessions-secret-in-no-answer",
		fault("details-show-password", "The user's details show the password.", on(at(details), showsPassword(plain))),
		fault("user-shows-password-md5", "GET /session/user shows the password's MD5.", on(at(user), showsPassword(md5Hex))),
		fault("user-shows-basic-credentials", "GET /session/user shows login and password in Base64, as Basic sends them.",
			on(at(user), func(_ *Server, a *answer) {
				of := a.session.owner
				added("auth", base64.StdEncoding.EncodeToString([]byte(of.Login+":"+of.Password)))(nil, a)
			})),
		fault("user-shows-password-in-address", "GET /session/user shows the password in an address, escaped as there.",
			on(at(user), showsPassword(url.QueryEscape))),
		fault("details-show-salted-hash", "The user's details show what bcrypt makes of the password.",
			on(at(details), added("hash", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"))),
		fault("refusal-shows-password-in-a-header", "The refusal of a wrong password tells the right one in a header.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) {
				with("X-Debug", url.PathEscape(s.user.Password))(s, a)
			})),
		fault("details-show-password-sha-256", "The user's details show the password's SHA-256 in Base64.",
			on(at(details), showsPassword(sha256Base64))),
		fault("user-shows-token", "GET /session/user shows the user's token.",
			on(at(user), func(s *Server, a *answer) { added("apiToken", s.config.Token)(s, a) })),
		fault("refusal-shows-right-password", "The refusal of a wrong password tells the right one.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) { added("expected", s.user.Password)(s, a) })),
	),
)

// breaksOn answers a login 500 where a field fits, beside other fields that are right or any.
func breaksOn(name, says string, c call, field string, does fits) peculiarity {
	return fault(name, says, func(s *Server) {
		for why := range refusals {
			on(refused(c, why), when(func(a *answer) bool {
				var body map[string]any
				_ = json.Unmarshal(a.sent, &body)
				came, there := body[field]
				return body != nil && does("", came, there)
			}, answered(500)))(s)
		}
	})
}

func isObject(_ string, came any, _ bool) bool {
	_, is := came.(map[string]any)
	return is
}

func isLong(_ string, came any, _ bool) bool {
	text, _ := came.(string)
	return len(text) >= 4000
}

// sentWith says whether the body of a login has a part.
func sentWith(part string) func(*answer) bool {
	return func(a *answer) bool { return bytes.Contains(a.sent, []byte(part)) }
}

func sentWithout(part string) func(*answer) bool {
	return func(a *answer) bool { return !bytes.Contains(a.sent, []byte(part)) }
}

// accepts says whether a request's Accept header is this one.
func accepts(media string) func(*answer) bool {
	return func(a *answer) bool { return a.request.Header.Get("Accept") == media }
}
