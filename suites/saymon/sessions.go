package saymon

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

// way is one of the ways into a session.
type way struct {
	name     string
	clause   string // that it opens a session
	scenario *Scenario
	first    string // the step of the first login in the scenario
	step     string // the step of the login whose session is used
}

// ways are the documented ones.
var ways = []way{
	{"with the login", "saymon-session-by-login", LogIn, "log in", "log in again"},
	{"with the email", "saymon-session-by-email", LogInWithEmail, "log in", "log in"},
	{"with an authentication token", "saymon-session-by-token", Tokens, "log in with the token", "log in with the token"},
	{"with a Keycloak token", "saymon-session-by-keycloak", LogInWithKeycloak, "log in", "log in"},
}

var _ = saymon.Describe("Create a session", func(ev *suite.Evidence) {
	for _, w := range ways {
		Context(w.name, func() {
			login := func() *exchange.Exchange { return ev.Of(w.scenario, w.step) }
			opened := func() *exchange.Exchange {
				GinkgoHelper()
				ev.Given(w.clause, login(), BeSuccess())
				return login()
			}
			identified := func() *exchange.Exchange {
				GinkgoHelper()
				ev.Given("saymon-session-id-not-empty", opened(), haveID())
				return login()
			}
			current := func() *exchange.Exchange {
				GinkgoHelper()
				ev.Given(w.clause, login(), openSession())
				return ev.Of(w.scenario, "who am I")
			}

			It("opens a session", clause(w.clause, w.scenario), func() {
				if w.scenario == Tokens {
					ev.Given("saymon-token-authenticates", ev.Of(Tokens, "who am I by token"), BeSuccess())
				}
				if first := ev.Of(w.scenario, w.first); first.Succeeded() {
					Expect(login()).To(openSession())
				} else {
					if ev.Maybe(LogIn, escapedStep).Succeeded() {
						suite.Skip(report.Inconclusive, "waits for saymon-request-encoding: the same login is accepted with escapes")
					}
					if doubt := DoubtOf(first); doubt != "" {
						suite.Skip(report.Inconclusive, fmt.Sprintf("answered %s, but %s", first.StatusLine(), doubt))
					}
					Expect(first).To(openSession())
				}
			})
			It("answers with the session ID in quotation marks", clause("saymon-session-id-quoted", w.scenario), func() {
				Expect(opened()).To(BeQuotedString())
			})
			It("answers with a session ID that is not empty", clause("saymon-session-id-not-empty", w.scenario), func() {
				ev.Given("saymon-session-id-quoted", opened(), haveIDOrEmpty())
				Expect(opened()).To(haveID())
			})
			It("answers with a session ID that looks like a UUID", clause("saymon-session-id-uuid", w.scenario), func() {
				Expect(identified()).To(haveUUID())
			})
			It("sets the sid cookie", clause("saymon-cookie-set", w.scenario), func() {
				Expect(opened()).To(HaveCookie("sid", "sid=<session ID>, neither empty nor expired", usable))
			})
			It("sets the sid cookie to that session ID", clause("saymon-cookie-is-session-id", w.scenario), func() {
				ev.Given("saymon-cookie-set", opened(), HaveCookie("sid", "sid=<session ID>", usable))
				id := ID(identified())
				Expect(login()).To(HaveCookie("sid", "sid="+id, func(c exchange.Cookie) bool { return c.Value == id }))
			})
			It("sets the sid cookie for the path /", clause("saymon-cookie-path", w.scenario), func() {
				ev.Given("saymon-cookie-set", opened(), HaveCookie("sid", "sid=<session ID>", usable))
				Expect(login()).To(HaveCookie("sid", "sid=<session ID>; Path=/", func(c exchange.Cookie) bool {
					path, _ := c.Attribute("path")
					return path == "/"
				}))
			})
			It("opens a session that authenticates the next request", clause("saymon-session-authenticates", w.scenario), func() {
				Expect(current()).To(BeSuccess())
			})
			It("opens a session of the user who logged in", clause("saymon-session-of-user", w.scenario, LogIn), func() {
				ev.Given("saymon-session-authenticates", current(), BeSuccess())
				named(current())
				user, other := ev.Target().User, ev.Target().OtherUser
				if w.scenario == LogInWithKeycloak {
					givenTokenOf(user, login())
					givenNoAccountOfItsOwn(user, other, login(), current())
				}
				if w.scenario == Tokens {
					ev.Given("saymon-token-of-user", ev.Of(Tokens, "who am I by token"), beUser(user, other))
				}
				Expect(current()).To(beUser(user, other))
				if by := ev.Of(LogIn, "who am I"); by.Succeeded() {
					Expect(current()).To(beSameUserAs(by, user))
				}
			})
		})
	}

	It("opens a session of the user whom the Keycloak token names", clause("saymon-keycloak-session-of-token-user", LogInWithKeycloak), func() {
		login := ev.Of(LogInWithKeycloak, "log in")
		ev.Given("saymon-session-by-keycloak", login, openSession())
		current, names := ev.Of(LogInWithKeycloak, "who am I"), namedBy(login)
		ev.Given("saymon-session-authenticates", current, BeSuccess())
		if (names.username == "" || text(current, "login") == "") && (names.email == "" || text(current, "email") == "") {
			suite.Skip(report.NotApplicable, "the token's preferred_username and email cannot be compared with login and email of the current user: one of each is missing")
		}
		user, other := ev.Target().User, ev.Target().OtherUser
		if names.is(user.Login, user.Email) && !names.is(text(current, "login"), text(current, "email")) {
			ev.Given("saymon-session-of-user", current, beUser(user, other))
		}
		Expect(current).To(beNamed(names))
	})
	It("opens a session of the other user with that user's token", clause("saymon-session-of-user", LogIn, Tokens, TokenForOther), func() {
		ev.Given("saymon-session-by-token", ev.Of(Tokens, "log in with the token"), openSession())
		if ev.Of(TokenForOther, "create a token").Status() == 403 {
			suite.Skip(report.NotApplicable, "answered 403: the user lacks the permission to create tokens for others")
		}
		user, other := ev.Target().User, ev.Target().OtherUser
		ev.Given("saymon-token-of-user", ev.Of(TokenForOther, "who am I by token"), beUser(other, user))
		ev.Given("saymon-session-by-token", ev.Of(TokenForOther, "log in with the token"), openSession())
		current := ev.Of(TokenForOther, "who am I")
		ev.Given("saymon-session-authenticates", current, BeSuccess())
		named(current)
		Expect(current).To(beUser(other, user))
	})
	It("makes a new session for each login", clause("saymon-session-new", logins()...), func() {
		first, second := ev.Of(LogIn, "log in"), ev.Of(LogIn, "log in again")
		ev.Given("saymon-session-by-login", first, openSession())
		ev.Given("saymon-session-by-login", second, openSession())
		seen := map[string]*exchange.Exchange{}
		for _, s := range logins() {
			for _, login := range ev.All(s, "log in") {
				id := SessionID(login)
				if id == "" || strings.Contains(login.Step, ", is ") {
					continue
				}
				Expect(login).To(That("a session ID that no other login was given", func(*exchange.Exchange) (bool, string) {
					return seen[id] == nil, "that of another login, too: " + id
				}))
				seen[id] = login
			}
		}
	})
	It("opens a session that lasts for more than one request", clause("saymon-session-lasts", LogIn), func() {
		ev.Given("saymon-session-authenticates", ev.Of(LogIn, "who am I"), BeSuccess())
		Expect(ev.Of(LogIn, "who am I again")).To(BeSuccess())
	})

	forms(ev)
})

// forms declares the forms in which clients send a login.
func forms(ev *suite.Evidence) {
	for _, form := range []struct {
		text, clause string
		scenario     *Scenario
		step         string
	}{
		{"accepts a body in chunks", "saymon-request-framing", LogInChunked, "log in"},
		{"accepts characters as escapes", "saymon-request-encoding", LogInEscaped, "log in"},
		{"accepts an indented body with a line end after it", "saymon-request-white-space", LogInIndented, "log in"},
	} {
		It(form.text, clause(form.clause, form.scenario, LogIn), func() {
			ev.Given("saymon-session-by-login", ev.Of(LogIn), openSession())
			Expect(ev.Of(form.scenario, form.step)).To(openSession())
		})
	}
	It("accepts characters as UTF-8", clause("saymon-request-encoding", LogIn), func() {
		login := ev.Of(LogIn)
		if !login.Succeeded() && !ev.Maybe(LogIn, escapedStep).Succeeded() {
			ev.Given("saymon-session-by-login", login, BeSuccess())
		}
		Expect(login).To(openSession())
	})
}

// logins are the scenarios that open sessions in the ways that the documents name.
func logins() []*Scenario {
	return []*Scenario{LogIn, LogInWithEmail, LogInChunked, LogInEscaped, LogInIndented, Tokens, TokenForOther, LogInWithKeycloak, RefusedLogins}
}
