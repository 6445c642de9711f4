package sdm

import (
	"bytes"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Log in", func(ev *suite.Evidence) {
	for _, f := range forms {
		Context("with "+f.Name, func() {
			It("succeeds", clause(f.Clause, LogIn), func() {
				Expect(ev.Of(f.Login)).To(openSession())
			})
			It("is answered with the status 200", clause("sdm-login-200", LogIn), func() {
				Expect(opened(ev, f)).To(HaveStatus(200))
			})
		})
	}
	It("opens a new session each time", clause("sdm-two-logins-two-sessions", LogIn), func() {
		first, second := twoLogins(ev)
		Expect(second).To(Meet("a session other than the earlier login's",
			func(e *exchange.Exchange) bool { return sessionOf(ev, first) != sessionOf(ev, e) },
			func(e *exchange.Exchange) string { return "the same one twice: " + sessionOf(ev, e) }))
	})
	It("gives a session an ID that has little in common with another one", clause("sdm-session-id-random", LogIn, ByTurns),
		func() {
			requireChoosy(ev, anyForm(ev))
			_, second := twoLogins(ev)
			Expect(second).To(HaveNoNote(session.AlikeNote,
				"an ID that differs from the earlier login's in twelve characters or more", "one that differs in "))
		})
	for _, pair := range [][2]*form{{inXML, inJSON}, {inJSON, inXML}} {
		sent, wanted := pair[0], pair[1]
		It("answers in "+wanted.Name+" what is sent in "+sent.Name+" and asks for "+wanted.Name,
			clause("sdm-accept-decides", LogIn, LogInMixed), func() {
				opened(ev, sent)
				usual := readable(ev, wanted)
				ev.Requires(mediaTypeClause[wanted], usual)
				mixed := ev.Of(sent.mixed)
				Expect(mixed).To(BeSuccess())
				Expect(mixed).To(HaveMediaType(mediaTypes[wanted]...))
				Expect(mixed).To(beReadable(wanted))
			})
	}
})

// twoLogins are two logins of the user that set cookies.
func twoLogins(ev *suite.Evidence) (first, second *exchange.Exchange) {
	if ev.Optional(loginOnceMore) != nil || !ev.Optional(inXML.Login).Succeeded() {
		first, second = cookied(ev, anyForm(ev)), ev.Of(loginOnceMore)
		ev.Requires("sdm-session-cookie", second)
		return first, second
	}
	return cookied(ev, inXML), cookied(ev, inJSON)
}

// sessionOf is what tells the session of a login from others: its cookie, or all cookies where it is not known which
// one.
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
)

// lookLike is met by a body that begins like one in the form. Whether it is well-formed is the matter of other clauses.
func lookLike(f *form) types.GomegaMatcher {
	begins := map[*form]string{inXML: "<", inJSON: "{"}[f]
	return Meet("a body in "+f.Name, func(e *exchange.Exchange) bool {
		// Before the first character may stand white space, a byte order mark (UTF-16's reads as U+FFFD) and UTF-16's zeros.
		text := bytes.TrimLeft(e.Body(), " \t\r\n\x00\ufeff\ufffd")
		return bytes.HasPrefix(text, []byte(begins))
	}, Shown)
}

var _ = sdm.Describe("Answer to a login", func(ev *suite.Evidence) {
	for _, f := range forms {
		It("in "+f.Name+" is labelled so", clause(mediaTypeClause[f], LogIn), func() {
			Expect(opened(ev, f)).To(HaveMediaType(mediaTypes[f]...))
		})
	}
	Context("in XML", func() {
		It("decodes in the encoding that it declares", clause("sdm-xml-encoding", LogIn), func() {
			login := opened(ev, inXML)
			ev.RequiresPart("sdm-xml-well-formed", login, lookLike(inXML))
			Expect(login).To(DecodeAsXML())
		})
		It("is well-formed", clause("sdm-xml-well-formed", LogIn), func() {
			login := opened(ev, inXML)
			ev.Requires("sdm-xml-encoding", login)
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
			ev.Requires("sdm-xml-root", login)
			requireSomeField(ev, login)
			Expect(login).To(haveFieldsInPlace("directly below the element session"))
		})
	})
	Context("in JSON", func() {
		It("is one well-formed object", clause("sdm-json-object", LogIn), func() {
			Expect(opened(ev, inJSON)).To(beObject())
		})
		It("has its fields in the object itself", clause("sdm-json-unwrapped", LogIn), func() {
			login := readable(ev, inJSON)
			requireSomeField(ev, login)
			Expect(login).To(haveFieldsInPlace("in the object itself, without a wrapper"))
		})
	})
})

func haveRoot() types.GomegaMatcher {
	return InShell("xml-root session", Meet("the root element session", isSession, func(e *exchange.Exchange) string {
		root, err := ParseXML(e)
		if err != nil {
			return err.Error()
		}
		return "the root element " + root.Data
	}))
}

func isSession(e *exchange.Exchange) bool {
	root, err := ParseXML(e)
	return err == nil && root.Data == "session"
}

func beInNoNamespace() types.GomegaMatcher {
	named := func(e *exchange.Exchange) string {
		root, err := ParseXML(e)
		if err != nil {
			return err.Error()
		}
		if root.NamespaceURI != "" {
			return root.Data + " in the namespace " + root.NamespaceURI
		}
		fields, _ := answerOf(e)
		for _, name := range names {
			if space := fields[name].namespace; space != "" {
				return name + " in the namespace " + space
			}
		}
		return ""
	}
	return Meet("the root element and the fields in no namespace",
		func(e *exchange.Exchange) bool { return named(e) == "" }, named)
}

// requireSomeField ends the spec where the answer has none of the fields.
func requireSomeField(ev *suite.Evidence, login *exchange.Exchange) {
	fields, _ := answerOf(login)
	for _, name := range names {
		if _, there := fields[name]; there {
			return
		}
	}
	ev.Requires("sdm-field-session-id", login)
}

func haveFieldsInPlace(where string) types.GomegaMatcher {
	elsewhere := func(e *exchange.Exchange) string {
		fields, _ := answerOf(e)
		var found []string
		for _, name := range names {
			if f, there := fields[name]; there && !f.placed {
				found = append(found, name)
			}
		}
		return strings.Join(found, ", ")
	}
	return Meet("each field "+where, func(e *exchange.Exchange) bool { return elsewhere(e) == "" },
		func(e *exchange.Exchange) string { return elsewhere(e) + " elsewhere in " + Shown(e) })
}
