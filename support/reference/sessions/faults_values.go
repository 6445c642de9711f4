package sessions

import (
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// valueFaults are values that must open nothing beside what is right, and do.
var valueFaults = slices.Concat(
	breaks("sessions-login-empty-password",
		fault("blank-password-accepted", "A password of blanks opens a session.", admits(login, "password", isBlank)),
	),
	breaks("sessions-login-password-no-text",
		fault("true-password-accepted", "true for a password opens a session, as with a loose comparison.",
			admits(login, "password", isTrue)),
		fault("false-password-accepted", "false for a password opens a session.", admits(login, "password", isFalse)),
		fault("number-password-accepted", "A number for a password opens a session.",
			admits(login, "password", isNumber)),
		fault("list-password-accepted", "An empty list for a password opens a session.",
			admits(login, "password", isList)),
		fault("object-password-accepted", "An empty object for a password opens a session.",
			admits(login, "password", isEmptyObject)),
		fault("query-password-accepted", "An object with $ne for a password is read as a condition and opens a session.",
			admits(login, "password", isQuery("$ne"))),
		fault("query-regex-password-accepted", "An object with $regex for a password opens a session.",
			admits(login, "password", isQuery("$regex"))),
	),
	breaks("sessions-login-without-login",
		fault("null-login-accepted", "A right password with null for a login opens a session.",
			admits(login, "login", isNull)),
		fault("absent-login-accepted", "A right password alone opens a session of its user.",
			admits(login, "login", isAbsent)),
		fault("empty-login-accepted", "A right password with an empty login opens a session.",
			admits(login, "login", isEmpty)),
	),
	breaks("sessions-login-no-text",
		fault("true-login-accepted", "A right password with true for a login opens a session.",
			admits(login, "login", isTrue)),
		fault("number-login-accepted", "A right password with a number for a login opens a session.",
			admits(login, "login", isNumber)),
		fault("list-login-accepted", "A right password with a list for a login opens a session.",
			admits(login, "login", isList)),
		fault("object-login-accepted", "A right password with an empty object for a login opens a session.",
			admits(login, "login", isEmptyObject)),
		fault("query-login-accepted", "A right password with a condition for a login opens a session.",
			admits(login, "login", isQuery("$ne"))),
		fault("query-both-accepted", "Conditions for login and password open a session.", admitsBoth(isQuery("$ne"))),
		fault("query-gt-both-accepted", "Conditions with $gt for login and password open a session.",
			admitsBoth(isQuery("$gt"))),
		fault("true-both-accepted", "true for login and password opens a session.", admitsBoth(isTrue)),
		fault("lists-accepted", "Lists for login and password open a session.", admitsBoth(isList)),
	),
	breaks("sessions-login-unknown-login",
		fault("blank-login-accepted", "A right password with a login of blanks opens a session.",
			admits(login, "login", isBlank)),
		fault("login-read-as-like", "A login is read as a pattern of SQL: % and _ stand for others.",
			admits(login, "login", like(matchesLike))),
		fault("login-read-as-regex", "A login is read as a regular expression.",
			admits(login, "login", like(matchesPattern))),
		fault("login-read-as-glob", "A login is read as a pattern of file names: * and ? stand for others.",
			admits(login, "login", like(matchesGlob))),
		fault("login-beginning-accepted", "A beginning of the login is enough.", admits(login, "login", like(isPartOf))),
		fault("login-end-ignored", "What follows the login is ignored.", admits(login, "login", like(isFollowed))),
		fault("guid-for-a-login-accepted", "Who gives a user's guid for the login needs no right password.",
			decided(func(s *Server, a *attempt) {
				if a.call == login && a.body["login"] == s.user.guid {
					a.named, a.problem = s.user, good
				}
			})),
		fault("login-constructor-accepted", "constructor and __proto__ name a user with any password.",
			admits(login, "login", oneOf("constructor", "__proto__"))),
		fault("login-injection-accepted", "An apostrophe in a login ends a text of SQL.",
			admits(login, "login", like(func(_, came string) bool { return strings.Contains(came, "' OR '") }))),
	),
	breaks("sessions-login-without-credentials",
		fault("null-both-accepted", "null for login and password opens a session.", admitsBoth(isNull)),
		fault("empty-both-accepted", "An empty login and an empty password open a session.", admitsBoth(isEmpty)),
		fault("null-body-accepted", "A login whose body is null opens a session.",
			on(refused(login, wrongTypes), when(sent("null"), accepted))),
		fault("empty-list-body-accepted", "A login whose body is an empty list opens a session.",
			on(refused(login, wrongTypes), when(sent("[]"), accepted))),
	),
	breaks("sessions-login-wrong-password",
		fault("wrong-password-signed-session-in-body", "A wrong password is answered 401 with a live session's escaped ID.",
			ids(signedID), on(refused(login, wrongPassword), sessionInBody)),
		fault("password-read-as-like", "A password is read as a pattern of SQL: a percent sign stands for all.",
			admits(login, "password", like(matchesLike))),
		fault("password-read-as-regex", "A password is read as a regular expression.",
			admits(login, "password", like(func(_, came string) bool { return strings.HasPrefix(came, ".*|") }))),
		fault("password-injected", "A password that closes a query's quotation mark is right.",
			admits(login, "password", like(func(_, came string) bool { return strings.Contains(came, "' OR '1'='1") }))),
		fault("user-before-the-password", "A login puts the user into its client's session before the password is compared.",
			on(refused(login, wrongPassword), func(s *Server, a *answer) {
				if sent, err := a.request.Cookie(s.cookieName); err == nil && s.live[sent.Value] != nil {
					s.live[sent.Value].owner = s.user
				}
			})),
		fault("others-password-accepted", "Another user's password opens a session, too.", anothersPassword),
	),
	breaks("sessions-login-wrong-password",
		fault("refused-cookie-lives-later", "The cookie of a refused login comes to life with the user's next good one.",
			livesLater),
	),
	breaks("sessions-login-password-whole",
		fault("password-trimmed", "Blanks around a password are ignored.", admits(login, "password", like(isTrimmed))),
		fault("password-end-ignored", "What follows a password is ignored.", admits(login, "password", like(isFollowed))),
		fault("password-beyond-ascii-alike", "All characters beyond ASCII are alike in passwords, as in another alphabet.",
			admits(login, "password", like(sameInASCII))),
		fault("password-length-and-ends", "Of a password its length and two characters at each end are compared.",
			admits(login, "password", like(reference.SameEnds(2)))),
		fault("password-cut-at-72", "Only the first 72 bytes of a password are compared, as bcrypt does.",
			admits(login, "password", like(sameBytes(72)))),
	),

	breaks("sessions-token-missing",
		fault("null-token-accepted", "null for a token opens a session.", admits(token, "token", isNull)),
		fault("absent-token-accepted", "A login by token without a token opens a session.", admits(token, "token", isAbsent)),
		fault("null-token-body-accepted", "A login by token whose body is null opens a session.",
			on(refused(token, wrongTypes), when(sent("null"), accepted))),
	),
	breaks("sessions-token-empty",
		fault("blank-token-accepted", "A token of blanks opens a session.", admits(token, "token", isBlank)),
	),
	breaks("sessions-token-no-text",
		fault("true-token-accepted", "true for a token opens a session.", admits(token, "token", isTrue)),
		fault("number-token-accepted", "A number for a token opens a session.", admits(token, "token", isNumber)),
		fault("list-token-accepted", "A list for a token opens a session.", admits(token, "token", isList)),
		fault("object-token-accepted", "An empty object for a token opens a session.",
			admits(token, "token", isEmptyObject)),
		fault("query-token-accepted", "An object with $ne for a token is read as a condition and opens a session.",
			admits(token, "token", isQuery("$ne"))),
		fault("query-regex-token-accepted", "An object with $regex for a token opens a session.",
			admits(token, "token", isQuery("$regex"))),
	),
	breaks("sessions-token-unknown",
		fault("token-read-as-like", "A token is read as a pattern of SQL.", admits(token, "token", like(matchesLike))),
		fault("token-read-as-regex", "A token is read as a regular expression.",
			admits(token, "token", like(matchesPattern))),
		fault("token-read-as-glob", "A token is read as a pattern of file names.",
			admits(token, "token", like(matchesGlob))),
		fault("token-beginning-accepted", "A beginning of the token is enough.", admits(token, "token", like(isPartOf))),
		fault("token-middle-ignored", "Of a token its length and two characters at each end are compared.",
			admits(token, "token", like(reference.SameEnds(2)))),
		fault("token-end-ignored", "What follows the token is ignored.", admits(token, "token", like(isFollowed))),
		fault("token-case-ignored", "Tokens are compared without their case.",
			admits(token, "token", like(strings.EqualFold))),
		fault("token-constructor-accepted", "constructor and __proto__ are taken for tokens.",
			admits(token, "token", oneOf("constructor", "__proto__"))),
		fault("token-undefined-accepted", "The texts null and undefined are taken for tokens.",
			admits(token, "token", oneOf("null", "undefined"))),
		fault("token-injection-accepted", "An apostrophe in a token ends a text of SQL.",
			admits(token, "token", like(func(_, came string) bool { return strings.Contains(came, "' OR '") }))),
		fault("password-for-token-accepted", "The user's password is taken for a token.",
			decided(func(s *Server, a *attempt) {
				if a.call == token && a.body["token"] == s.user.Password {
					a.named, a.problem = s.user, good
				}
			})),
		fault("login-for-token-accepted", "The user's login is taken for a token.",
			decided(func(s *Server, a *attempt) {
				if a.call == token && a.body["token"] == s.user.Login {
					a.named, a.problem = s.user, good
				}
			})),
		fault("session-for-token-accepted", "The ID of a live session is taken for a token.",
			decided(func(s *Server, a *attempt) {
				if id, _ := a.body["token"].(string); a.call == token && s.live[id] != nil {
					a.named, a.problem = s.user, good
				}
			})),
	),

	breaks("sessions-node-incomplete",
		fault("node-absent-password-accepted", "A node's login without a password is accepted.",
			admits(node, "password", isAbsent)),
		fault("node-null-password-accepted", "A node's login with null for a password is accepted.",
			admits(node, "password", isNull)),
		fault("node-empty-password-accepted", "A node's login with an empty password is accepted.",
			admits(node, "password", isEmpty)),
	),
	breaks("sessions-no-credentials-refused",
		fault("node-null-body-accepted", "A node's login whose body is null is accepted.",
			on(refused(node, wrongTypes), when(sent("null"), accepted))),
	),
	breaks("sessions-node-no-text",
		fault("node-true-password-accepted", "A node's login with true for a password is accepted.",
			admits(node, "password", isTrue)),
		fault("node-list-password-accepted", "A node's login with a list for a password is accepted.",
			admits(node, "password", isList)),
		fault("node-query-password-accepted", "A node's login with a condition for a password is accepted.",
			admits(node, "password", isQuery("$ne"))),
	),
	breaks("sessions-node-wrong-credentials",
		fault("node-password-alone-decides", "A node's right password is accepted, whatever else is sent.",
			nodePasswordDecides),
		fault("node-password-beginning-accepted", "A beginning of a node's password is enough.",
			admits(node, "password", like(isPartOf))),
	),
)

// sent says whether the body of a login is this text.
func sent(text string) func(*answer) bool {
	return func(a *answer) bool { return strings.TrimSpace(string(a.sent)) == text }
}

// anothersPassword opens a session of whom a login names with anybody's password.
func anothersPassword(s *Server) {
	decided(func(s *Server, a *attempt) {
		password, _ := a.body["password"].(string)
		if a.call == login && a.problem == wrongPassword &&
			(same(s.user.Password, password) || same(s.other.Password, password)) {
			a.problem = good
		}
	})(s)
}

func nodePasswordDecides(s *Server) {
	decided(func(s *Server, a *attempt) {
		if a.call == node && a.problem == wrongNode && sameJSON(s.config.Node["password"], a.body["password"]) {
			a.named, a.problem = s.node, good
		}
	})(s)
}

// livesLater hands out an ID with a refused login, which the next good one makes live, for as long as nobody ends it.
func livesLater(s *Server) {
	var waiting []string
	on(refused(login, wrongPassword), func(s *Server, a *answer) {
		a.cookie = s.newID()
		waiting = append(waiting, a.cookie)
	})(s)
	opened(func(s *Server, ses *session) {
		if ses.owner.name != "user" {
			return
		}
		for _, id := range waiting {
			own := *ses
			own.ids = []string{id}
			s.live[id] = &own
		}
		waiting = nil
	})(s)
}
