package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
)

// cookiesShown are the Set-Cookie headers of an answer, for a failure.
func cookiesShown(e *exchange.Exchange) string {
	var lines []string
	for _, c := range e.Cookies() {
		lines = append(lines, "Set-Cookie: "+exchange.Printable(c.Line, 200))
		if len(lines) == 5 {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Cookies())-5))
			break
		}
	}
	if len(lines) == 0 {
		return "no Set-Cookie header"
	}
	return strings.Join(lines, "\n            ")
}

// HaveCookie is met by an answer that sets the named cookie so that the last one of that name meets the check. expected
// says what that is, as a Set-Cookie header.
func HaveCookie(name, expected string, check func(exchange.Cookie) bool) types.GomegaMatcher {
	return Meet("Set-Cookie: "+expected, func(e *exchange.Exchange) bool {
		c, found := e.Cookie(name)
		return found && check(c)
	}, cookiesShown)
}

// HaveAnyCookie is met by an answer that sets some cookie that meets the check.
func HaveAnyCookie(expected string, check func(exchange.Cookie) bool) types.GomegaMatcher {
	return Meet(expected, func(e *exchange.Exchange) bool { return slices.ContainsFunc(e.Cookies(), check) }, cookiesShown)
}
