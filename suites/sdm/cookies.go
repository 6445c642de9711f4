package sdm

import (
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// sessionCookieNote names the cookie that authenticates alone, where nothing else tells which of several is the
// session's.
const sessionCookieNote = "the cookie that authenticates alone"

// othersNote says that the other cookies authenticate without the session's, as one that remembers the user does.
const othersNote = "the other cookies authenticate too"

// cookiesOf are the cookies that the next call returns after an answer.
func cookiesOf(t target.Target, e *exchange.Exchange) []exchange.Cookie {
	var jar exchange.Jar
	jar.Keep(e)
	return jar.Cookies(probePath(t))
}

// sessionCookie is the one of an answer's cookies that carries the session: the one whose value is the sessionId, or
// the only one, or the one that was seen to authenticate alone.
func sessionCookie(t target.Target, e *exchange.Exchange) (exchange.Cookie, bool) {
	all := cookiesOf(t, e)
	id := sessionID(e)
	for _, c := range all {
		if id != "" && carries(c, id) {
			return c, true
		}
	}
	if len(all) == 1 {
		return all[0], true
	}
	for _, c := range all {
		if c.Name == e.Notes[sessionCookieNote] {
			return c, true
		}
	}
	return exchange.Cookie{}, false
}

// carries says whether a cookie carries the session ID: as its value, or behind the prefix that HAProxy puts before it.
func carries(c exchange.Cookie, id string) bool {
	value := unquoted(c.Value)
	return value == id || strings.HasSuffix(value, "~"+id)
}

func unquoted(value string) string { return strings.Trim(value, `"`) }

// header writes the cookies as a Cookie header, each value changed.
func header(cookies []exchange.Cookie, change func(exchange.Cookie) string) string {
	var pairs []string
	for _, c := range cookies {
		pairs = append(pairs, c.Name+"="+change(c))
	}
	return strings.Join(pairs, "; ")
}
