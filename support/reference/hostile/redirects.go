package hostile

import (
	"net/http"
	"time"
)

// elsewhere is an address that nobody owns: RFC 6761.
const elsewhere = "http://elsewhere.invalid/"

// redirects are answers that lead elsewhere. Nobody should follow them with credentials.
func redirects() []Case {
	return []Case{
		{Name: "redirects-to-itself", Says: "Each reading request is redirected to itself.", when: reads,
			alter: func(t *turn) { redirect(http.StatusFound, t.request.URL.RequestURI())(t) }},
		{Name: "redirects-to-another-host", Says: "Each reading request is redirected to another host.", when: reads,
			alter: redirect(http.StatusTemporaryRedirect, elsewhere)},
		{Name: "redirects-the-login", Says: "Each login is redirected to another host, body and all.", when: opens,
			alter: redirect(http.StatusPermanentRedirect, elsewhere)},
		{Name: "redirects-to-a-file", Says: "Each reading request is redirected to file:///etc/passwd.", when: reads,
			alter: redirect(http.StatusFound, "file:///etc/passwd")},
		{Name: "redirects-to-a-script", Says: "Each reading request is redirected to javascript:alert(1).", when: reads,
			alter: redirect(http.StatusFound, "javascript:alert(1)")},
		{Name: "redirects-nowhere", Says: "Each reading request is redirected without an address.", when: reads,
			alter: answers(http.StatusFound, "text/plain", "")},
	}
}

func redirect(status int, to string) func(*turn) {
	return answers(status, "text/html", "<a href='"+to+"'>there</a>", "Location", to)
}

// decline are servers that put a client off.
func decline() []Case {
	return []Case{
		{Name: "later-once", Says: "The fourth request is answered 429 with Retry-After: 1, and then well.", when: once,
			alter: later(429, "1")},
		{Name: "later-by-date", Says: "The fourth request is answered 503 with a date a second or two ahead in " +
			"Retry-After, and then well.", when: once, alter: func(t *turn) {
			later(503, time.Now().Add(2*time.Second).UTC().Format(http.TimeFormat))(t)
		}},
		{Name: "later-for-ever", Says: "From the third request on all is answered 429 with Retry-After: 1.", when: after(2),
			alter: later(429, "1")},
		{Name: "later-at-once", Says: "From the third request on all is answered 429 with Retry-After: 0.", when: after(2),
			alter: later(429, "0")},
		{Name: "later-tomorrow", Says: "From the third request on all is answered 503 with Retry-After: 86400.",
			when: after(2), alter: later(503, "86400")},
		{Name: "later-some-time", Says: "From the third request on all is answered 429 with a Retry-After that is no time.",
			when: after(2), alter: later(429, "99999999999999999999 \x1b[31msoon")},
		{Name: "later-never", Says: "From the third request on all is answered 503 without Retry-After.", when: after(2),
			alter: answers(503, "text/html", "<h1>Service Unavailable</h1>")},
	}
}

func later(status int, after string) func(*turn) {
	return answers(status, "text/plain", "later", "Retry-After", after)
}

// answers replaces the good answer, cookies and all, and sets header fields of the new one.
func answers(status int, mediaType, body string, pairs ...string) func(*turn) {
	return func(t *turn) {
		t.said.Status, t.said.Header, t.said.Body = status, http.Header{"Content-Type": {mediaType}}, []byte(body)
		sets(pairs...)(t)
	}
}
