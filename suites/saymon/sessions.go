package saymon

import (
	"fmt"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/suite"
)

var _ = saymon.Describe("Create a session", func(ev *suite.Evidence) {
	for _, w := range ways {
		Context(w.Name, func() {
			login := func() *exchange.Exchange { return ev.Of(w.Login) }
			accepted := func() *exchange.Exchange { return ev.Accepted(w.Clause, login()) }
			identified := func() *exchange.Exchange {
				ev.Requires("saymon-session-id-not-empty", accepted())
				return login()
			}
			used := func() *exchange.Exchange {
				ev.Requires(w.Clause)
				return ev.Of(w.Use)
			}

			It("opens a session", clause(w.Clause, w.Scenario()), func() {
				if w == byToken {
					ev.Requires("saymon-token-authenticates")
				}
				first := ev.Of(w.First)
				if first.Succeeded() {
					Expect(login()).To(openSession())
					return
				}
				if ev.Optional(loginWithEscapes).Succeeded() {
					ev.WaitFor("saymon-request-encoding", "the same login is accepted with escapes")
				}
				if doubt := DoubtOf(first); doubt != "" {
					suite.Skip(report.Inconclusive, fmt.Sprintf("answered %s, but %s", first.StatusLine(), doubt))
				}
				if w == byKeycloak && first.Status() == 400 {
					suite.Skip(report.Inconclusive,
						"answered 400: the token was sent as a string, as shown, and the table types it Object")
				}
				Expect(first).To(openSession())
			})
			It("answers with the session ID in quotation marks", clause("saymon-session-id-quoted", w.Scenario()), func() {
				Expect(accepted()).To(BeQuotedString())
			})
			It("answers with a session ID that is not empty", clause("saymon-session-id-not-empty", w.Scenario()), func() {
				ev.Requires("saymon-session-id-quoted", accepted())
				Expect(login()).To(haveID())
			})
			It("answers with a session ID that looks like a UUID", clause("saymon-session-id-uuid", w.Scenario()), func() {
				Expect(identified()).To(haveUUID())
			})
			It("sets the sid cookie", clause("saymon-cookie-set", w.Scenario()), func() {
				Expect(accepted()).To(haveSID())
			})
			It("sets the sid cookie to that session ID", clause("saymon-cookie-is-session-id", w.Scenario()), func() {
				ev.Requires("saymon-cookie-set", accepted())
				Expect(identified()).To(haveSIDOfBody())
			})
			It("sets the sid cookie for the path /", clause("saymon-cookie-path", w.Scenario()), func() {
				ev.Requires("saymon-cookie-set", accepted())
				Expect(login()).To(haveSIDForRoot())
			})
			It("opens a session that authenticates the next request",
				clause("saymon-session-authenticates", w.Scenario()), func() {
					Expect(used()).To(BeSuccess())
				})
			It("opens a session of the user who logged in", clause("saymon-session-of-user", w.Scenario(), LogIn), func() {
				ev.Requires("saymon-session-authenticates", used())
				named(used())
				user, other := ev.Target().User, ev.Target().OtherUser
				if w == byKeycloak {
					skipTokenOfAnother(user, login())
					skipAccountOfItsOwn(user, other, login(), used())
				}
				if w == byToken {
					ev.Requires("saymon-token-of-user")
				}
				Expect(used()).To(beUser(user, other))
				if by := ev.Of(currentUser); by.Succeeded() {
					Expect(used()).To(beSameUserAs(by, user))
				}
			})
		})
	}

	It("opens a session of the user whom the Keycloak token names",
		clause("saymon-keycloak-session-of-token-user", LogInWithKeycloak), func() {
			ev.Requires("saymon-session-by-keycloak")
			current, names := ev.Of(keycloakUser), namedBy(ev.Of(keycloakLogin))
			ev.Requires("saymon-session-authenticates", current)
			if (names.username == "" || text(current, "login") == "") && (names.email == "" || text(current, "email") == "") {
				suite.Skip(report.NotApplicable, "the token's preferred_username and email cannot be compared with login and "+
					"email of the current user: one of each is missing")
			}
			user := ev.Target().User
			if names.is(user.Login, user.Email) && !names.is(text(current, "login"), text(current, "email")) {
				ev.Requires("saymon-session-of-user", current)
			}
			Expect(current).To(beNamed(names))
		})
	It("opens a session with the other user's token",
		clause("saymon-session-by-token", LogIn, Tokens, TokenForOther), func() {
			ev.Requires("saymon-session-by-token")
			othersToken(ev)
			ev.Requires("saymon-token-authenticates", ev.Of(userByOtherToken))
			Expect(ev.Of(otherLogin)).To(openSession())
		})
	It("opens a session of the other user with that user's token",
		clause("saymon-session-of-user", LogIn, Tokens, TokenForOther), func() {
			ev.Requires("saymon-session-by-token")
			othersToken(ev)
			ev.Requires("saymon-token-of-user", ev.Of(userByOtherToken))
			ev.Requires("saymon-session-by-token", ev.Of(otherLogin))
			current := ev.Of(otherUser)
			ev.Requires("saymon-session-authenticates", current)
			named(current)
			Expect(current).To(beUser(ev.Target().OtherUser, ev.Target().User))
		})
	It("makes a new session for each login", clause("saymon-session-new", scenariosOf(logins())...), func() {
		ev.Requires("saymon-session-by-login", ev.Of(firstLogin))
		ev.Requires("saymon-session-by-login", ev.Of(secondLogin))
		expectNew("a session ID that no other login was given", "the one that another login was given: ",
			slices.DeleteFunc(ev.All(logins()...), goesOn), SessionID)
	})
	It("opens a session that lasts for more than one request", clause("saymon-session-lasts", LogIn), func() {
		ev.Requires("saymon-session-authenticates")
		Expect(ev.Of(userAgain)).To(BeSuccess())
	})
	judgeLives(ev)
	judgeEveryLogin(ev)

	// The forms in which the sample clients send a login.
	accepts := func(text, id string, login *Step) {
		It(text, clause(id, login.Scenario(), LogIn), func() {
			ev.Requires("saymon-session-by-login", ev.Of(firstLogin))
			Expect(ev.Of(login)).To(openSession())
		})
	}
	accepts("accepts a body in chunks", "saymon-request-framing", chunkedLogin)
	accepts("accepts characters as escapes", "saymon-request-encoding", escapedLogin)
	accepts("accepts an indented body with a line end after it", "saymon-request-white-space", indentedLogin)
	for _, s := range samples {
		It("accepts the login of the sample for "+s.name,
			clause("saymon-request-samples", s.scenario, LogIn, LogInChunked, LogInEscaped, Sessionless), func() {
				ev.Requires("saymon-session-by-login", ev.Of(firstLogin))
				ev.Requires("saymon-refuses-invented-session")
				for form, id := range map[string]string{"nodejs": "saymon-request-framing", "python": "saymon-request-encoding"} {
					if s.name == form {
						ev.Requires(id)
					}
				}
				Expect(ev.Of(s.login)).To(openSession())
				if s.Headers["Accept-Encoding"] == "" {
					Expect(ev.Of(s.login)).To(beUncompressed())
				}
			})
		It("answers the sample for "+s.name+" with a session ID that it can use",
			clause("saymon-session-id-quoted", s.scenario, LogIn, Sessionless), func() {
				ev.Requires("saymon-session-authenticates")
				ev.Requires("saymon-refuses-invented-session")
				ev.Requires("saymon-request-samples", ev.Of(s.login))
				Expect(ev.Of(s.login)).To(BeQuotedString())
				ev.Requires("saymon-session-id-not-empty", ev.Of(s.login))
				Expect(ev.Of(s.use)).To(BeSuccess())
			})
	}
	It("accepts characters as UTF-8", clause("saymon-request-encoding", LogIn), func() {
		login := ev.Of(firstLogin)
		if !ev.Optional(loginWithEscapes).Succeeded() {
			ev.Accepted("saymon-session-by-login", login)
		}
		Expect(login).To(openSession())
	})
})
