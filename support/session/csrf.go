package session

import (
	"regexp"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

var csrfName = regexp.MustCompile(`(?i)csrf|xsrf`)

// CSRFCookie is the cookie against forged requests that an answer sets, as name=value; empty where it sets none.
func CSRFCookie(e *exchange.Exchange) string {
	for _, c := range e.Cookies() {
		if csrfName.MatchString(c.Name) && !c.Deletes() {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// CSRF gives the header fields in which a call that changes something returns the cookie against forged requests, where
// there is one among the cookies. Frameworks read it from fields of different names.
func CSRF(cookies string) (options []evidence.Option) {
	for _, pair := range strings.Split(cookies, "; ") {
		if name, value, _ := strings.Cut(pair, "="); csrfName.MatchString(name) {
			headers := []string{"X-Csrf-Token", "X-Csrftoken"} // Django reads the latter
			if strings.Contains(strings.ToLower(name), "xsrf") {
				headers = []string{"X-Xsrf-Token"}
			}
			for _, header := range headers {
				options = append(options, evidence.Header(header, strings.Trim(value, `"`)))
			}
		}
	}
	return options
}
