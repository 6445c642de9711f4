package sessions

import (
	"regexp"
	"slices"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

var passwordLike = regexp.MustCompile(`(?i)pass|pwd|secret|token|credential|private|(^|[_-])key$|[a-z]Key$`)

func namedLikePassword(key string) bool { return passwordLike.MatchString(key) }

// altered is a node's login in which the texts under certain keys are other ones, and whether there are any.
func altered(t *Caller, value any, key string, which func(key string) bool) (other any, differs bool) {
	switch v := value.(type) {
	case string:
		if v == "" || !which(key) {
			return v, false
		}
		text := vary.Another(v)
		if namedLikePassword(key) {
			text = t.Secret("wrong password of the node", text)
		}
		return text, true
	case map[string]any:
		changed := map[string]any{}
		for name, inner := range v {
			after, different := altered(t, inner, name, which)
			changed[name], differs = after, differs || different
		}
		return changed, differs
	case []any:
		changed := make([]any, len(v))
		for i, inner := range v {
			after, different := altered(t, inner, key, which)
			changed[i], differs = after, differs || different
		}
		return changed, differs
	}
	return value, false
}

// refuse goes a way in with a login that must not succeed, and tries what it leaves.
func refuse(t *Caller, w *session.Way, step *Step, body Body, options ...Option) *exchange.Exchange {
	e := logIn(t, w, step, body, options...).login
	if !e.Succeeded() {
		tryLeft(t, step, e)
	}
	return e
}

// tryLeft asks for the user with what a login left that must open nothing: the cookies that it sets, and the IDs in its
// body under the names of the cookies of a good login.
func tryLeft(t *Caller, step *Step, e *exchange.Exchange) {
	if e.Unanswered() != "" {
		return
	}
	left := []string{session.Left(e, e.CookieHeader())}
	for _, id := range session.IDs(e) {
		left = append(left, allAs(t.Of(secondLogin).CookieHeader(), id))
	}
	tryLive(t, step, left...)
}

// tryCookies asks for the user with the cookies that a call sets which was asked without a session: none may be a live
// session's.
func tryCookies(t *Caller, step *Step) {
	if e := t.Of(step); e.Unanswered() == "" {
		tryLive(t, step, session.Left(e, e.CookieHeader()))
	}
}

// tryLive asks for the user with each of some Cookie headers that must be no live session's.
func tryLive(t *Caller, step *Step, left ...string) {
	session.TryLeftovers(step, isLive, left, func(attempt *Step, cookies string) {
		if get(t, attempt, userPath, cookies).Succeeded() {
			t.Opened(Session{Account: "user", Cookie: cookies})
		}
	})
}

// tryAgain asks for the user once more with the cookies that a refused login set, after a good one of the same user:
// they must not have come to life.
func tryAgain(t *Caller, step *Step) {
	e := t.Of(step)
	if cookies := session.Left(e, e.CookieHeader()); e.Unanswered() == "" && !e.Succeeded() && cookies != "" {
		get(t, step.Then(liveAfterGood), userPath, cookies)
	}
}

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
