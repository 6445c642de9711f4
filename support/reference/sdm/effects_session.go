package sdm

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"session-conformance/support/reference"
)

// idleLimit is that of a session under the variant idle-timeout-1800.
const idleLimit = 1800 * time.Second

// Conditions on the whole of a turn.
var (
	loggedIn  condition = func(t *turn) bool { return t.call == login && t.why == fine }
	loggedOut condition = func(t *turn) bool { return t.call == logout && t.why == fine }
	used      condition = func(t *turn) bool { return t.call == serverInfo && t.why == fine }

	hasPassword  condition = func(t *turn) bool { return t.given.password != nil }
	knownVersion           = not(because(wrongVersions...))
	namesAccount condition = func(t *turn) bool { return t.account.UserName != "" }
	mixed        condition = func(t *turn) bool { return formOf(t.wanted) != t.sent }

	// toTheLetter holds for requests that name their media types as the samples do.
	toTheLetter condition = func(t *turn) bool {
		label, accept := t.r.Header.Get("Content-Type"), t.r.Header.Get("Accept")
		return strings.HasPrefix(label, "application/") && label == "application/"+string(t.sent) && accept == t.wanted
	}

	// lacksKey holds for requests without the second cookie.
	lacksKey condition = func(t *turn) bool {
		key, err := t.r.Cookie("SDMKEY")
		return err != nil || !reference.Same(t.session.key, key.Value)
	}
)

// openedIn holds for calls whose session a login in the form opened.
func openedIn(f form) condition { return func(t *turn) bool { return t.session.by == f } }

// spent says whether the session answered a call before, and remembers that it has now.
func spent(t *turn) bool {
	was := t.session.spent
	t.session.spent = true
	return was
}

// takingLike is taking for a comparison with the live sessions' IDs.
func takingLike(alike func(live, id string) bool) condition {
	return taking(func(s *Server, id string) bool {
		for live := range s.sessions {
			if alike(live, id) {
				return true
			}
		}
		return false
	})
}

// ignoresRoute compares session IDs up to the mark that a route stands behind.
func ignoresRoute(mark string) effect {
	return finds(invented, takingLike(func(live, id string) bool {
		known, _, _ := strings.Cut(live, mark)
		came, _, _ := strings.Cut(id, mark)
		return known == came
	}))
}

// of are the live sessions of an account, the eldest first.
func (s *Server) of(account Account) (live []*session) {
	for _, one := range s.sessions {
		if one.account == account {
			live = append(live, one)
		}
	}
	slices.SortFunc(live, func(a, b *session) int { return a.opened.Compare(b.opened) })
	return live
}

// capped are the variants that bound how many sessions a user has.
var capped = reference.Capped("sdm-session-authenticates sdm-session-lasts sdm-logins-at-once sdm-wrong-password "+
	"sdm-two-logins-two-sessions",
	func(bound reference.Most) effect {
		return func(s *Server) {
			most := bound()
			at(opening, func(t *turn) {
				live, few := t.of(t.session.account), most()
				for ; len(live) > few; live = live[1:] {
					delete(t.sessions, live[0].id)
				}
			})(s)
		}
	},
	func(bound reference.Bound, code int, first bool) effect {
		return func(s *Server) {
			full := bound()
			tooLate := func(t *turn) bool { return (first || t.why == fine) && full(len(t.of(t.account))) }
			at(reading, func(t *turn) { t.why = tooMany }, tooLate)(s)
			status(code, because(tooMany))(s)
		}
	})

// earlier are the other sessions of the account whose session was just opened.
func (t *turn) earlier() []*session {
	return slices.DeleteFunc(t.of(t.session.account), func(s *session) bool { return s == t.session })
}

// unsupported refuses logins in the form for their media type.
func unsupported(f form) effect {
	return at(reading, func(t *turn) { t.why = mediaTypeUnknown }, sent(f), knownVersion, not(because(bodyEmpty)))
}

// redirects sends the client to another call.
func redirects(only ...condition) effect {
	return at(answering, func(t *turn) {
		t.say(302, "", "")
		t.Set("Location", "/rest/v1.3/admin/serverInfo")
	}, only...)
}

// asWritten is what stands in a body between two of its parts.
func asWritten(body []byte, before, after string) string {
	_, rest, _ := strings.Cut(string(body), before)
	text, _, _ := strings.Cut(rest, after)
	return text
}

// rawJSON is the password of a JSON body as it is written between its quotation marks.
func rawJSON(t *turn) string {
	var raw struct{ Password json.RawMessage }
	if json.Unmarshal(t.body, &raw) != nil || len(raw.Password) < 3 {
		return ""
	}
	return string(raw.Password[1 : len(raw.Password)-1])
}

// handsNothing sets no session cookie.
func handsNothing(only ...condition) effect {
	return at(handing, func(t *turn) { t.Cookies = nil }, only...)
}

// anotherID gives the sessionId a value that is no session.
func anotherID(t *turn, f *field) { f.value = t.newID() }

// setDeadCookie gives the client a cookie that opens nothing, as Tomcat does with any new visitor.
func setDeadCookie(t *turn) { t.setCookie(t.cookieName, t.newID()) }

// clearsCookie tells the client at a logout to forget its cookie.
var clearsCookie = at(answering, func(t *turn) {
	t.Cookies = append(t.Cookies, reference.NewCookie(t.cookieName, "", "Path=/rest", "Max-Age=0"))
}, loggedOut)

// base64ID makes a session ID without a route.
func base64ID() string { return base64.StdEncoding.EncodeToString(reference.Random(16)) }

// cookie is the value of the session cookie that a request carries, cameWith the live session of that ID.
func (t *turn) cookie() string {
	c, err := t.r.Cookie(t.cookieName)
	if err != nil {
		return ""
	}
	return c.Value
}

func (t *turn) cameWith() *session { return t.sessions[t.cookie()] }

// setCookie sets a further cookie.
func (t *turn) setCookie(name, value string) {
	t.Cookies = append(t.Cookies, reference.NewCookie(name, value, "Path=/rest", "HttpOnly"))
}

// rename gives the session that was just opened another ID, goOnWith puts another one in its place.
func (t *turn) rename(id string) {
	t.end(t.session)
	t.session.id = id
	t.sessions[id] = t.session
}

func (t *turn) goOnWith(other *session) {
	t.end(t.session)
	t.session = other
}

// end ends sessions, without a word about it.
func (s *Server) end(ones ...*session) {
	for _, one := range ones {
		delete(s.sessions, one.id)
	}
}

// lets lets in a login that is refused: as the account that it names, or as the first one where it names none.
func lets(only ...condition) effect {
	return at(reading, func(t *turn) {
		name, _ := t.member("userName").(string)
		if account, known := t.accountOf(name); known {
			t.account = account
		}
		if t.account.UserName == "" {
			t.account = t.config.User
		}
		t.why = fine
	}, where(only...), of(login), knownVersion, not(because(fine)))
}

// breaks500 is the fault that answers a login that is refused with a 500.
func breaks500(name, says string, only ...condition) list {
	return refused(name, says, where(of(login), knownVersion, not(because(fine)), where(only...)), 500)
}

// locksOut refuses the next login of whom an ended session was that is logged out once more.
func locksOut(s *Server) {
	var ended, locked Account
	at(ending, func(t *turn) { ended = t.session.account })(s)
	at(answering, func(*turn) { locked = ended }, because(nothingToEnd), endedBefore)(s)
	at(reading, func(t *turn) {
		if t.account == locked {
			t.why, locked = wrongPassword, Account{}
		}
	}, because(fine), of(login))(s)
}
