package saymon

import (
	"encoding/base64"
	"net/http"
	"strings"
)

// cookieFaults are about the sid cookie of the answer.
var cookieFaults = []peculiarity{
	fault("cookie-missing", "No cookie is set.", "saymon-cookie-set",
		onAnswer(by(""), func(c *call) { c.cookie = cookie{} })),
	fault("cookie-named-session-id", "The cookie is named sessionId.", "saymon-cookie-set",
		onAnswer(by(""), func(c *call) { c.cookie.name = "sessionId" })),
	fault("cookie-named-in-upper-case", "The cookie is named SID; names of cookies count by case.", "saymon-cookie-set",
		onAnswer(by(""), func(c *call) { c.cookie.name = "SID" })),
	fault("cookie-empty", "The cookie has no value.", "saymon-cookie-set", onAnswer(by(""), value(""))),
	fault("cookie-expired", "The cookie expired in 1970.", "saymon-cookie-set",
		onAnswer(by(""), attributes("Path=/; HttpOnly; Expires=Thu, 01 Jan 1970 00:00:00 GMT"))),
	fault("cookie-expired-with-two-digits", "The cookie expired in 1970, whose year is written with two digits.",
		"saymon-cookie-set", onAnswer(by(""), attributes("Path=/; HttpOnly; Expires=Thursday, 01-Jan-70 00:00:00 GMT"))),
	fault("cookie-expired-by-the-date", "The cookie expired a day before the answer's own Date.", "saymon-cookie-set",
		onAnswer(by(""), func(c *call) {
			attributes("Path=/; HttpOnly; Expires=" + c.now().UTC().AddDate(0, 0, -1).Format(http.TimeFormat))(c)
		})),
	fault("cookie-max-age-zero", "The cookie has Max-Age=0, which deletes it.", "saymon-cookie-set",
		onAnswer(by(""), attributes("Path=/; HttpOnly; Max-Age=0"))),
	fault("cookie-cleared-at-once", "A second Set-Cookie deletes what the first one sets.", "saymon-cookie-set",
		onAnswer(by(""), setsAfter("sid=; Path=/; Max-Age=0"))),
	fault("cookie-in-other-header", "The cookie stands in X-Set-Cookie.", "saymon-cookie-set",
		onAnswer(by(""), func(c *call) { c.header.Set("X-Set-Cookie", c.cookie.String()); c.cookie = cookie{} })),
	fault("cookie-folded-into-another", "The cookie follows another one after a comma, in one Set-Cookie.",
		"saymon-cookie-set",
		onAnswer(by(""),
			func(c *call) { c.before = []string{"lang=ru; Path=/, " + c.cookie.String()}; c.cookie = cookie{} })),
	fault("cookie-other-id", "The cookie has another UUID than the body.", "saymon-cookie-is-session-id",
		onAnswer(by(""), value("{uuid}"))),
	fault("cookie-quoted", "The cookie's value is in quotation marks.", "saymon-cookie-is-session-id",
		onAnswer(by(""), value(`"{id}"`))),
	fault("cookie-signed", "The cookie's value is the session ID with a signature, as some frameworks do.",
		"saymon-cookie-is-session-id",
		onAnswer(by(""), value("s%3A{id}.{decimal}"))),
	fault("cookie-in-base64", "The cookie's value is the session ID in base64.", "saymon-cookie-is-session-id",
		onAnswer(by(""), func(c *call) { c.cookie.value = base64.RawURLEncoding.EncodeToString([]byte(c.id)) })),
	fault("cookie-in-other-case", "The cookie's value is the session ID in upper case.", "saymon-cookie-is-session-id",
		onAnswer(by(""), func(c *call) { c.cookie.value = strings.ToUpper(c.id) })),
	fault("cookie-without-hyphens", "The cookie's value is the session ID without its hyphens.",
		"saymon-cookie-is-session-id",
		onAnswer(by(""), func(c *call) { c.cookie.value = strings.ReplaceAll(c.id, "-", "") })),
	fault("cookie-cut-short", "The cookie's value is the first part of the session ID.", "saymon-cookie-is-session-id",
		onAnswer(by(""), func(c *call) { c.cookie.value = c.id[:8] })),
	fault("cookie-set-again-with-other-id", "A second Set-Cookie replaces the session ID by another one.",
		"saymon-cookie-is-session-id",
		onAnswer(by(""), setsAfter("sid={uuid}; Path=/; HttpOnly{secure}"))),
	fault("cookie-path-missing", "The cookie has no path.", "saymon-cookie-path",
		onAnswer(by(""), attribute("Path=/", ""))),
	fault("cookie-path-empty", "The cookie's path is empty.", "saymon-cookie-path",
		onAnswer(by(""), attribute("Path=/", "Path="))),
	fault("cookie-path-node", "The cookie's path is /node.", "saymon-cookie-path",
		onAnswer(by(""), attribute("Path=/", "Path=/node"))),
	fault("cookie-path-users", "The cookie's path is /node/api/users.", "saymon-cookie-path",
		onAnswer(by(""), attribute("Path=/", "Path=/node/api/users"))),
	fault("cookie-path-relative", "The cookie's path does not begin with a slash.", "saymon-cookie-path",
		onAnswer(by(""), attribute("Path=/", "Path=node"))),
	fault("cookie-without-http-only", "The cookie is not HttpOnly.", "saymon-cookie-http-only",
		onAnswer(by(""), attribute("HttpOnly", ""))),
	overHTTPS(fault("cookie-without-secure", "The cookie is not Secure over https.", "saymon-cookie-secure",
		onAnswer(by(""), attribute("Secure", "")))),
}
