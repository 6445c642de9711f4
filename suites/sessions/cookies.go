package sessions

import (
	"slices"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/vary"
)

// alteredCookies are the cookies of a Cookie header, each long one with another last character; empty where none is
// long enough not to be a counter.
func alteredCookies(cookies string) string {
	pairs, any := pairsOf(cookies), false
	for i, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if len(value) >= 16 {
			pairs[i], any = name+"="+vary.AlteredSession(value), true
		}
	}
	if !any {
		return ""
	}
	return strings.Join(pairs, "; ")
}

// secretly lets what a scenario made of a session's cookies be known as secrets of that kind.
func secretly(t *Caller, kind, cookies, live string) string {
	right := pairsOf(live)
	for i, pair := range pairsOf(cookies) {
		if _, value, _ := strings.Cut(pair, "="); len(value) >= 8 && !slices.Contains(right, pair) {
			_, of, _ := strings.Cut(right[i], "=")
			t.Altered(kind, strings.Trim(value, `"`), strings.Trim(of, `"`))
		}
	}
	return cookies
}

// inventedCookies are the cookies of a Cookie header with values that nobody was given.
func inventedCookies(t *Caller, live string) string {
	return secretly(t, "invented session", vary.Cookies(live), live)
}

// allAs are the cookies of a Cookie header, each with that value.
func allAs(cookies, value string) string {
	pairs := pairsOf(cookies)
	for i, pair := range pairs {
		name, _, _ := strings.Cut(pair, "=")
		pairs[i] = name + "=" + value
	}
	return strings.Join(pairs, "; ")
}
