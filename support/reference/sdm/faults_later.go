package sdm

import (
	"fmt"
	"slices"
	"strings"
)

// laterFaults break answers to logins that follow the first ones, and to those of some clients and users.
var laterFaults = slices.Concat(
	laterFieldFaults(),
	breaks("sdm-login-200",
		later("later-login-201", "is answered 201", func(c condition) effect { return status(201, loggedIn, c) }),
		is("curl-login-201", "A login of curl is answered 201.", status(201, loggedIn, agent("curl/"))),
		is("other-user-login-201", "A login of another user than the first is answered 201.",
			status(201, loggedIn, ofOther)),
		is("mixed-login-201", "A login that asks for the other form is answered 201.", status(201, loggedIn, mixed))),
	breaks("sdm-session-cookie",
		later("later-cookie-absent", "sets no cookie", func(c condition) effect { return handsNothing(of(login), c) }),
		is("third-cookie-absent", "Each third login sets no cookie.", func(s *Server) {
			logins := 0
			at(opening, func(*turn) { logins++ })(s)
			handsNothing(of(login), func(*turn) bool { return logins%3 == 0 })(s)
		}),
		is("mixed-cookie-absent", "A login that asks for the other form sets no cookie.", handsNothing(of(login), mixed))),
	breaks("sdm-xml-media-type",
		later("later-xml-labelled-plain", "is labelled text/plain in XML", func(c condition) effect {
			return at(answering, func(t *turn) { t.Media = "text/plain" }, loggedIn, answered(asXML), c)
		})),
	breaks("sdm-json-media-type",
		later("later-json-labelled-html", "is labelled text/html in JSON", func(c condition) effect {
			return at(answering, func(t *turn) { t.Media = "text/html" }, loggedIn, answered(asJSON), c)
		})),
	breaks("sdm-xml-well-formed",
		later("later-xml-cut-off", "is cut off in XML",
			func(c condition) effect { return rewritesBy(asXML, cutOff, c) })),
	breaks("sdm-json-object",
		later("later-json-cut-off", "is cut off in JSON",
			func(c condition) effect { return rewritesBy(asJSON, cutOff, c) })),
	breaks("sdm-xml-root",
		later("later-xml-root-renamed", "has another root element", laterXML("session>", "login>"))),
	breaks("sdm-xml-no-namespace",
		later("later-xml-in-namespace", "is in a namespace", laterXML("<session>", `<session xmlns="urn:sdm:rest">`))),
	breaks("sdm-xml-fields-below-session",
		later("later-xml-fields-nested", "has its fields in an element of their own",
			laterXML("<session>", "<session><data>", "</session>", "</data></session>"))),
	breaks("sdm-json-unwrapped",
		later("later-json-wrapped", "has its fields in an object called session", func(c condition) effect {
			return rewritesBy(asJSON, func(text string) string { return `{"session": ` + text + "}" }, c)
		})),
	breaks("sdm-idle-timeout-number",
		later("later-idle-timeout-word", "has a word for its idleTimeout",
			func(c condition) effect { return gives("idleTimeout", "none", c) })),
	breaks("sdm-xml-root",
		is("mixed-xml-root-renamed", "XML that answers JSON has another root element.",
			rewritesBy(asXML, strings.NewReplacer("session>", "login>").Replace, mixed))),
	breaks("sdm-xml-no-namespace",
		is("mixed-xml-in-namespace", "XML that answers JSON is in a namespace.",
			rewritesBy(asXML, strings.NewReplacer("<session>", `<session xmlns="urn:sdm:rest">`).Replace, mixed))),
	breaks("sdm-json-unwrapped",
		is("mixed-json-wrapped", "JSON that answers XML has its fields in an object called session.",
			rewritesBy(asJSON, func(text string) string { return `{"session": ` + text + "}" }, mixed))),
	breaks("sdm-idle-timeout-number",
		is("mixed-idle-timeout-word", "A login that asks for the other form is answered a word for its idleTimeout.",
			gives("idleTimeout", "none", mixed))),
	breaks("sdm-session-id-not-empty",
		is("mixed-session-id-empty", "A login that asks for the other form is answered an empty sessionId.",
			gives("sessionId", "", mixed))),
	breaks("sdm-session-authenticates",
		is("mixed-session-dead", "The session of a login that asks for the other form authenticates nothing.",
			at(opening, func(t *turn) { t.session.spent = true }, mixed),
			loses(func(t *turn) bool { return t.session.spent }))),
	breaks("sdm-session-id-bare",
		later("later-session-id-padded", "has white space before its sessionId", func(c condition) effect {
			return changes("sessionId", func(_ *turn, f *field) { f.value = fmt.Sprint("\t", f.value) }, c)
		})),
	breaks("sdm-session-id-once",
		later("later-session-id-twice", "has a second sessionId", func(c condition) effect {
			return adds("sessionId", func(t *turn) any { return t.newID() }, c)
		})),
	breaks("sdm-session-id-is-cookie",
		later("later-session-id-is-not-cookie", "has another sessionId than its cookie",
			func(c condition) effect { return changes("sessionId", anotherID, c) })),
	breaks("sdm-strings-not-empty",
		later("later-server-info-empty", "has an empty serverInfo",
			func(c condition) effect { return gives("serverInfo", "", c) }),
		later("later-user-group-empty", "has an empty userGroup",
			func(c condition) effect { return gives("userGroup", "", c) }),
		later("later-valid-until-empty", "has an empty validUntil",
			func(c condition) effect { return gives("validUntil", "", c) })),
	breaks("sdm-idle-timeout-not-negative",
		later("later-idle-timeout-negative", "has a negative idleTimeout",
			func(c condition) effect { return gives("idleTimeout", -1, c) })),
	breaks("sdm-cookie-http-only",
		later("later-cookie-not-http-only", "sets a session cookie that is not HttpOnly",
			func(c condition) effect { return hands(func(_ *turn, c *cookie) { c.Lacks("HttpOnly") }, c) })),
	overHTTPS(breaks("sdm-cookie-secure",
		later("later-cookie-not-secure", "sets a session cookie that is not Secure over https",
			func(c condition) effect { return hands(func(_ *turn, c *cookie) { c.Lacks("Secure") }, c) }))),
	breaks("sdm-cookie-reaches-calls",
		later("later-cookie-expired", "sets a session cookie that is expired",
			func(c condition) effect { return hands(func(_ *turn, c *cookie) { c.Sets("Max-Age=0") }, c) })),
	breaks("sdm-session-id-not-empty",
		later("later-session-id-empty", "has an empty sessionId",
			func(c condition) effect { return gives("sessionId", "", c) })),
)

// laterFieldFaults leave a field out of later answers, or make it something else than text.
func laterFieldFaults() (all list) {
	for _, f := range fieldsOfAnswer {
		name, short := f[0], f[1]
		all = append(all, breaks("sdm-field-"+short, later("later-login-without-"+short, "has no "+name,
			func(c condition) effect { return lacks(name, c) }))...)
		if name != "idleTimeout" {
			all = append(all, breaks("sdm-fields-are-text", later("later-"+short+"-no-text", "has a number or an element in "+
				name, func(c condition) effect {
				return changes(name, func(t *turn, f *field) {
					f.value = verbatim(map[form]string{asXML: "<value/>", asJSON: "1"}[formOf(t.wanted)])
				}, c)
			}))...)
		}
	}
	return all
}

// later is a fault of each login from the third one on.
func later(name, does string, take func(condition) effect) list {
	return is(name, "From the third login on the answer "+does+".", func(s *Server) {
		logins := 0
		at(opening, func(*turn) { logins++ })(s)
		take(func(*turn) bool { return logins > 2 })(s)
	})
}

// laterXML changes the text of later answers in XML.
func laterXML(pairs ...string) func(condition) effect {
	return func(c condition) effect { return rewritesBy(asXML, strings.NewReplacer(pairs...).Replace, c) }
}

// ofOther holds for requests of another user than the first.
func ofOther(t *turn) bool { return t.account != t.config.User }
