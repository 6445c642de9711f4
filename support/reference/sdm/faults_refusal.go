package sdm

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"session-conformance/support/reference/like"
)

// refusalFaults break what becomes of a login that must not succeed.
var refusalFaults = slices.Concat(
	breaks("sdm-wrong-password",
		is("any-password-accepted", "Any password opens a session.", accepts(wrongPassword)),
		is("xml-any-password-accepted", "In XML any password opens a session.", accepts(wrongPassword, sent(asXML))),
		is("json-any-password-accepted", "In JSON any password opens a session.", accepts(wrongPassword, sent(asJSON))),
		is("password-injected", "A password with a query's condition is right.", passwordIs(like.Has("' OR '1'='1"))),
		is("password-read-as-regex", "A password is a regular expression.", passwordIs(like.Has("|.*|"))),
		is("password-of-blanks", "A password of blanks is right.", passwordIs(like.Blanks)),
		is("wrong-password-beside-live-session",
			"A wrong password is ignored where the cookie of a live session comes with it.",
			accepts(wrongPassword, liveCookie)),
		refused("wrong-password", "A wrong password", because(wrongPassword), 200, 302, 400, 403, 500),
		is("wrong-password-shows-login-page", "A wrong password is answered 200 with a login page.",
			says(200, "text/html", loginPage, because(wrongPassword))),
		refused("almost-right-password", "A wrong password that begins like the right one, or has other case",
			where(because(wrongPassword), almostRight), 404, 500),
		refused("xml-wrong-password", "A wrong password in XML", where(because(wrongPassword), sent(asXML)), 400),
		refused("json-wrong-password", "A wrong password in JSON", where(because(wrongPassword), sent(asJSON)), 400)),
	breaks("sdm-unknown-user",
		is("any-user-accepted", "Unknown users open sessions.", accountBy(unknownUser, func(t *turn) (Account, bool) {
			return Account{UserName: *t.given.userName, UserGroup: "users"}, *t.given.password != ""
		})),
		is("user-name-ignored", "The password alone tells who logs in.",
			accountBy(unknownUser, func(t *turn) (Account, bool) {
				return t.accountWhere(func(a Account) bool { return a.Password == *t.given.password })
			})),
		refused("unknown-user", "An unknown user", because(unknownUser), 200, 403, 404, 500)),
	breaks("sdm-body-malformed",
		is("xml-malformed-accepted", "XML that is not well-formed is searched for credentials all the same.",
			searches(bodyMalformed, sent(asXML))),
		is("json-malformed-accepted", "JSON that is not well-formed is searched for credentials all the same.",
			searches(bodyMalformed, sent(asJSON))),
		is("malformed-not-answered", "At a body that is not well-formed the connection ends without an answer.",
			fatal(bodyMalformed)),
		refused("malformed", "A body that is not well-formed", because(bodyMalformed), 200),
		refused("xml-malformed", "XML that is not well-formed", where(because(bodyMalformed), sent(asXML)), 401, 500),
		refused("json-malformed", "JSON that is not well-formed",
			where(because(bodyMalformed), sent(asJSON)), 401, 422, 500)),
	breaks("sdm-body-empty",
		refused("empty-body", "An empty body", because(bodyEmpty), 200, 404),
		refused("xml-empty-body", "An empty body labelled XML", where(because(bodyEmpty), sent(asXML)), 500),
		refused("json-empty-body", "An empty body labelled JSON", where(because(bodyEmpty), sent(asJSON)), 500)),
	breaks("sdm-body-wrong-root",
		refused("json-wrong-root", "JSON that is no object", where(because(wrongRoot), sent(asJSON)), 404, 500)),
	breaks("sdm-xml-root-needed",
		is("xml-wrong-root-accepted", "Any root of the XML will do.",
			rejudges(func(*turn) {}, because(wrongRoot), sent(asXML))),
		refused("xml-wrong-root", "XML with another root", where(because(wrongRoot), sent(asXML)), 500)),
	breaks("sdm-user-name-missing",
		is("user-name-missing-accepted", "The password alone opens the first user's session.",
			rejudges(func(t *turn) { t.given.userName = &t.config.User.UserName }, because(userNameMissing))),
		refused("user-name-missing", "A login without a userName", because(userNameMissing), 200, 404, 500)),
	breaks("sdm-password-missing",
		is("password-missing-accepted", "A login without a password opens a session.",
			accepts(passwordMissing, namesAccount)),
		refused("password-missing", "A login without a password", because(passwordMissing), 200, 403, 500)),
	breaks("sdm-password-empty",
		is("password-empty-accepted", "An empty password opens a session.", accepts(passwordEmpty)),
		refused("password-empty", "An empty password", because(passwordEmpty), 200, 403, 500)),
	breaks("sdm-missing-field-400",
		refused("empty-body", "An empty body", because(bodyEmpty), 401),
		refused("wrong-root", "JSON that is not the documented object", where(because(wrongRoot), sent(asJSON)), 401),
		refused("missing-field", "A login without a userName or without a password",
			because(userNameMissing, passwordMissing), 401),
		refused("user-name-missing", "A login without a userName", because(userNameMissing), 401),
		refused("password-missing", "A login without a password", because(passwordMissing), 401)),
	breaks("sdm-version-unknown",
		is("unknown-version-accepted", "A version that does not exist works.", offersToo(`^v[1-9]\d*\.[1-9]\d*$`)),
		refused("unknown-version", "A version that does not exist", because(unknownVersion), 200, 400, 401, 500)),
	breaks("sdm-version-in-full",
		is("version-by-prefix", "A version that begins like an existing one works like it.", offersToo(`^v1\.3`)),
		is("version-by-regexp", "The dot of a version stands for any letter.", offersToo(`^v1.3$`)),
		refused("version-suffix", "A version that begins like an existing one", because(versionAlmost), 400, 401, 500)),
	breaks("sdm-version-in-full",
		is("json-version-not-looked-at", "In JSON a login succeeds at any version.",
			at(reading, func(t *turn) {
				t.why = fine
				t.read()
			}, because(versionAlmost), of(login), sent(asJSON)))),
	breaks("sdm-version-spelling",
		is("version-without-v-accepted", "A version needs no v.", offersToo(`^1\.3$`)),
		is("version-as-number-accepted", "A version's numbers may begin with a zero.", offersToo(`^v01\.3$`)),
		is("version-in-capitals-accepted", "A version may begin with a capital V.", offersToo(`^V1\.3$`)),
		refused("version-spelling", "A version in another spelling", because(versionSpelt), 500)),
	breaks("sdm-refusal-opens-nothing",
		is("wrong-password-session-in-body", "A wrong password is answered 401 with the sessionId of a live session.",
			at(answering, func(t *turn) {
				t.open(t.config.User)
				t.fill()
				t.say(t.Status, "application/json", jsonDocument(t.fields))
			}, because(wrongPassword))),
		leavesSession("wrong-password", "A wrong password", because(wrongPassword)),
		leavesSession("unknown-user", "An unknown user", because(unknownUser)),
		leavesSession("user-name-missing", "A login without a userName", because(userNameMissing)),
		leavesSession("password-missing", "A login without a password", because(passwordMissing)),
		leavesSession("password-empty", "An empty password", because(passwordEmpty)),
		leavesSession("malformed", "A body that is not well-formed", because(bodyMalformed)),
		leavesSession("empty-body", "An empty body", because(bodyEmpty)),
		leavesSession("unknown-version", "A version that does not exist", because(wrongVersions...)),
		leavesSession("null", "A password that is null", holding("password", like.Null)),
		leavesSession("nobody", "A login without userName and password", because(userNameMissing), not(hasPassword)),
		leavesSession("entity", "XML with entities", because(externalEntity, entityBomb)),
		is("ended-session-gets-live-one", "A call with a session that is over is refused with the cookie of a live one.",
			at(answering, handsLiveSession, of(serverInfo), because(ended))),
		is("connection-gets-live-session",
			"A call without a session, on a connection that is kept, is refused with the cookie of a live one.",
			at(answering, handsLiveSession, of(serverInfo), because(noSession), func(t *turn) bool { return !t.r.Close })),
		leavesSession("query", "A password that is a query object", holding("password", query)),
		is("refused-cookie-comes-to-life", "A refused login sets a cookie that the user's next login brings to life.",
			wakes),
		is("no-session-cookie-is-live", "A call that is refused sets the cookie of a live session.",
			at(answering, handsLiveSession, because(noSession, invented)))),
	breaks("sdm-password-case",
		is("password-without-case", "Passwords are compared without regard to case.", passwordIs(strings.EqualFold))),
	breaks("sdm-password-to-the-end",
		is("password-by-prefix", "The beginning of the password is enough.", passwordIs(like.Begins)),
		is("password-first-eight", "Passwords are compared by their first eight letters.", passwordIs(like.FirstEight))),
	breaks("sdm-password-not-repeated",
		is("password-in-answer", "The answer has the password as one more field.",
			adds("password", func(t *turn) any { return *t.given.password }, hasPassword)),
		is("password-in-refusal", "A refusal repeats the password that was given.",
			at(refusing, func(t *turn) { t.detail = *t.given.password }, hasPassword)),
		is("password-in-header", "A header field of the answer repeats the password.",
			at(answering, func(t *turn) { t.Set("X-Authenticated-With", *t.given.password) }, hasPassword)),
		is("password-in-cookie", "A cookie of the answer holds the password.",
			at(answering, func(t *turn) { t.setCookie("remember", url.QueryEscape(*t.given.password)) }, hasPassword)),
		is("password-in-probe", "A call after the login repeats the password in a header field.",
			at(answering, func(t *turn) { t.Set("X-User", t.session.account.Password) }, used)),
		is("password-in-logout", "The answer to a logout repeats the password in a header field.",
			at(answering, func(t *turn) { t.Set("X-User", t.session.account.Password) }, loggedOut)),
		is("password-md5-in-answer", "The answer has the MD5 of the password.",
			adds("key", func(t *turn) any { return fmt.Sprintf("%x", md5.Sum([]byte(t.session.account.Password))) })),
		is("password-sha256-in-answer", "The answer has the SHA-256 of the password.",
			adds("key", func(t *turn) any { return fmt.Sprintf("%x", sha256.Sum256([]byte(t.session.account.Password))) })),
		is("basic-in-answer", "The answer has user name and password as Basic credentials.",
			changes("serverInfo", func(t *turn, f *field) {
				text := t.session.account.UserName + ":" + t.session.account.Password
				f.value = base64.StdEncoding.EncodeToString([]byte(text))
			}))),
	breaks("sdm-external-entity",
		is("external-entity-resolved", "An external entity is resolved and shown in the refusal.", expands(externalEntity)),
		is("external-entity-fatal", "At an external entity the connection ends without an answer.", fatal(externalEntity)),
		is("external-entity-tells-of-files",
			"An entity that names a file which is there is answered otherwise than one that is not.",
			status(500, because(externalEntity), bodyLike(`file:///(?:[^"]*/)?[^"/]*[0-9a-f]{8}`))),
		refused("external-entity", "An external entity", because(externalEntity), 500)),
	breaks("sdm-entity-bomb",
		is("entity-bomb-expanded", "Entities that multiply are expanded and shown in the refusal.", expands(entityBomb)),
		is("entity-bomb-fatal", "At entities that multiply the connection ends without an answer.", fatal(entityBomb)),
		refused("entity-bomb", "A document with entities that multiply", because(entityBomb), 500)),
)

// almostRight holds for logins whose wrong password the right one begins like, but for its last letter, or with.
func almostRight(t *turn) bool {
	right, came := t.account.Password, *t.given.password
	return strings.EqualFold(right, came) || strings.HasPrefix(came, right) || like.Begins(right, came)
}
