package sdm

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = sdm.Describe("Log in as clients do", func(ev *suite.Evidence) {
	works := func(g *good, id string) {
		It("and "+g.login.Name, clause(id, LogIn, ByTurns), func() {
			requireChoosy(ev, g.form)
			Expect(ev.Of(g.login)).To(openSession())
		})
	}
	works(curlLogin, "sdm-login-as-curl")
	works(pythonLogin, "sdm-login-as-python")
	for _, g := range escapes {
		works(g, "sdm-login-escapes")
	}
	newID := func(step *Step) {
		e := ev.Of(step)
		Expect(e).To(NotBeServerError())
		ev.RequiresPart("sdm-login-new-id", e, openSession())
		Expect(e).To(Meet("a session with an ID of its own",
			func(e *exchange.Exchange) bool { return e.Notes[keptNote] == "" },
			func(*exchange.Exchange) string { return "the ID that the request's cookie had" }))
	}
	It("and get a new session whatever cookie they send", clause("sdm-login-new-id", LogIn, ByTurns, Sessionless), func() {
		requireChoosy(ev, inXML)
		newID(inventedID.login)
		if e := ev.Optional(useInvented); e != nil {
			requireInventedRefused(ev)
			Expect(e).To(BeRefused())
		}
	})
	for _, step := range []*Step{ownAgain, strangers} {
		It("and get a new session when they "+step.Name,
			clause("sdm-login-new-id", LogIn, ByTurns, LogInWithCookie, Sessionless), func() {
				requireChoosy(ev, anyForm(ev))
				newID(step)
			})
	}
	It("and get a new session though they send another user's cookie",
		clause("sdm-login-new-id", LogIn, ByTurns, AtOnce, Sessionless), func() {
			requireChoosy(ev, anyForm(ev))
			newID(otherWithID)
		})
	It("and are who the userName says, whatever other fields say", clause("sdm-other-fields-ignored", LogIn, ByTurns),
		func() {
			requireChoosy(ev, inJSON)
			e := ev.Of(withMore.login)
			if !e.Succeeded() {
				suite.Skip(report.NotApplicable, "a login with other fields is answered "+e.StatusLine())
			}
			Expect(e).To(Meet("the fields of the user's own session",
				func(e *exchange.Exchange) bool { return e.Notes[tookNote] == "" },
				func(e *exchange.Exchange) string { return e.Notes[tookNote] + " as the request had it" }))
		})
	together := func(text string, first, second *Step) {
		It(text, clause("sdm-logins-at-once", LogIn, ByTurns, AtOnce), func() {
			requireChoosy(ev, anyForm(ev))
			ev.Requires("sdm-user-name-is-user", ev.Of(anyForm(ev).Login))
			one, another := ev.Of(first), ev.Of(second)
			for _, e := range []*exchange.Exchange{one, another} {
				ev.RequiresPart("sdm-logins-at-once", e, openSession())
				ev.Requires("sdm-session-cookie", e)
			}
			Expect(another).To(Meet("a session other than that of the login at the same moment",
				func(e *exchange.Exchange) bool { return sessionOf(ev, one) != sessionOf(ev, e) },
				func(e *exchange.Exchange) string { return "the same one: " + sessionOf(ev, e) }))
			for _, e := range []*exchange.Exchange{one, another} {
				if fields, ok := answerOf(e); ok && fields["userName"].isText {
					Expect(e).To(Meet("the userName of who logged in",
						func(e *exchange.Exchange) bool { return e.Notes[userNote] != "" }, Shown))
				}
			}
		})
	}
	together("and get two sessions for two logins at the same moment", atOnceXML, atOnceJSON)
	together("and get sessions of their own for logins of two users at the same moment", atOnceUser, atOnceOther)
})

// requireChoosy ends the spec where the plain login in a form is refused, or a wrong password is not: who lets
// everybody in understood nothing.
func requireChoosy(ev *suite.Evidence, f *form) {
	opened(ev, f)
	ev.Requires("sdm-wrong-password", ev.Of(wrongIn(f)))
}
