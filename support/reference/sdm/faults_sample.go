package sdm

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// sampleFaults fail clients that do what the document's samples do.
var sampleFaults = slices.Concat(
	breaks("sdm-login-as-curl",
		is("xml-on-one-line-refused", "XML on one line is refused.", refuses(bodyMalformed, sent(asXML), not(bodyHas("\n")))),
		is("xml-on-one-line-500", "XML on one line is answered 500.",
			status(500, sent(asXML), of(login), not(bodyHas("\n")))),
		is("curl-refused", "Whoever says that it is curl is refused.", refuses(wrongPassword, agent("curl/"))),
	),
	breaks("sdm-login-as-python",
		is("xml-declaration-needed", "XML without a declaration is refused.",
			refuses(bodyMalformed, sent(asXML), not(bodyHas("<?xml")))),
		is("python-refused", "Whoever says that it is python-requests is refused.", refuses(wrongPassword, agent("python-"))),
		is("xml-number-references-beyond-ascii-refused", "Letters beyond ASCII written by their numbers in XML are refused.",
			refuses(bodyMalformed, sent(asXML), bodyLike(`&#(?:1[3-9]\d|[2-9]\d\d|\d{4,});`))),
	),
	breaks("sdm-login-escapes",
		is("xml-number-references-refused", "Letters written by their number in XML are refused.",
			refuses(bodyMalformed, sent(asXML), bodyLike(numbered))),
		is("xml-number-references-as-written", "Letters written by their number in XML are taken as they are written.",
			refuses(wrongPassword, sent(asXML), bodyLike(numbered))),
		is("xml-hexadecimal-references-refused", "Letters written by their hexadecimal number in XML are refused.",
			refuses(wrongPassword, sent(asXML), bodyLike(`&#x`))),
		is("json-letter-escapes-as-written", "Letters of ASCII that JSON escapes are taken as they are written.",
			refuses(wrongPassword, sent(asJSON), bodyLike(`\\u00[4-7]`))),
		is("json-surrogates-refused", "Letters that JSON escapes are refused.",
			refuses(bodyMalformed, sent(asJSON), bodyLike(`\\u0`))),
	),
	breaks("sdm-session-id-bare",
		is("xml-session-id-padded", "White space surrounds the XML's sessionId.", wraps(asXML, "sessionId", "\n  ", "\n")),
		is("json-session-id-padded", "A blank follows the JSON's sessionId.",
			changes("sessionId", func(_ *turn, f *field) { f.value = fmt.Sprint(f.value, " ") }, answered(asJSON))),
	),
	breaks("sdm-session-id-once",
		is("xml-session-id-of-another-first", "Another sessionId stands in the XML before the session's.",
			at(writing, func(t *turn) {
				old := "<previous><sessionId>" + t.newID() + "</sessionId></previous>"
				t.text = strings.Replace(t.text, "<session>", "<session>"+old, 1)
			}, answered(asXML))),
		is("json-session-id-twice", "The JSON has the name sessionId twice, the second time with another ID.",
			at(filling, func(t *turn) { t.fields = append(t.fields, field{"sessionId", t.newID()}) }, answered(asJSON))),
	),
	mixedFaults(),
	breaks("sdm-idle-timeout-number",
		is("json-idle-timeout-fraction", "The JSON's idleTimeout is a fraction.",
			gives("idleTimeout", 0.5, answered(asJSON))),
	),
	breaks("sdm-accept-decides",
		is("mixed-xml-malformed", "XML that answers JSON is cut off.", rewritesMixed(asXML, func(text string) string {
			return strings.TrimSuffix(text, "</session>")
		})),
		is("mixed-json-malformed", "JSON that answers XML is cut off.", rewritesMixed(asJSON, func(text string) string {
			return strings.TrimSuffix(text, "}")
		})),
	),
	breaks("sdm-external-entity",
		is("external-entity-tells-of-files", "An entity that names a file which is there is answered otherwise than one "+
			"that is not.",
			status(500, because(externalEntity), bodyLike(`file:///(?:[^"]*/)?[^"/]*[0-9a-f]{8}`))),
	),
)

// numbered is a letter of ASCII that is written by its number in XML; quotation marks usually are.
const numbered = `&#(?:[4-9]\d|1[0-2]\d);`

// mixedFaults leave a field out of the answers whose form is not that of the request.
func mixedFaults() []peculiarity {
	var all []peculiarity
	for clause, name := range map[string]string{
		"sdm-field-idle-timeout": "idleTimeout", "sdm-field-server-info": "serverInfo", "sdm-field-session-id": "sessionId",
		"sdm-field-user-group": "userGroup", "sdm-field-user-name": "userName", "sdm-field-valid-until": "validUntil",
	} {
		short := strings.TrimPrefix(clause, "sdm-field-")
		all = append(all, breaks(clause,
			is("mixed-xml-without-"+short, "XML that answers JSON has no "+name+".",
				at(filling, without(name), mixed, answered(asXML))),
			is("mixed-json-without-"+short, "JSON that answers XML has no "+name+".",
				at(filling, without(name), mixed, answered(asJSON))),
		)...)
	}
	slices.SortFunc(all, func(a, b peculiarity) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// rewritesMixed changes the text of answers whose form is not that of the request.
func rewritesMixed(f form, change func(string) string) effect {
	return at(writing, func(t *turn) { t.text = change(t.text) }, mixed, answered(f))
}

// agent holds for requests of clients that say who they are so.
func agent(name string) condition {
	return func(t *turn) bool { return strings.HasPrefix(t.r.UserAgent(), name) }
}

// bodyLike holds for requests whose body has a part of the pattern.
func bodyLike(pattern string) condition {
	like := regexp.MustCompile(pattern)
	return func(t *turn) bool { return like.Match(t.body) }
}
