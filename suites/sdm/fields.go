package sdm

import (
	"fmt"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
	. "session-conformance/support/match"
	"session-conformance/support/suite"
)

// fieldClauses say that a field is there.
var fieldClauses = map[string]string{
	"idleTimeout": "sdm-field-idle-timeout",
	"serverInfo":  "sdm-field-server-info",
	"sessionId":   "sdm-field-session-id",
	"userGroup":   "sdm-field-user-group",
	"userName":    "sdm-field-user-name",
	"validUntil":  "sdm-field-valid-until",
}

// texts are the fields that hold a text.
var texts = []string{"serverInfo", "sessionId", "userGroup", "userName", "validUntil"}

// neverEmpty are those of them, beside sessionId, that say something.
var neverEmpty = []string{"serverInfo", "userGroup", "validUntil"}

// haveField is met by an answer with the field, wherever it stands, that meets the check. expected says what that is.
func haveField(name, expected string, check func(told) bool) types.GomegaMatcher {
	return Meet(name+": "+expected, func(e *exchange.Exchange) bool {
		fields, _ := answerOf(e)
		f, there := fields[name]
		return there && check(f)
	}, func(e *exchange.Exchange) string {
		fields, _ := answerOf(e)
		switch f, there := fields[name]; {
		case !there:
			return "no " + name + " in " + Shown(e)
		case f.isText:
			return fmt.Sprintf("%s %q in %s", name, exchange.Printable(f.text, 80), Shown(e))
		}
		return name + " in " + Shown(e)
	})
}

func there(name string) types.GomegaMatcher {
	return InShell("field "+name+" there", haveField(name, "there", func(told) bool { return true }))
}

func isText(name string) types.GomegaMatcher {
	return InShell("field "+name+" string",
		haveField(name, "a string in JSON, no elements in XML", func(f told) bool { return f.isText }))
}

func notEmpty(name string) types.GomegaMatcher {
	return InShell("field "+name+" text",
		haveField(name, "not empty", func(f told) bool { return strings.TrimSpace(f.text) != "" }))
}

var _ = sdm.Describe("Fields of the answer to a login", func(ev *suite.Evidence) {
	for i, f := range forms {
		// having is the login in the form, where it has the field.
		having := func(name string) *exchange.Exchange {
			login := readable(ev, f)
			ev.Requires(fieldClauses[name], login)
			return login
		}
		saying := func(name string) *exchange.Exchange {
			login := having(name)
			ev.RequiresPart("sdm-fields-are-text", login, isText(name))
			return login
		}
		Context("in "+f.Name, func() {
			for _, name := range names {
				It("are complete with "+name, clause(fieldClauses[name], LogIn), func() {
					Expect(readable(ev, f)).To(there(name))
				})
			}
			for _, name := range names {
				other := forms[1-i]
				It("are complete with "+name+" where "+other.Name+" was sent", clause(fieldClauses[name], LogIn, LogInMixed),
					func() {
						ev.Requires(fieldClauses[name], readable(ev, f))
						Expect(mixed(ev, other, f)).To(there(name))
					})
			}
			It("have the sessionId without white space around it", clause("sdm-session-id-bare", LogIn), func() {
				login := saying("sessionId")
				ev.Requires("sdm-session-id-not-empty", login)
				Expect(login).To(bare())
			})
			It("have one sessionId only", clause("sdm-session-id-once", LogIn), func() {
				Expect(saying("sessionId")).To(haveOneID())
			})
			for _, name := range texts {
				It("have text in "+name, clause("sdm-fields-are-text", LogIn), func() {
					Expect(having(name)).To(isText(name))
				})
			}
			It("have a number in idleTimeout", clause("sdm-idle-timeout-number", LogIn), func() {
				Expect(having("idleTimeout")).To(number())
			})
			It("have no negative idleTimeout", clause("sdm-idle-timeout-not-negative", LogIn), func() {
				login := having("idleTimeout")
				ev.Requires("sdm-idle-timeout-number", login)
				Expect(login).To(notNegative())
			})
			It("have a sessionId that is not empty", clause("sdm-session-id-not-empty", LogIn), func() {
				Expect(saying("sessionId")).To(notEmpty("sessionId"))
			})
			for _, name := range neverEmpty {
				It("have no empty "+name, clause("sdm-strings-not-empty", LogIn), func() {
					Expect(saying(name)).To(notEmpty(name))
				})
			}
			It("name the user who logged in", clause("sdm-user-name-is-user", LogIn), func() {
				login := saying("userName")
				user := ev.Target().User.Login
				Expect(login).To(InShell("field userName ="+url.QueryEscape(user), haveField("userName", user, func(f told) bool {
					return login.Notes[userNote] != "" || isUser(f.text, user)
				})))
			})
			It("have the value of a cookie in sessionId", clause("sdm-session-id-is-cookie", LogIn), func() {
				cookied(ev, f)
				login := saying("sessionId")
				ev.Requires("sdm-session-id-not-empty", login)
				id := sessionID(login)
				Expect(login).To(InShell("cookie-is-field sessionId",
					HaveAnyCookie("Set-Cookie: <name>="+id, func(c exchange.Cookie) bool { return carries(c, id) })))
			})
		})
	}
})

var _ = sdm.Describe("Fields of every answer to a login", func(ev *suite.Evidence) {
	It("name the user who logged in", clause("sdm-user-name-is-user", unrefused...), func() {
		ev.Requires("sdm-field-user-name", readable(ev, anyForm(ev)))
		suite.ExpectEach(ev.AllOf(everyLogin...), Meet("the userName of who logged in", func(e *exchange.Exchange) bool {
			fields, _ := answerOf(e)
			return !e.Configured || !e.Succeeded() || !fields["userName"].isText || e.Notes[userNote] != ""
		}, Shown))
	})
})

func number() types.GomegaMatcher {
	return InShell("field idleTimeout whole",
		haveField("idleTimeout", "a number in JSON, a whole number in XML", func(f told) bool { return f.isNumber }))
}

func bare() types.GomegaMatcher {
	return haveField("sessionId", "without white space around it",
		func(f told) bool { return strings.TrimSpace(f.text) == f.text })
}

func haveOneID() types.GomegaMatcher {
	return Meet("the same sessionId wherever there is one",
		func(e *exchange.Exchange) bool { return len(sessionIDs(e)) <= 1 }, Shown) // none where JSON wraps it
}

func notNegative() types.GomegaMatcher {
	return haveField("idleTimeout", "not negative", func(f told) bool {
		return !strings.HasPrefix(strings.TrimSpace(f.text), "-") || strings.Trim(f.text, "-+0.eE \t\r\n") == ""
	})
}
