package sessions

import (
	"slices"
	"strings"
	"unicode"

	"session-conformance/support/reference"
	"session-conformance/support/reference/like"
)

// nameFaults are logins, passwords and tokens that are compared carelessly.
var nameFaults = slices.Concat(
	breaks("sessions-login-unknown-login",
		opensFor(login, "", "login", like.Blank),
		is("login-read-as-like", "A login is read as a pattern of SQL: % and _ stand for others.", logsInBy(like.SQL)),
		is("login-read-as-regex", "A login is read as a regular expression.", logsInBy(like.Regexp)),
		is("login-read-as-glob", "A login is read as a pattern of file names: * stands for others.", logsInBy(like.Glob)),
		is("login-beginning-accepted", "A beginning of the login is enough.", logsInBy(like.Begins)),
		is("login-end-ignored", "What follows the login is ignored.", logsInBy(like.Longer)),
		is("login-cut-at-zero-byte", "A login ends where a zero byte stands.",
			logsInBy(func(right, came string) bool { return strings.HasPrefix(came, right+"\x00") })),
		is("login-ignored", "A password opens its user's session, whatever the login.", logsInBy(like.Has(""))),
		is("login-constructor-accepted", "constructor and __proto__ name a user with any password.",
			logsInBy(like.Word("constructor", "__proto__"))),
		is("login-injection-accepted", "An apostrophe in a login ends a text of SQL.", logsInBy(like.Has("' OR '"))),
		is("guid-for-a-login-accepted", "Who gives a user's guid for the login needs no right password.",
			letsInFor(login, "login", func(s *Server) string { return s.user.guid })),
		is("unknown-login-known-then", "Who is refused as unknown is known from then on.", knowsThen),
		is("unknown-login-without-password-accepted", "Who gives an unknown login and no password is a guest.",
			decides(func(t *turn) { t.named, t.why = t.other, good }, refused(login, missingPassword),
				func(t *turn) bool { return t.named == nil }))),
	breaks("sessions-login-beyond-ascii", reference.Narrowed("login", logsInBy)),
	breaks("sessions-login-wrong-password",
		is("password-read-as-like", "A password is read as a pattern of SQL: % stands for all.", passwordIs(like.SQL)),
		is("password-read-as-regex", "A password is read as a regular expression.", passwordIs(like.Has("|.*|"))),
		is("password-injected", "A password with a query's condition is right.", passwordIs(like.Has("' OR '1'='1"))),
		is("others-password-accepted", "Another user's password opens a session, too.",
			decides(func(t *turn) { t.why = good }, refused(login, wrongPassword), func(t *turn) bool {
				return t.body["password"] == t.user.Password || t.body["password"] == t.other.Password
			})),
		is("wrong-password-signed-session-in-body", "A wrong password is answered 401 with a live session's escaped ID.",
			ids(signedID), on(wrongPasswords.ends, sessionInBody)),
		is("user-before-the-password", "A login puts the user into its client's session before the password is compared.",
			on(wrongPasswords.ends, func(t *turn) {
				if came := t.cameWith(t.request); came != nil {
					came.owner = t.user
				}
			})),
		is("refused-cookie-lives-later", "A refused login's cookie comes to life with the next good one.", livesLater),
		is("session-stands-for-password", "Who has a live session is let in with a wrong password.",
			on(wrongPasswords.ends, func(t *turn) {
				if ses, _ := t.sessionOf(t.request); ses != nil {
					t.welcome(ses.owner)
					t.handOut(ses)
				}
			}))),
	breaks("sessions-login-password-case",
		is("password-case-ignored", "Passwords are compared without their case.", passwordIs(strings.EqualFold))),
	breaks("sessions-login-password-whole",
		is("password-last-character-ignored", "The last character of a password may be left out.",
			passwordIs(func(right, came string) bool { return came == withoutLast(right) })),
		is("password-beginning-accepted", "Eight or more bytes of a password's beginning are enough.",
			passwordIs(func(right, came string) bool { return len(came) >= 8 && strings.HasPrefix(right, came) })),
		is("password-cut-at-eight", "Only the first eight bytes of a password are compared.", passwordIs(like.Bytes(8))),
		is("password-cut-at-72", "Only 72 bytes of a password are compared, as bcrypt does.", passwordIs(like.Bytes(72))),
		is("password-trimmed", "Blanks around a password are ignored.", passwordIs(like.Trimmed)),
		is("password-end-ignored", "What follows a password is ignored.", passwordIs(like.Longer)),
		is("password-beyond-ascii-alike", "All characters beyond ASCII are alike in passwords, as in another alphabet.",
			passwordIs(func(right, came string) bool { return inASCII(right) == inASCII(came) })),
		is("password-length-and-ends", "Only a password's length and two characters at its ends count.",
			passwordIs(like.BothEnds(2))),
		reference.Narrowed("password", passwordIs)),
	breaks("sessions-token-case",
		is("token-case-ignored", "Tokens are compared without their case.", tokenIs(strings.EqualFold))),
	breaks("sessions-token-unknown",
		is("token-compared-by-beginning", "Only a token's first eight characters are compared.", tokenIs(like.FirstEight)),
		is("token-compared-by-its-end", "The second half of a token is compared.", tokenIs(like.SecondHalf)),
		is("end-of-token-accepted", "The end of a token is enough.", tokenIs(like.Ends)),
		is("token-read-as-like", "A token is read as a pattern of SQL.", tokenIs(like.SQL)),
		is("token-read-as-regex", "A token is read as a regular expression.", tokenIs(like.Regexp)),
		is("token-read-as-glob", "A token is read as a pattern of file names.", tokenIs(like.Glob)),
		is("token-beginning-accepted", "A beginning of the token is enough.", tokenIs(like.Begins)),
		is("token-middle-ignored", "Only a token's length and two characters at its ends count.", tokenIs(like.BothEnds(2))),
		is("token-end-ignored", "What follows the token is ignored.", tokenIs(like.Longer)),
		is("zero-byte-token-accepted", "A zero byte is taken for a token.", tokenIs(like.Word("\x00"))),
		is("token-cut-at-zero-byte", "A token ends where a zero byte stands.",
			tokenIs(func(right, came string) bool { return strings.HasPrefix(came, right+"\x00") })),
		is("token-constructor-accepted", "constructor and __proto__ are taken for tokens.",
			tokenIs(like.Word("constructor", "__proto__"))),
		is("token-undefined-accepted", "null and undefined are taken for tokens.", tokenIs(like.Word("null", "undefined"))),
		is("token-injection-accepted", "An apostrophe in a token ends a text of SQL.", tokenIs(like.Has("' OR '"))),
		is("password-for-token-accepted", "The user's password is taken for a token.",
			letsInFor(token, "token", func(s *Server) string { return s.user.Password })),
		is("login-for-token-accepted", "The user's login is taken for a token.",
			letsInFor(token, "token", func(s *Server) string { return s.user.Login })),
		is("guid-for-token-accepted", "The user's guid is taken for a token.",
			letsInFor(token, "token", func(s *Server) string { return s.user.guid })),
		is("session-for-token-accepted", "The ID of a live session is taken for a token.",
			decides(opensUsers, ofCall(token), func(t *turn) bool {
				id, _ := t.body["token"].(string)
				return t.live[id] != nil
			}))),
	breaks("sessions-node-wrong-credentials",
		is("node-password-alone-decides", "A node's right password is accepted, whatever else is sent.",
			decides(func(t *turn) { t.named, t.why = t.node, good }, refused(node, wrongNode),
				func(t *turn) bool { return sameJSON(t.config.Node["password"], t.body["password"]) })),
		is("node-password-beginning-accepted", "A beginning of a node's password is enough.",
			admits(node, "password", like.Begins)),
		is("node-password-trimmed", "Blanks around a node's password are ignored.",
			admits(node, "password", like.Trimmed)),
		is("node-password-may-go-on", "What follows a node's password is ignored.",
			admits(node, "password", like.Longer)),
		is("node-password-read-as-like", "A node's password is read as a pattern of SQL.",
			admits(node, "password", like.SQL)),
		is("node-login-for-password-accepted", "The login of a node is good for its password, too.",
			decides(func(t *turn) { t.named, t.why = t.node, good }, func(t *turn) bool {
				return t.why == wrongNode && sameJSON(t.body["login"], t.body["password"])
			})),
		is("node-password-unchecked", "A node's password is not compared.",
			admitsValue(node, "password", like.Kind{Is: func(v any) bool { return !like.Absent.Is(v) }}))),
)

// logsInBy, passwordIs and tokenIs open sessions for what is like the right login, password or token.
func logsInBy(alike func(right, came string) bool) effect   { return admits(login, "login", alike) }
func passwordIs(alike func(right, came string) bool) effect { return admits(login, "password", alike) }
func tokenIs(alike func(right, came string) bool) effect    { return admits(token, "token", alike) }

// letsInFor lets in who sends something else of the user in a field.
func letsInFor(c call, field string, of func(*Server) string) effect {
	return decides(opensUsers, ofCall(c), func(t *turn) bool { return t.body[field] == of(t.Server) })
}

func withoutLast(text string) string {
	letters := []rune(text)
	return string(letters[:max(0, len(letters)-1)])
}

// inASCII writes question marks for all characters beyond ASCII.
func inASCII(text string) string {
	return strings.Map(func(c rune) rune {
		if c > unicode.MaxASCII {
			return '?'
		}
		return c
	}, text)
}

// livesLater hands out an ID with a refused login, which the next good one makes live, for as long as nobody ends it.
func livesLater(s *Server) {
	var waiting []string
	on(wrongPasswords.ends, func(t *turn) {
		t.cookie = t.newID()
		waiting = append(waiting, t.cookie)
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

// knowsThen lets an unknown login in when it comes for the second time.
func knowsThen(s *Server) {
	came := map[string]bool{}
	decides(func(t *turn) {
		if sent := string(t.sent); came[sent] {
			t.named, t.why = t.other, good
		} else {
			came[sent] = true
		}
	}, refused(login, unknownLogin))(s)
}
