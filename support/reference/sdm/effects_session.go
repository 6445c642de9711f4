package sdm

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"session-conformance/support/reference"
)

const (
	idleLimit = 1800 * time.Second // of a session under the variant idle-timeout-1800
	keyCookie = "SDMKEY"           // the second cookie's name, where a variant needs two
)

// Conditions on the whole of a turn.
var (
	sessionIDForm = regexp.MustCompile(`^[0-9A-F]{32}\.tomcat1$`)

	loggedIn  condition = func(t *turn) bool { return t.call == login && t.why == fine }
	loggedOut condition = func(t *turn) bool { return t.call == logout && t.why == fine }
	used      condition = func(t *turn) bool { return t.call == serverInfo && t.why == fine }

	hasPassword  condition = func(t *turn) bool { return t.given.password != nil }
	namesAccount condition = func(t *turn) bool { return t.account.UserName != "" }
	mixed        condition = func(t *turn) bool { return formOf(t.wanted) != t.sent }

	// toTheLetter holds for requests that name their media types as the samples do.
	toTheLetter condition = func(t *turn) bool {
		label, accept := t.r.Header.Get("Content-Type"), t.r.Header.Get("Accept")
		return strings.HasPrefix(label, "application/") && label == "application/"+string(t.sent) && accept == t.wanted
	}

	// lacksKey holds for requests without the second cookie.
	lacksKey condition = func(t *turn) bool {
		key, err := t.r.Cookie(keyCookie)
		return err != nil || !same(key.Value, t.session.key)
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
func takingLike(like func(id, live string) bool) condition {
	return taking(func(s *Server, id string) bool {
		for live := range s.sessions {
			if like(id, live) {
				return true
			}
		}
		return false
	})
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
var capped = reference.Capped(
	func(most int) effect {
		return at(opening, func(t *turn) {
			for live := t.of(t.session.account); len(live) > most; live = live[1:] {
				delete(t.sessions, live[0].id)
			}
		})
	},
	func(most, code int, first bool) effect {
		return func(s *Server) {
			full := func(t *turn) bool { return (first || t.why == fine) && len(t.of(t.account)) >= most }
			at(reading, func(t *turn) { t.why = tooMany }, full)(s)
			status(code, because(tooMany))(s)
		}
	})

// earlier are the other sessions of the account whose session was just opened.
func (t *turn) earlier() []*session {
	return slices.DeleteFunc(t.of(t.session.account), func(s *session) bool { return s == t.session })
}

// unsupported refuses logins in the form for their media type.
func unsupported(f form) effect {
	return at(reading, func(t *turn) { t.why = mediaTypeUnknown },
		sent(f), not(because(unknownVersion, versionAlmost, versionSpelt, bodyEmpty)))
}

// redirects sends the client to another call.
func redirects(only ...condition) effect {
	return at(answering, func(t *turn) {
		t.say(302, "", "")
		t.set("Location", "/rest/v1.3/admin/serverInfo")
	}, only...)
}

// readsLatin1 reads bodies in the form as ISO-8859-1, which they are not.
func readsLatin1(f form) effect { return rereads(func(t *turn) { t.body = latin1(t.body) }, sent(f)) }

// asWritten is what stands in a body between two of its parts.
func asWritten(body []byte, before, after string) *string {
	_, rest, _ := strings.Cut(string(body), before)
	text, _, _ := strings.Cut(rest, after)
	return &text
}

// rawJSON is the password of a JSON body as it is written between its quotation marks.
func rawJSON(body []byte) *string {
	var raw struct{ Password json.RawMessage }
	text := ""
	if json.Unmarshal(body, &raw) == nil && len(raw.Password) > 2 {
		text = string(raw.Password[1 : len(raw.Password)-1])
	}
	return &text
}

// handsNothing sets no session cookie.
func handsNothing(only ...condition) effect {
	return at(handing, func(t *turn) { t.cookies = nil }, only...)
}

// anotherID gives the sessionId a value that is no session.
func anotherID(t *turn, f *field) { f.value = t.newID() }

// setDeadCookie gives the client a cookie that opens nothing, as Tomcat does with any new visitor.
func setDeadCookie(t *turn) {
	t.cookies = append(t.cookies, &cookie{t.cookieName, t.newID(), []string{"Path=/rest", "HttpOnly"}})
}

// clearsCookie tells the client at a logout to forget its cookie.
var clearsCookie = at(answering, func(t *turn) {
	t.cookies = append(t.cookies, &cookie{t.cookieName, "", []string{"Path=/rest", "Max-Age=0"}})
}, loggedOut)

// base64ID makes a session ID without a route.
func base64ID() string {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return base64.StdEncoding.EncodeToString(b)
}

// head is the first eight letters of a password, which old systems looked at only.
func head(password string) string {
	letters := []rune(password)
	return string(letters[:min(8, len(letters))])
}
