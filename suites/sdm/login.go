package sdm

import (
	"bytes"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Log in", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("with "+f.name, func() {
			It("succeeds", clause(f.clause, LogIn), func() {
				Expect(ev.Of(LogIn, loginStep(f))).To(openSession())
			})
			It("is answered with the status 200", clause("sdm-login-200", LogIn), func() {
				Expect(opened(ev, f)).To(HaveStatus(200))
			})
		})
	}
	It("opens a new session each time", clause("sdm-two-logins-two-sessions", LogIn), func() {
		first, second := twoLogins(ev)
		Expect(second).To(That("a session other than the earlier login's", func(e *exchange.Exchange) (bool, string) {
			was, is := sessionOf(ev, first), sessionOf(ev, e)
			return was != is, "the same one twice: " + is
		}))
	})
	for _, pair := range [][2]*form{{inXML, inJSON}, {inJSON, inXML}} {
		sent, wanted := pair[0], pair[1]
		It("answers in "+wanted.name+" what is sent in "+sent.name+" and asks for "+wanted.name, clause("sdm-accept-decides", LogIn, LogInMixed), func() {
			opened(ev, sent)
			usual := opened(ev, wanted)
			ev.Given(mediaTypeClause[wanted], usual, HaveMediaType(mediaTypes[wanted]...))
			ev.Given(formClause[wanted], usual, lookLike(wanted))
			mixed := ev.Of(LogInMixed, mixedStep(sent, wanted))
			Expect(mixed).To(BeSuccess())
			Expect(mixed).To(HaveMediaType(mediaTypes[wanted]...))
			Expect(mixed).To(lookLike(wanted))
		})
	}
})

// twoLogins are two logins of the user that set cookies.
func twoLogins(ev *suite.Evidence) (first, second *exchange.Exchange) {
	GinkgoHelper()
	if find(ev, onceMoreStep) != nil || !find(ev, loginStep(inXML)).Succeeded() {
		first, second = cookied(ev, anyForm(ev)), ev.Of(LogIn, onceMoreStep)
		ev.Given("sdm-session-cookie", second, setCookie())
		return first, second
	}
	return cookied(ev, inXML), cookied(ev, inJSON)
}

// sessionOf is what tells the session of a login from others: its cookie, or all cookies where it is not known which one.
func sessionOf(ev *suite.Evidence, login *exchange.Exchange) string {
	t := ev.Target()
	if c, known := sessionCookie(t.Target, login); known {
		return c.Value
	}
	return header(cookiesOf(t.Target, login), func(c exchange.Cookie) string { return c.Value })
}

var (
	mediaTypes      = map[*form][]string{inXML: {"application/xml", "text/xml"}, inJSON: {"application/json"}}
	mediaTypeClause = map[*form]string{inXML: "sdm-xml-media-type", inJSON: "sdm-json-media-type"}
	formClause      = map[*form]string{inXML: "sdm-xml-well-formed", inJSON: "sdm-json-object"}
)

// lookLike is met by a body that begins like one in the form. Whether it is well-formed is the matter of other clauses.
func lookLike(f *form) types.GomegaMatcher {
	begins := map[*form]string{inXML: "<", inJSON: "{"}[f]
	return That("a body in "+f.name, func(e *exchange.Exchange) (bool, string) {
		// Before the first character may stand white space, a byte order mark (UTF-16's reads as U+FFFD) and UTF-16's zeros.
		text := bytes.TrimLeft(e.Body(), " \t\r\n\x00\ufeff\ufffd")
		return ElseBody(bytes.HasPrefix(text, []byte(begins)), e)
	})
}

var _ = sdm.Describe("Answer to a login", func(ev *suite.Evidence) {
	for _, f := range forms {
		It("in "+f.name+" is labelled so", clause(mediaTypeClause[f], LogIn), func() {
			Expect(opened(ev, f)).To(HaveMediaType(mediaTypes[f]...))
		})
	}
	Context("in XML", func() {
		It("decodes in the encoding that it declares", clause("sdm-xml-encoding", LogIn), func() {
			login := opened(ev, inXML)
			ev.Given("sdm-xml-well-formed", login, lookLike(inXML))
			Expect(login).To(DecodeAsXML())
		})
		It("is well-formed", clause("sdm-xml-well-formed", LogIn), func() {
			login := opened(ev, inXML)
			ev.Given("sdm-xml-encoding", login, DecodeAsXML())
			Expect(login).To(BeWellFormedXML())
		})
		It("has the root element session", clause("sdm-xml-root", LogIn), func() {
			Expect(readable(ev, inXML)).To(haveRoot())
		})
		It("is in no namespace", clause("sdm-xml-no-namespace", LogIn), func() {
			Expect(readable(ev, inXML)).To(beInNoNamespace())
		})
		It("has its fields directly below session", clause("sdm-xml-fields-below-session", LogIn), func() {
			login := readable(ev, inXML)
			ev.Given("sdm-xml-root", login, haveRoot())
			givenSomeField(ev, login)
			Expect(login).To(haveFieldsInPlace("directly below the element session"))
		})
	})
	Context("in JSON", func() {
		It("is one well-formed object", clause("sdm-json-object", LogIn), func() {
			Expect(opened(ev, inJSON)).To(beObject())
		})
		It("has its fields in the object itself", clause("sdm-json-unwrapped", LogIn), func() {
			login := readable(ev, inJSON)
			givenSomeField(ev, login)
			Expect(login).To(haveFieldsInPlace("in the object itself, without a wrapper"))
		})
	})
})

func haveRoot() types.GomegaMatcher {
	return That("the root element session", func(e *exchange.Exchange) (bool, string) {
		root, err := ParseXML(e)
		if err != nil {
			return false, err.Error()
		}
		return root.Data == "session", "the root element " + root.Data
	})
}

func beInNoNamespace() types.GomegaMatcher {
	return That("the root element and the fields in no namespace", func(e *exchange.Exchange) (bool, string) {
		root, err := ParseXML(e)
		if err != nil {
			return false, err.Error()
		}
		if root.NamespaceURI != "" {
			return false, root.Data + " in the namespace " + root.NamespaceURI
		}
		fields, _ := answerOf(e)
		for _, name := range names {
			if space := fields[name].namespace; space != "" {
				return false, name + " in the namespace " + space
			}
		}
		return true, ""
	})
}

// givenSomeField ends the spec where the answer has none of the fields.
func givenSomeField(ev *suite.Evidence, login *exchange.Exchange) {
	GinkgoHelper()
	fields, _ := answerOf(login)
	for _, name := range names {
		if _, there := fields[name]; there {
			return
		}
	}
	ev.Given("sdm-field-session-id", login, haveField("sessionId", "there", func(told) bool { return true }))
}

func haveFieldsInPlace(where string) types.GomegaMatcher {
	return That("each field that is there "+where, func(e *exchange.Exchange) (bool, string) {
		fields, _ := answerOf(e)
		var elsewhere []string
		for _, name := range names {
			if f, there := fields[name]; there && !f.placed {
				elsewhere = append(elsewhere, name)
			}
		}
		return len(elsewhere) == 0, strings.Join(elsewhere, ", ") + " elsewhere in the body " + Excerpt(e)
	})
}
