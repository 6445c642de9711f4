package sdm

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"session-conformance/support/reference"
)

// fieldsOfAnswer are the fields of a login's answer, and their names in clauses and faults.
var fieldsOfAnswer = [][2]string{{"idleTimeout", "idle-timeout"}, {"serverInfo", "server-info"},
	{"sessionId", "session-id"}, {"userGroup", "user-group"}, {"userName", "user-name"}, {"validUntil", "valid-until"}}

// fieldFaults leave a field out: of all answers in a form, and of those alone whose form is not that of the request.
func fieldFaults() (all list) {
	for _, f := range fieldsOfAnswer {
		name, short := f[0], f[1]
		all = append(all, breaks("sdm-field-"+short,
			is("xml-without-"+short, "The XML has no "+name+".", lacks(name, answered(asXML))),
			is("json-without-"+short, "The JSON has no "+name+".", lacks(name, answered(asJSON))),
			is("mixed-xml-without-"+short, "XML that answers JSON has no "+name+".", lacks(name, mixed, answered(asXML))),
			is("mixed-json-without-"+short, "JSON that answers XML has no "+name+".", lacks(name, mixed, answered(asJSON))),
		)...)
	}
	return all
}

// renamed is the fault that calls a field of the answers in a form otherwise.
func renamed(fault string, f form, name, other string) list {
	says := fmt.Sprintf("The %s's %s is called %s.", map[form]string{asXML: "XML", asJSON: "JSON"}[f], name, other)
	return is(fault, says, changes(name, func(_ *turn, f *field) { f.name = other }, answered(f)))
}

// answerFaults break the fields of the answer.
var answerFaults = slices.Concat(
	fieldFaults(),
	breaks("sdm-field-idle-timeout",
		renamed("xml-idle-timeout-in-lower-case", asXML, "idleTimeout", "idletimeout"),
		renamed("json-idle-timeout-in-snake-case", asJSON, "idleTimeout", "idle_timeout")),
	breaks("sdm-field-server-info",
		renamed("xml-server-info-renamed", asXML, "serverInfo", "server"),
		renamed("json-server-info-in-capitals", asJSON, "serverInfo", "ServerInfo"),
		is("xml-server-info-attribute", "The XML's serverInfo is an attribute of the root.",
			lacks("serverInfo", answered(asXML)), rewrites(asXML, "<session>", `<session serverInfo="NNC82_5">`))),
	breaks("sdm-field-session-id",
		renamed("xml-session-id-renamed", asXML, "sessionId", "sessionID"),
		renamed("json-session-id-in-snake-case", asJSON, "sessionId", "session_id")),
	breaks("sdm-field-user-group",
		renamed("xml-user-group-renamed", asXML, "userGroup", "userGroups"),
		renamed("json-user-group-renamed", asJSON, "userGroup", "group")),
	breaks("sdm-field-user-name",
		renamed("xml-user-name-in-lower-case", asXML, "userName", "username"),
		renamed("json-user-name-renamed", asJSON, "userName", "user")),
	breaks("sdm-field-valid-until",
		renamed("xml-valid-until-with-hyphen", asXML, "validUntil", "valid-until"),
		renamed("json-valid-until-in-lower-case", asJSON, "validUntil", "validuntil")),
	breaks("sdm-idle-timeout-number",
		is("json-idle-timeout-text", "The JSON's idleTimeout is a string of digits.", inJSON("idleTimeout", "0")),
		is("json-idle-timeout-null", "The JSON's idleTimeout is null.", inJSON("idleTimeout", verbatim("null"))),
		is("json-idle-timeout-boolean", "The JSON's idleTimeout is a boolean.", inJSON("idleTimeout", false)),
		is("json-idle-timeout-object", "The JSON's idleTimeout is an object.",
			inJSON("idleTimeout", verbatim(`{"seconds": 0}`))),
		is("json-idle-timeout-fraction", "The JSON's idleTimeout is a fraction.", inJSON("idleTimeout", 0.5)),
		is("xml-idle-timeout-word", "The XML's idleTimeout is a word.", inXML("idleTimeout", "never")),
		is("xml-idle-timeout-fraction", "The XML's idleTimeout is a fraction.", inXML("idleTimeout", "0.5")),
		is("xml-idle-timeout-empty", "The XML's idleTimeout is empty.", inXML("idleTimeout", "")),
		is("xml-idle-timeout-with-unit", "The XML's idleTimeout carries a unit.", inXML("idleTimeout", "0 s"))),
	breaks("sdm-idle-timeout-not-negative",
		is("idle-timeout-negative", "The idleTimeout is -1.", gives("idleTimeout", -1))),
	breaks("sdm-fields-are-text",
		is("json-user-group-array", "The JSON's userGroup is an array.", wraps(asJSON, "userGroup", "[", "]")),
		is("json-user-group-null", "The JSON's userGroup is null.", inJSON("userGroup", verbatim("null"))),
		is("json-server-info-number", "The JSON's serverInfo is a number.", inJSON("serverInfo", 82.5)),
		is("json-server-info-object", "The JSON's serverInfo is a map.", wraps(asJSON, "serverInfo", `{"version": `, "}")),
		is("json-valid-until-number", "The JSON's validUntil is a number.", inJSON("validUntil", 1798761600000)),
		is("json-valid-until-null", "The JSON's validUntil is null.", inJSON("validUntil", verbatim("null"))),
		is("json-valid-until-boolean", "The JSON's validUntil is a boolean.", inJSON("validUntil", true)),
		is("xml-user-group-nested", "The XML's userGroup holds an element.", wraps(asXML, "userGroup", "<name>", "</name>")),
		is("xml-server-info-nested", "The XML's serverInfo holds an element.",
			wraps(asXML, "serverInfo", "<version>", "</version>"))),
	breaks("sdm-session-id-not-empty",
		is("xml-session-id-empty", "The XML's sessionId is empty.", inXML("sessionId", "")),
		is("json-session-id-empty", "The JSON's sessionId is empty.", inJSON("sessionId", ""))),
	breaks("sdm-session-id-bare",
		is("xml-session-id-padded", "White space surrounds the XML's sessionId.", wraps(asXML, "sessionId", "\n  ", "\n")),
		is("json-session-id-padded", "A blank follows the JSON's sessionId.",
			changes("sessionId", func(_ *turn, f *field) { f.value = fmt.Sprint(f.value, " ") }, answered(asJSON)))),
	breaks("sdm-session-id-once",
		is("xml-session-id-of-another-first", "Another sessionId stands in the XML before the session's.",
			at(writing, func(t *turn) {
				old := "<previous><sessionId>" + t.newID() + "</sessionId></previous>"
				t.text = strings.Replace(t.text, "<session>", "<session>"+old, 1)
			}, answered(asXML))),
		is("json-session-id-twice", "The JSON has the name sessionId twice, the second time with another ID.",
			adds("sessionId", func(t *turn) any { return t.newID() }, answered(asJSON)))),
	breaks("sdm-strings-not-empty",
		is("server-info-empty", "The serverInfo is empty.", gives("serverInfo", "")),
		is("user-group-empty", "The userGroup is empty.", gives("userGroup", "")),
		is("valid-until-empty", "The validUntil is empty.", gives("validUntil", ""))),
	breaks("sdm-user-name-is-user",
		is("user-name-of-another", "The userName is another user.",
			changes("userName", func(t *turn, f *field) { f.value = t.config.OtherUser.UserName })),
		is("user-name-is-group", "The userName is the user's group.",
			changes("userName", func(t *turn, f *field) { f.value = t.session.account.UserGroup })),
		is("user-name-empty", "The userName is empty.", gives("userName", "")),
		is("xml-user-name-padded", "White space surrounds the XML's userName.", wraps(asXML, "userName", "\n  ", "\n")),
		is("json-user-name-padded", "Blanks surround the JSON's userName.",
			changes("userName", func(_ *turn, f *field) { f.value = fmt.Sprintf(" %s ", f.value) }, answered(asJSON))),
		is("json-user-name-twice", "The JSON has the name userName twice, the second time with another user.",
			adds("userName", func(t *turn) any { return t.config.OtherUser.UserName }, answered(asJSON))),
		is("xml-user-name-escaped-twice", "The XML's userName is escaped twice.",
			changes("userName", func(_ *turn, f *field) { f.value = escaped(f.value.(string)) }, answered(asXML))),
		is("xml-declares-latin-1", "The XML is UTF-8 but declares ISO-8859-1, so that the userName reads wrong.",
			rewrites(asXML, "UTF-8", "ISO-8859-1"))),
	breaks("sdm-accept-decides",
		is("accept-ignored", "The answer has the form of the request, whatever Accept says.", answersAsSent()),
		is("accept-xml-ignored", "A request in JSON is answered in JSON, though it wants XML.", answersAsSent(sent(asJSON))),
		is("accept-json-ignored", "A request in XML is answered in XML, though it wants JSON.", answersAsSent(sent(asXML))),
		is("mixed-media-types-refused", "A request for the other form is answered 406.", refuses(notAcceptable, mixed)),
		is("mixed-answer-labelled-as-sent", "The answer is formed as Accept asks and labelled as the request was.",
			at(answering, func(t *turn) { t.Media = "application/" + string(t.sent) }, loggedIn, mixed)),
		is("mixed-xml-malformed", "XML that answers JSON is cut off.", rewritesBy(asXML, cutOff, mixed)),
		is("mixed-json-malformed", "JSON that answers XML is cut off.", rewritesBy(asJSON, cutOff, mixed))),
)

// xmlFaults break the XML of the answer.
var xmlFaults = slices.Concat(
	breaks("sdm-xml-media-type",
		is("xml-labelled-json", "The XML is labelled application/json.", labelled("application/json", asXML)),
		is("xml-labelled-html", "The XML is labelled text/html.", labelled("text/html", asXML)),
		is("xml-labelled-plain", "The XML is labelled text/plain.", labelled("text/plain", asXML)),
		is("xml-labelled-vendor", "The XML is labelled with a vendor's media type.",
			labelled("application/vnd.sdm.session+xml", asXML)),
		is("xml-unlabelled", "The XML comes without a media type.", labelled("", asXML))),
	breaks("sdm-xml-well-formed",
		is("xml-unescaped-ampersand", "The XML holds an unescaped ampersand.",
			wraps(asXML, "serverInfo", "", " & more")),
		is("xml-unescaped-less-than", "The XML holds an unescaped less-than sign.",
			wraps(asXML, "serverInfo", "", " <9")),
		is("xml-undeclared-entity", "The XML refers to an undeclared entity.", wraps(asXML, "serverInfo", "", "&nbsp;")),
		is("xml-control-character", "The XML holds a control character.", wraps(asXML, "serverInfo", "", "\x01")),
		is("xml-wrong-end-tag", "An end tag of the XML has another name than its start tag.",
			rewrites(asXML, "</userGroup>", "</usergroup>")),
		is("xml-attributes-without-a-blank", "No blank stands between two attributes of the XML.",
			rewrites(asXML, "<session>", `<session version="1.3"state="live">`)),
		is("xml-attribute-of-undeclared-prefix", "An attribute of the XML has a prefix that is not declared.",
			rewrites(asXML, "<userName>", `<userName xsi:type="xs:string">`)),
		is("xml-half-a-character", "The XML writes an emoji as two halves of UTF-16 by their numbers.",
			wraps(asXML, "serverInfo", "", " &#55357;&#56832;")),
		is("xml-cut-off", "The XML lacks its last end tag.", rewrites(asXML, "</session>", "")),
		is("xml-two-roots", "The XML has two roots.", rewrites(asXML, "</session>", "</session><session/>")),
		is("xml-text-after-root", "Text follows the XML's root.", rewrites(asXML, "</session>", "</session>ok")),
		is("xml-space-before-declaration", "A line break precedes the declaration.",
			rewrites(asXML, "<?xml", "\n<?xml"))),
	breaks("sdm-xml-encoding",
		is("xml-declares-ascii", "The XML beyond ASCII declares US-ASCII.", rewrites(asXML, "UTF-8", "US-ASCII")),
		is("xml-declares-utf-16", "The XML is UTF-8, but declares UTF-16.", rewrites(asXML, "UTF-8", "UTF-16")),
		is("xml-declares-utf-8-writes-latin-1", "The XML is ISO-8859-1, but declares UTF-8.",
			encodesIn(charmap.ISO8859_1)),
		is("xml-declares-nonsense", "The XML declares an encoding that is none.", rewrites(asXML, "UTF-8", "x-sdm-8")),
		is("xml-utf-8-cut-in-letter", "A letter of the XML's UTF-8 is cut off in its middle.",
			rewrites(asXML, "</userGroup>", "\xc3</userGroup>"))),
	breaks("sdm-xml-root",
		is("xml-root-renamed", "The XML's root is login.", rewrites(asXML, "session>", "login>")),
		is("xml-root-in-capitals", "The XML's root is Session.", rewrites(asXML, "session>", "Session>")),
		is("xml-root-wrapped", "The XML's session element stands in another root.",
			rewrites(asXML, "<session>", "<response><session>", "</session>", "</session></response>"))),
	breaks("sdm-xml-no-namespace",
		is("xml-default-namespace", "The XML's elements are in a default namespace.",
			rewrites(asXML, "<session>", `<session xmlns="urn:sdm:rest">`)),
		is("xml-prefixed", "The XML's elements are in a namespace by a prefix.", rewritesBy(asXML, prefixed)),
		is("xml-session-id-in-namespace", "The XML's sessionId is in a namespace.",
			rewrites(asXML, "<sessionId>", `<sessionId xmlns="urn:sdm:rest">`))),
	breaks("sdm-xml-fields-below-session",
		is("xml-fields-nested", "The XML's fields stand in an element of their own.",
			rewrites(asXML, "<session>", "<session><data>", "</session>", "</data></session>")),
		is("xml-session-id-nested", "The XML's sessionId stands in an element of its own.",
			rewrites(asXML, "<sessionId>", "<cookie><sessionId>", "</sessionId>", "</sessionId></cookie>"))),
)

// jsonFaults break the JSON of the answer.
var jsonFaults = slices.Concat(
	breaks("sdm-json-media-type",
		is("json-labelled-xml", "The JSON is labelled application/xml.", labelled("application/xml", asJSON)),
		is("json-labelled-html", "The JSON is labelled text/html.", labelled("text/html;charset=utf-8", asJSON)),
		is("json-labelled-plain", "The JSON is labelled text/plain.", labelled("text/plain", asJSON)),
		is("json-labelled-javascript", "The JSON is labelled text/javascript.", labelled("text/javascript", asJSON)),
		is("json-unlabelled", "The JSON comes without a media type.", labelled("", asJSON))),
	breaks("sdm-json-object",
		is("json-cut-off", "The JSON lacks its last brace.", rewritesBy(asJSON, cutOff)),
		is("json-trailing-comma", "The JSON has a comma after its last field.",
			rewritesBy(asJSON, func(text string) string { return cutOff(text) + ",}" })),
		is("json-two-values", "A second value follows the JSON object.", surrounds(asJSON, "", "\n{}")),
		is("json-in-an-array", "The JSON object stands in an array.", surrounds(asJSON, "[", "]")),
		is("json-in-a-string", "The JSON object is a string that holds JSON.",
			rewritesBy(asJSON, func(text string) string { return reference.JSON(text) })),
		is("json-in-single-quotes", "The JSON has single quotes.", rewrites(asJSON, `"`, "'")),
		is("json-after-prefix", "The JSON comes after a prefix against inclusion.", surrounds(asJSON, ")]}',\n", "")),
		is("json-in-callback", "The JSON is the argument of a callback.", surrounds(asJSON, "callback(", ")")),
		is("json-with-comment", "The JSON comes with a comment.", surrounds(asJSON, "/* session */ ", "")),
		is("json-not-utf-8", "The JSON is ISO-8859-1.", rewritesBy(asJSON, inLatin1))),
	breaks("sdm-json-unwrapped",
		is("json-wrapped-in-session", "The fields stand in an object called session.",
			surrounds(asJSON, `{"session": `, "}")),
		is("json-wrapped-in-data", "The JSON's fields stand in an object called data.",
			surrounds(asJSON, `{"status": "ok", "data": `, "}"))),
)
