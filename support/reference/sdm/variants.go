package sdm

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// variants are what the document leaves open, done another way. None of them breaks a stated or a shown clause.
var variants = []peculiarity{
	is("basic-credentials-accepted", "Right Basic credentials are as good as a session.",
		finds(noSession, basicOf(func(user Account, password string) bool { return same(password, user.Password) }))),
	// The cookie and the session
	is("cookie-with-another-name", "The session cookie has another name.",
		func(s *Server) { s.cookieName = "sdm.session-2" }),
	is("cookie-with-prefix", "A proxy puts its server's name before the session ID in the cookie.",
		func(s *Server) { s.prefix = "node1~" }),
	is("cookie-without-attributes", "The session cookie has no attributes.",
		hands(func(_ *turn, c *cookie) { c.attributes = nil })),
	is("cookie-path-is-root", "The session cookie is set for the path /.", attribute("Path=/")),
	is("cookie-with-lifetime", "The session cookie lives for half an hour.",
		hands(func(t *turn, c *cookie) {
			end := t.config.Now().Add(idleLimit).UTC().Format(http.TimeFormat)
			c.attributes = append(c.attributes, "Max-Age=1800", "Expires="+end)
		})),
	is("cookie-with-more-attributes", "The session cookie has attributes that hardly anybody knows.",
		attribute("SameSite=Lax", "Version=1", "Priority=High", `Comment="of the REST API"`)),
	is("cookie-attributes-in-any-order", "The session cookie's attributes come in a random order.",
		hands(func(_ *turn, c *cookie) {
			rand.Shuffle(len(c.attributes), func(i, j int) {
				c.attributes[i], c.attributes[j] = c.attributes[j], c.attributes[i]
			})
		})),
	is("cookie-attributes-in-other-case", "The session cookie's attributes are written in other case.",
		hands(inOtherCase)),
	is("other-cookies-before", "Other cookies are set before the session cookie.",
		before(&cookie{"route", "node7", []string{"Path=/"}},
			&cookie{"theme", `"dark"`, []string{"Path=/", "Max-Age=31536000"}})),
	is("other-cookies-after", "Other cookies are set after the session cookie, and one is cleared.",
		after(func(*turn) []*cookie {
			return []*cookie{
				{"XSRF-TOKEN", "5b1c0e", []string{"Path=/"}},
				{"last", "", []string{"Path=/", "Max-Age=0"}},
			}
		})),
	is("cookie-of-other-path-cleared", "The answer also clears a cookie of the same name on another path.",
		after(func(t *turn) []*cookie {
			expired := "Expires=Thu, 01 Jan 1970 00:00:00 GMT"
			return []*cookie{{t.cookieName, "", []string{"Path=/console", "Max-Age=0", expired}}}
		})),
	is("cookie-for-other-path-too", "The answer also sets a cookie of the same name on another path.",
		after(func(t *turn) []*cookie {
			return []*cookie{{t.cookieName, t.newID(), []string{"Path=/console", "HttpOnly"}}}
		})),
	is("two-cookies-needed", "A session needs two cookies.",
		at(handing, func(t *turn) {
			first := *t.cookies[len(t.cookies)-1]
			first.name, first.value = keyCookie, t.session.key
			t.cookies = slices.Insert(t.cookies, len(t.cookies)-1, &first)
		}), at(finding, func(t *turn) { t.why = invented }, because(fine), lacksKey)),
	is("other-cookie-authenticates-too", "A second cookie remembers the user, and authenticates alone.",
		at(handing, func(t *turn) {
			second := *t.cookies[len(t.cookies)-1]
			second.name, second.value = keyCookie, t.session.key
			t.cookies = append([]*cookie{&second}, t.cookies...)
		}), at(finding, func(t *turn) {
			key, err := t.r.Cookie(keyCookie)
			for _, s := range t.sessions {
				if err == nil && same(key.Value, s.key) {
					t.session, t.why = s, fine
				}
			}
		}, not(because(fine)))),
	is("every-answer-sets-cookie", "Every answer sets the session cookie anew.",
		at(answering, func(t *turn) { t.hand(t.session) }, used)),
	is("session-id-in-base64", "The session ID is in base64, without a route.",
		func(s *Server) { s.newID = base64ID }),
	is("refusal-sets-dead-cookie", "Every refusal sets a cookie that authenticates nothing.",
		at(answering, setDeadCookie, not(because(fine)))),
	// The answer's values
	is("idle-timeout-1800", "The idleTimeout is 1800, and kept to.",
		gives("idleTimeout", 1800), at(finding, func(t *turn) {
			delete(t.sessions, t.session.id)
			t.why = ended
		}, because(fine), func(t *turn) bool { return t.config.Now().Sub(t.session.used) > idleLimit })),
	is("valid-until-a-date", "The validUntil is a date.",
		changes("validUntil", func(t *turn, f *field) {
			f.value = t.config.Now().Add(idleLimit).UTC().Format("2006-01-02T15:04:05Z")
		})),
	is("user-name-folded", "The userName of the answer is in capitals.",
		changes("userName", func(_ *turn, f *field) { f.value = strings.ToUpper(f.value.(string)) })),
	is("more-fields", "The answer has more fields, some with structure.",
		adds(asJSON, field{"lastLogin", verbatim("null")}, field{"roles", verbatim(`["admin", "audit"]`)},
			field{"license", verbatim(`{"owner": "ACME", "seats": 7}`)}),
		adds(asXML, field{"lastLogin", ""}, field{"license", verbatim("<owner>ACME</owner><seats>7</seats>")})),
	is("fields-in-other-order", "The answer's fields come in another order.",
		at(filling, func(t *turn) { slices.Reverse(t.fields) })),
	// The answer's XML
	is("xml-indented", "The XML is indented.", rewrites(asXML, "><", ">\n    <", "</session>", "\n</session>\n")),
	is("xml-with-crlf", "The XML's lines end as on Windows.", rewrites(asXML, "><", ">\r\n\t<")),
	is("xml-cdata", "The XML's texts are CDATA sections.", changes("", cdata, answered(asXML))),
	is("xml-character-references", "The XML's texts are character references throughout.",
		changes("", references, answered(asXML))),
	is("xml-comments", "The XML has comments, which hold what looks like elements.",
		rewrites(asXML, "><", "><!-- <sessionId>none</sessionId> & so on --><"), surroundsXML("", "<!-- end -->\n")),
	is("xml-processing-instructions", "The XML has processing instructions before and after its root.",
		rewrites(asXML, "?><session>", `?><?xml-stylesheet type="text/xsl" href="/session.xsl"?><?sdm?><session>`),
		surroundsXML("", "<?end of session?>")),
	is("xml-attributes", "The XML's elements have attributes.", rewritesBy(asXML, attributed)),
	is("xml-unused-namespace", "The XML declares a namespace for an attribute; its elements are in none.",
		rewrites(asXML, "<session>",
			`<session xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:s session.xsd">`)),
	is("xml-self-closing-elements", "The XML has further elements without content.",
		rewrites(asXML, "<session>", "<session><warnings/><links />")),
	is("xml-idle-timeout-padded", "White space surrounds the XML's idleTimeout.",
		wraps(asXML, "idleTimeout", "\n  ", "\n  ")),
	is("xml-without-declaration", "The XML has no declaration.", rewrites(asXML, declaration, "")),
	is("xml-declared-shortly", "The XML declaration names no encoding, in single quotes.",
		rewrites(asXML, declaration, "<?xml version='1.0'?>\n")),
	is("xml-document-type", "The XML has a document type without declarations.",
		rewrites(asXML, "?><session>", "?><!DOCTYPE session>\n<session>")),
	is("xml-internal-entity", "The XML declares an entity of its own and uses it.", rewrites(asXML, "?><session>",
		`?><!DOCTYPE session [<!ENTITY product "NNC82_5">]><session>`, ">NNC82_5<", ">&product;<")),
	is("xml-entities-of-entities", "The XML declares entities that use others, behind a comment, and uses them.",
		rewrites(asXML, "?><session>", `?><!DOCTYPE session [<!-- "]>" --><!ENTITY n "&#78;">`+
			"\n"+`<!ENTITY product "&n;&n;C82_5">`+"\n]\n><session>", ">NNC82_5<", ">&product;<")),
	is("xml-encoding-in-lower-case", "The XML declaration says utf-8 in lower case.",
		rewrites(asXML, "UTF-8", "utf-8")),
	is("xml-byte-order-mark", "The XML begins with a byte order mark.", surroundsXML("\ufeff", "")),
	is("xml-utf-16", "The XML is UTF-16 in little-endian order, as it declares, with a byte order mark.",
		rewrites(asXML, "UTF-8", "UTF-16"), encodesIn(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))),
	is("xml-utf-16-big-endian", "The XML is UTF-16 in big-endian order, as it declares, with a byte order mark.",
		rewrites(asXML, "UTF-8", "UTF-16"), encodesIn(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))),
	is("xml-latin-1", "The XML is ISO-8859-1, as it declares.",
		rewrites(asXML, "UTF-8", "ISO-8859-1"), encodesIn(charmap.ISO8859_1)),
	is("xml-in-ascii", "The XML is US-ASCII, as it declares.",
		rewrites(asXML, "UTF-8", "US-ASCII"), rewritesBy(asXML, inASCII)),
	is("xml-labelled-text-xml", "The XML is labelled text/xml.", labelled("text/xml", answered(asXML))),
	is("xml-with-charset", "The XML's media type has a charset.",
		labelled("application/xml;charset=UTF-8", answered(asXML))),
	is("xml-text-with-quoted-charset", "The XML is labelled text/xml with a charset in quotation marks.",
		labelled(`text/xml; charset="utf-8"`, answered(asXML))),
	// The answer's JSON
	is("json-indented", "The JSON is indented.", rewritesBy(asJSON, indented)),
	is("json-in-ascii", "The JSON's strings are escapes throughout.", changes("", escapes, answered(asJSON))),
	is("json-white-space-around", "White space surrounds the JSON.", surrounds("\r\n\t ", "\n\n")),
	is("json-idle-timeout-exponent", "The JSON's idleTimeout is a number with an exponent.",
		gives("idleTimeout", verbatim("1.8e3"), answered(asJSON))),
	is("json-with-charset", "The JSON's media type has a charset.",
		labelled("application/json;charset=UTF-8", answered(asJSON))),
	is("json-with-quoted-charset", "The JSON's media type has a charset in quotation marks.",
		labelled(`application/json; charset="utf-8"`, answered(asJSON))),
	is("media-types-in-capitals", "The media types are written in capitals.",
		labelled("APPLICATION/XML", answered(asXML)), labelled("Application/JSON", answered(asJSON))),
	// Requests and refusals
	is("media-types-to-the-letter", "A login is taken only with the media types as the samples write them.",
		at(reading, func(t *turn) { t.why = mediaTypeUnknown }, because(fine), not(toTheLetter))),
	is("unknown-fields-refused", "A login with any other field is refused.",
		refuses(bodyMalformed, func(t *turn) bool { return t.given.more })),
	is("entities-left-alone", "Entities of a request are left as they are written.",
		at(reading, func(t *turn) {
			if t.given, t.why = readXML(t.body, true); t.why == fine {
				t.authenticate()
			}
		}, because(externalEntity, entityBomb))),
	is("password-empty-is-missing", "An empty password is answered 400, like a missing one.",
		status(400, because(passwordEmpty))),
	is("xml-wrong-root-401", "XML with another root is answered 401, because it names no user.",
		status(401, because(wrongRoot), sent(asXML))),
	is("refusals-as-text", "Refusals are plain text.", refusesIn("")),
	is("refusals-as-html", "Refusals are pages in HTML that are no XML.",
		at(answering, htmlPage, not(because(fine)))),
	is("refusals-as-json", "Refusals are JSON, whatever was asked for.", refusesIn("application/json")),
	is("refusals-empty", "Refusals have no body.",
		at(answering, func(t *turn) { t.label, t.content = "", nil }, not(because(fine)))),
	is("challenge-with-401", "A 401 comes with a challenge for Basic credentials.",
		at(answering, func(t *turn) { t.set("WWW-Authenticate", `Basic realm="SDM"`) },
			func(t *turn) bool { return t.status == http.StatusUnauthorized })),
	is("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		status(400, because(wrongPassword), func(t *turn) bool { return t.noLengthOf(*t.given.password, passwordOf) })),
	is("user-names-by-rule", "A userName whose length no account's has is answered 400 as against the rules.",
		status(400, because(unknownUser), func(t *turn) bool { return t.noLengthOf(*t.given.userName, nameOf) })),
	is("account-locks", "Three wrong passwords in a row lock the account.", locksAfter(3)),
	is("other-versions-known", "The versions v1.0, v1.1 and v1.2 are offered too.",
		func(s *Server) { s.versions = append(s.versions, "v1.0", "v1.1", "v1.2") }),
	unjudged("sdm-password-types sdm-user-name-types", is("query-operators-held-back",
		"A firewall answers a login that holds a query operator 403.",
		says(403, "text/html", "<html><h1>403 Forbidden</h1></html>", of(login),
			func(t *turn) bool { return strings.Contains(string(t.body), "$ne") }))),
	// The other calls
	is("probe-204", "The call that needs a session is answered 204.", says(204, "", "", used)),
	is("logout-200", "A logout is answered 200 without content.", status(200, loggedOut)),
	is("logout-200-with-text", "A logout is answered 200 with a text.",
		says(200, "text/plain; charset=utf-8", "bye\n", loggedOut)),
	is("logout-clears-cookie", "A logout clears the client's cookie.", clearsCookie),
	is("logout-ends-users-sessions", "A logout ends all sessions of the user.", at(ending, func(t *turn) {
		for _, s := range t.earlier() {
			delete(t.sessions, s.id)
		}
	})),
	is("logout-unknown", "There is no logout.", at(finding, func(t *turn) { t.why = noSuchCall }, of(logout))),
}

// unjudged marks a variant of which clauses cannot be judged.
func unjudged(clauses string, p peculiarity) peculiarity {
	p.Open = clauses
	return p
}
