package sdm

import (
	"slices"

	"golang.org/x/text/encoding/charmap"

	"session-conformance/support/reference"
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
		is("xml-unescaped-ampersand", "The XML holds an unescaped ampersand.", wraps(asXML, "serverInfo", "", " & more")),
		is("xml-unescaped-less-than", "The XML holds an unescaped less-than sign.", wraps(asXML, "serverInfo", "", " <9")),
		is("xml-undeclared-entity", "The XML refers to an undeclared entity.", wraps(asXML, "serverInfo", "", "&nbsp;")),
		is("xml-control-character", "The XML holds a control character.", wraps(asXML, "serverInfo", "", "\x01")),
		is("xml-wrong-end-tag", "An end tag of the XML has another name than its start tag.",
			rewrites(asXML, "</userGroup>", "</usergroup>")),
		is("xml-cut-off", "The XML lacks its last end tag.", rewrites(asXML, "</session>", "")),
		is("xml-two-roots", "The XML has two roots.", rewrites(asXML, "</session>", "</session><session/>")),
		is("xml-text-after-root", "Text follows the XML's root.", rewrites(asXML, "</session>", "</session>ok")),
		is("xml-space-before-declaration", "A line break precedes the declaration.", rewrites(asXML, "<?xml", "\n<?xml"))),
	breaks("sdm-xml-encoding",
		is("xml-declares-ascii", "The XML beyond ASCII declares US-ASCII.", rewrites(asXML, "UTF-8", "US-ASCII")),
		is("xml-declares-utf-16", "The XML is UTF-8, but declares UTF-16.", rewrites(asXML, "UTF-8", "UTF-16")),
		is("xml-declares-utf-8-writes-latin-1", "The XML is ISO-8859-1, but declares UTF-8.", encodesIn(charmap.ISO8859_1)),
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
