package sdm

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"session-conformance/support/reference"
)

// variants are what the document leaves open, done another way. None of them breaks a stated or a shown clause.
var variants = slices.Concat(
	is("basic-credentials-accepted", "Right Basic credentials are as good as a session.",
		finds(noSession, basicOf(func(u Account, came string) bool { return reference.Same(u.Password, came) }))),
	// The cookie and the session
	is("cookie-with-another-name", "The cookie has another name.", func(s *Server) { s.cookieName = "sdm.session-2" }),
	is("cookie-with-prefix", "A proxy puts its server's name before the session ID in the cookie.",
		func(s *Server) { s.prefix = "node1~" }),
	is("cookie-without-attributes", "The cookie has no attributes.",
		hands(func(_ *turn, c *cookie) { c.Attributes = nil })),
	is("cookie-path-is-root", "The session cookie is set for the path /.", attribute("Path=/")),
	is("cookie-with-lifetime", "The session cookie lives for half an hour.", hands(func(t *turn, c *cookie) {
		end := t.config.Now().Add(idleLimit).UTC().Format(http.TimeFormat)
		c.Attributes = append(c.Attributes, "Max-Age=1800", "Expires="+end)
	})),
	is("cookie-with-more-attributes", "The session cookie has attributes that hardly anybody knows.",
		attribute("SameSite=Lax", "Version=1", "Priority=High", `Comment="of the REST API"`)),
	is("cookie-attributes-in-any-order", "The session cookie's attributes come in a random order.",
		hands(func(_ *turn, c *cookie) {
			rand.Shuffle(len(c.Attributes), func(i, j int) {
				c.Attributes[i], c.Attributes[j] = c.Attributes[j], c.Attributes[i]
			})
		})),
	is("cookie-attributes-in-other-case", "The cookie's attributes are in other case.", hands(inOtherCase)),
	is("other-cookies-before", "Other cookies are set before the session cookie.",
		before("route=node7; Path=/", `theme="dark"; Path=/; Max-Age=31536000`)),
	is("other-cookies-after", "Other cookies are set after the session cookie, and one is cleared.",
		after("XSRF-TOKEN=5b1c0e; Path=/", "last=; Path=/; Max-Age=0")),
	is("cookie-of-other-path-cleared", "The answer also clears a cookie of the same name on another path.",
		after("{name}=; Path=/console; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT")),
	is("cookie-for-other-path-too", "The answer also sets a cookie of the same name on another path.",
		after("{name}={id}; Path=/console; HttpOnly")),
	is("cookie-of-the-name-for-all-paths", "The answer also sets a short cookie of the same name for all paths.",
		before("{name}=none; Path=/")),
	is("cookie-for-all-paths-too", "The session cookie is set for the path /, too.", at(handing, func(t *turn) {
		c := t.Cookies[len(t.Cookies)-1]
		t.Cookies = append(t.Cookies, reference.NewCookie(c.Name, c.Value, "Path=/", "HttpOnly"))
	})),
	is("cookie-percent-encoded", "The session ID is in base64, and in the cookie with percent signs.",
		func(s *Server) { s.newID = base64ID }, hands(func(_ *turn, c *cookie) { c.Value = url.QueryEscape(c.Value) }),
		at(finding, func(t *turn) {
			id, _ := url.QueryUnescape(t.cookie())
			if live := t.sessions[id]; live != nil {
				t.session, t.why = live, fine
			}
		}, because(invented, nothingToEnd))),
	is("route-ignored", "What stands behind the dot of a session ID is not looked at.", ignoresRoute(".")),
	is("route-behind-a-colon", "A session ID ends with a colon and a route, which is not looked at.",
		func(s *Server) { s.newID = func() string { return reference.NewUUID() + ":clone1" } }, ignoresRoute(":")),
	is("padding-ends-session-id", "Session IDs are in base64, and what stands behind its padding is not looked at.",
		func(s *Server) { s.newID = base64ID }, ignoresRoute("=")),
	is("two-cookies-needed", "A session needs two cookies.",
		before("SDMKEY={key}; Path=/rest; HttpOnly"),
		at(finding, func(t *turn) { t.why = invented }, because(fine), lacksKey)),
	is("other-cookie-authenticates-too", "A second cookie remembers the user, and authenticates alone.",
		before("SDMKEY={key}; Path=/rest; HttpOnly"), at(finding, func(t *turn) {
			key, err := t.r.Cookie("SDMKEY")
			for _, s := range t.sessions {
				if err == nil && reference.Same(s.key, key.Value) {
					t.session, t.why = s, fine
				}
			}
		}, not(because(fine)))),
	is("every-answer-sets-cookie", "Every answer sets the session cookie anew.",
		at(answering, func(t *turn) { t.hand(t.session) }, used)),
	is("session-id-in-base64", "The session ID is in base64, without a route.", func(s *Server) { s.newID = base64ID }),
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
	is("user-name-decomposed", "The userName of the answer has its accents in characters of their own.",
		changes("userName", func(_ *turn, f *field) { f.value = norm.NFD.String(f.value.(string)) })),
	is("more-fields", "The answer has more fields, some with structure.", at(filling, func(t *turn) {
		more := []field{{"lastLogin", verbatim("null")}, {"roles", verbatim(`["admin", "audit"]`)},
			{"license", verbatim(`{"owner": "ACME", "seats": 7}`)}}
		if formOf(t.wanted) == asXML {
			more = []field{{"lastLogin", ""}, {"license", verbatim("<owner>ACME</owner><seats>7</seats>")}}
		}
		t.fields = append(t.fields, more...)
	})),
	is("fields-in-other-order", "The answer's fields come in another order.",
		at(filling, func(t *turn) { slices.Reverse(t.fields) })),
	// The answer's XML
	is("xml-indented", "The XML is indented.", rewrites(asXML, "><", ">\n    <", "</session>", "\n</session>\n")),
	is("xml-with-crlf", "The XML's lines end as on Windows.", rewrites(asXML, "><", ">\r\n\t<")),
	is("xml-cdata", "The XML's texts are CDATA sections.", changes("", cdata, answered(asXML))),
	is("xml-character-references", "Texts are character references.", changes("", references, answered(asXML))),
	is("xml-comments", "The XML has comments, which hold what looks like elements.",
		rewrites(asXML, "><", "><!-- <sessionId>none</sessionId> & so on --><"), surrounds(asXML, "", "<!-- end -->\n")),
	is("xml-processing-instructions", "The XML has processing instructions before and after its root.",
		rewrites(asXML, "?><session>", `?><?xml-stylesheet type="text/xsl" href="/session.xsl"?><?sdm?><session>`),
		surrounds(asXML, "", "<?end of session?>")),
	is("xml-attributes", "The XML's elements have attributes.", rewritesBy(asXML, attributed)),
	is("xml-unused-namespace", "The XML declares a namespace for an attribute; its elements are in none.",
		rewrites(asXML, "<session>",
			`<session xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:s session.xsd">`)),
	is("xml-self-closing-elements", "The XML has further elements without content.",
		rewrites(asXML, "<session>", "<session><warnings/><links />")),
	is("xml-idle-timeout-padded", "White space surrounds the idleTimeout.", wraps(asXML, "idleTimeout", "\n  ", "\n  ")),
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
	is("xml-encoding-in-lower-case", "The XML declaration says utf-8 in lower case.", rewrites(asXML, "UTF-8", "utf-8")),
	is("xml-byte-order-mark", "The XML begins with a byte order mark.", surrounds(asXML, "\ufeff", "")),
	is("xml-utf-16", "The XML is UTF-16 in little-endian order, as it declares, with a byte order mark.",
		rewrites(asXML, "UTF-8", "UTF-16"), encodesIn(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))),
	is("xml-utf-16-big-endian", "The XML is UTF-16 in big-endian order, as it declares, with a byte order mark.",
		rewrites(asXML, "UTF-8", "UTF-16"), encodesIn(unicode.UTF16(unicode.BigEndian, unicode.UseBOM))),
	is("xml-latin-1", "The XML is ISO-8859-1, as it declares.",
		rewrites(asXML, "UTF-8", "ISO-8859-1"), encodesIn(charmap.ISO8859_1)),
	is("xml-in-ascii", "The XML is US-ASCII, and says so.",
		rewrites(asXML, "UTF-8", "US-ASCII"), rewritesBy(asXML, inASCII)),
	is("xml-labelled-text-xml", "The XML is labelled text/xml.", labelled("text/xml", asXML)),
	is("xml-with-charset", "The XML's media type has a charset.", labelled("application/xml;charset=UTF-8", asXML)),
	is("xml-text-with-quoted-charset", "The XML is labelled text/xml with a charset in quotation marks.",
		labelled(`text/xml; charset="utf-8"`, asXML)),
	// The answer's JSON
	is("json-indented", "The JSON is indented.", rewritesBy(asJSON, indented)),
	is("json-in-ascii", "The JSON's strings are escapes throughout.", changes("", escapes, answered(asJSON))),
	is("json-white-space-around", "White space surrounds the JSON.", surrounds(asJSON, "\r\n\t ", "\n\n")),
	is("json-idle-timeout-exponent", "The idleTimeout has an exponent.", inJSON("idleTimeout", verbatim("1.8e3"))),
	is("json-with-charset", "The JSON's media type has a charset.", labelled("application/json;charset=UTF-8", asJSON)),
	is("json-with-quoted-charset", "The JSON's media type has a charset in quotation marks.",
		labelled(`application/json; charset="utf-8"`, asJSON)),
	is("media-types-in-capitals", "The media types are written in capitals.",
		labelled("APPLICATION/XML", asXML), labelled("Application/JSON", asJSON)),
	// Requests and refusals
	is("media-types-to-the-letter", "A login is taken only with the media types as the samples write them.",
		at(reading, func(t *turn) { t.why = mediaTypeUnknown }, because(fine), not(toTheLetter))),
	is("unknown-fields-refused", "A login with any other field is refused.",
		refuses(bodyMalformed, func(t *turn) bool { return t.given.more })),
	is("user-name-of-digits", "The user is called 4711.", func(s *Server) { s.config.User.UserName = "4711" }),
	is("user-name-of-one-letter", "The user is called z.", func(s *Server) { s.config.User.UserName = "z" }),
	is("entities-left-alone", "Entities of a request are left as they are written.", at(reading, func(t *turn) {
		if t.given, t.why = readXML(t.body, true); t.why == fine {
			t.authenticate()
		}
	}, because(externalEntity, entityBomb))),
	is("password-empty-is-missing", "An empty password is answered 400.", status(400, because(passwordEmpty))),
	is("xml-wrong-root-401", "XML with another root is answered 401, because it names no user.",
		status(401, because(wrongRoot), sent(asXML))),
	is("refusals-as-text", "Refusals are plain text.", refusesIn("")),
	is("refusals-as-html", "Refusals are pages in HTML that are no XML.", at(answering, htmlPage, not(because(fine)))),
	is("refusals-as-json", "Refusals are JSON, whatever was asked for.", refusesIn("application/json")),
	is("refusals-empty", "Refusals have no body.",
		at(answering, func(t *turn) { t.Media, t.Body = "", "" }, not(because(fine)))),
	is("challenge-with-401", "A 401 comes with a challenge for Basic credentials.",
		at(answering, func(t *turn) { t.Set("WWW-Authenticate", `Basic realm="SDM"`) },
			func(t *turn) bool { return t.Status == http.StatusUnauthorized })),
	is("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		status(400, because(wrongPassword), func(t *turn) bool { return t.noLengthOf(*t.given.password, passwordOf) })),
	is("user-names-by-rule", "A userName whose length no account's has is answered 400 as against the rules.",
		status(400, because(unknownUser), func(t *turn) bool { return t.noLengthOf(*t.given.userName, nameOf) })),
	is("account-locks", "Three wrong passwords in a row lock the account.", locksAfter(3)),
	is("other-versions-known", "The versions v1.0, v1.1 and v1.2 are offered too.",
		func(s *Server) { s.versions = append(s.versions, "v1.0", "v1.1", "v1.2") }),
	leaveOpen("sdm-unknown-user",
		is("filters-held-back", "A firewall answers a login that ends a filter of LDAP 403.",
			says(403, "text/html", "<html><h1>403 Forbidden</h1></html>", of(login), bodyHas(")(|")))),
	leaveOpen("sdm-password-types sdm-user-name-types",
		is("query-operators-held-back", "A firewall answers a login that holds a query operator 403.",
			says(403, "text/html", "<html><h1>403 Forbidden</h1></html>", of(login), bodyHas("$ne")))),
	// The other calls
	is("one-session-of-all-users", "A login ends all other sessions, whosever they are.",
		at(opening, func(t *turn) {
			clear(t.sessions)
			t.sessions[t.session.id] = t.session
		})),
	is("probe-not-permitted-to-others", "The call that needs a session is answered 403 to all users but the first.",
		status(403, used, func(t *turn) bool { return t.session.account != t.config.User })),
	is("probe-204", "The call that needs a session is answered 204.", says(204, "", "", used)),
	is("logout-200", "A logout is answered 200 without content.", status(200, loggedOut)),
	is("logout-200-with-text", "A logout is answered 200 with a text.",
		says(200, "text/plain; charset=utf-8", "bye\n", loggedOut)),
	is("logout-200-with-page", "A logout is answered 200 with a page in HTML.",
		says(200, "text/html", "<!DOCTYPE html><html><body>Good bye</body></html>", loggedOut)),
	is("logout-clears-cookie", "A logout clears the client's cookie.", clearsCookie),
	is("logout-ends-users-sessions", "A logout ends all sessions of the user.", at(ending, func(t *turn) {
		for _, s := range t.earlier() {
			delete(t.sessions, s.id)
		}
	})),
	is("logout-unknown", "There is no logout.", at(finding, func(t *turn) { t.why = noSuchCall }, of(logout))),
	capped,
)
