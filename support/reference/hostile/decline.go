package hostile

import (
	"net/http"
	"time"
)

// decline are servers that put a client off.
var decline = []Case{
	{Name: "later-once", Says: "The fourth request is answered 429 with Retry-After: 1, and then well.", when: once,
		alter: later(429, func() string { return "1" })},
	{Name: "later-by-date", Says: "The fourth request is answered 503 with a date a second or two ahead in " +
		"Retry-After, and then well.", when: once,
		alter: later(503, func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) })},
	{Name: "later-for-ever", Says: "From the third request on all is answered 429 with Retry-After: 1.", when: after(2),
		alter: later(429, func() string { return "1" })},
	{Name: "later-at-once", Says: "From the third request on all is answered 429 with Retry-After: 0.", when: after(2),
		alter: later(429, func() string { return "0" })},
	{Name: "later-tomorrow", Says: "From the third request on all is answered 503 with Retry-After: 86400.",
		when: after(2), alter: later(503, func() string { return "86400" })},
	{Name: "later-some-time", Says: "From the third request on all is answered 429 with a Retry-After that is no time.",
		when:  after(2),
		alter: later(429, func() string { return "99999999999999999999 \x1b[31msoon" })},
	{Name: "later-never", Says: "From the third request on all is answered 503 without Retry-After.", when: after(2),
		alter: func(t *turn) {
			t.answered(503, "text/html", "<h1>Service Unavailable</h1>")
		}},
}

func later(status int, after func() string) func(*turn) {
	return func(t *turn) {
		t.answered(status, "text/plain", "later")
		t.said.Header.Set("Retry-After", after())
	}
}
