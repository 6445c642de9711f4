package sessions

import (
	"maps"
	"regexp"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
	"session-conformance/support/session"
	"session-conformance/support/suite"
)

// The document names no cookie. Where a good login sets none, or none that opens anything, what else its answer hands
// out is tried once: it is observed then, for the other scenarios send cookies.

// carrier is a header of a request that may carry a session, and in words what it is.
type carrier struct{ name, value, says string }

// carriers are the steps that try them.
type carriers struct {
	uses []*Step
	end  *Step
}

var (
	ofPassword = carriersIn(&ofLogIn)
	ofToken    = carriersIn(&ofLogInByToken)
)

// carrierNote says of a login what carries its session in place of a cookie.
const carrierNote = "carries the session"

func carriersIn(of *Steps) carriers {
	return carriers{[]*Step{of.Step("user with what else it hands out"), of.Step("user with the second of it"),
		of.Step("user with the third of it"), of.Step("user with the fourth of it")}, of.Step("log out with it")}
}

// namedLikeCarrier is a header field of an answer that may hand out a session.
var namedLikeCarrier = regexp.MustCompile(`(?i)^(?:authorization|.*(?:token|session|ticket).*)$`)

// carriersOf are the ways to send back what an answer hands out: under the name that it came by, and as a bearer token.
func carriersOf(login *exchange.Exchange) (all []carrier) {
	add := func(from, name, value string) {
		if name != "" {
			all = append(all, carrier{name, value, from + ", sent as " + name})
		}
		if name != "Authorization" {
			all = append(all, carrier{"Authorization", "Bearer " + value, from + ", sent as a bearer token"})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(login.Answer.Header)) {
		if value := login.Header(name); namedLikeCarrier.MatchString(name) && value != "" {
			add("the header field "+name, name, value)
		}
	}
	for _, id := range session.IDs(login) {
		add("an ID in the body", "", id)
	}
	return all
}

// try asks for the user with each, until one is answered; that session is ended then.
func (c carriers) try(v *visit) {
	if !v.login.Succeeded() {
		return
	}
	for i, with := range carriersOf(v.login) {
		if i == len(c.uses) {
			return
		}
		carried := []Option{Header(with.name, with.value), Header("Content-Type", jsonType), Header("Accept", jsonType)}
		if v.t.Get(c.uses[i], userPath, carried...).Succeeded() {
			v.login.Note(carrierNote, with.says)
			v.t.Post(c.end, logoutPath, nil, carried...)
			return
		}
	}
}

// carry says whether a good login's session is carried by something else than a cookie. The spec ends as inconclusive
// where no cookie came and nothing else is seen to carry one: the document does not say what does.
func (c carriers) carry(ev *suite.Evidence, login *exchange.Exchange) bool {
	if slices.ContainsFunc(ev.All(c.uses...), (*exchange.Exchange).Succeeded) {
		ev.Requires("sessions-user-without-session")
		return true
	}
	if login.Succeeded() && len(login.Cookies()) == 0 {
		suite.Skip(report.Inconclusive, "the answer sets no cookie, and nothing else in it is seen to carry a session; the "+
			"document names nothing that does")
	}
	return false
}

var _ = sessions.Describe("A good login", func(ev *suite.Evidence) {
	It("with the password sets a cookie", clause("sessions-login-sets-cookie", LogIn), func() {
		Expect(ev.Accepted("sessions-login-opens", ev.Of(secondLogin))).To(openSession())
	})
	It("with the token sets a cookie", clause("sessions-login-sets-cookie", LogInByToken), func() {
		Expect(ev.Accepted("sessions-token-opens", latest(ev, tokenLogin, tokenLoginAgain))).To(openSession())
	})
})

var _ = sessions.ObserveAnswer("carries the session in place of a cookie", secondLogin,
	func(e *exchange.Exchange) string { return e.Notes[carrierNote] })
