// Package match holds Gomega matchers that speak of exchanges: what was expected, with every allowed outcome, and what
// came.
package match

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
)

// property is a matcher of an exchange.
type property struct {
	expected string
	met      func(*exchange.Exchange) bool
	got      func(*exchange.Exchange) string
	shell    func(*exchange.Exchange) string
}

// Meet makes a matcher of *exchange.Exchange: whether it is met, and what came in words.
func Meet(expected string, met func(*exchange.Exchange) bool, got func(*exchange.Exchange) string) types.GomegaMatcher {
	return property{expected: expected, met: met, got: got}
}

func (p property) Match(actual any) (bool, error) {
	e, ok := actual.(*exchange.Exchange)
	if !ok || e == nil {
		return false, fmt.Errorf("expected an exchange, got %T", actual)
	}
	last, lastShell = e, ""
	if p.shell != nil {
		lastShell = p.shell(e)
	}
	return p.met(e), nil
}

func (p property) FailureMessage(actual any) string {
	return fmt.Sprintf("  expected  %s\n  got       %s", p.expected, p.got(actual.(*exchange.Exchange)))
}

func (p property) NegatedFailureMessage(actual any) string {
	return fmt.Sprintf("  expected  anything but %s\n  got       %s", p.expected, p.got(actual.(*exchange.Exchange)))
}

// last is the exchange that a matcher of this package judged last. Ginkgo runs the specs of a process one after
// another.
var last *exchange.Exchange

// Last is the exchange that was judged last: where an expectation has just failed, the one that failed it. Forget it
// with Forget when a spec begins.
func Last() *exchange.Exchange { return last }

// Forget makes Last nil.
func Forget() { last, lastShell = nil, "" }

// lastShell is what the matcher that judged last says in the words of a script.
var lastShell string

// LastShell is Last's judgement in the words of the program that scripts of repro bring along; empty where the matcher
// cannot say it so.
func LastShell() string { return lastShell }

// InShell lets a matcher made by Meet say itself in a script: a check of repro's runtime and its words, separated by
// blanks.
func InShell(check string, matcher types.GomegaMatcher) types.GomegaMatcher {
	return InShellWhere(check, func(*exchange.Exchange) bool { return true }, matcher)
}

// InShellWhere is InShell where the script's check says the same of this answer as the matcher does.
func InShellWhere(check string, same func(*exchange.Exchange) bool, matcher types.GomegaMatcher) types.GomegaMatcher {
	p := made(matcher)
	p.shell = func(e *exchange.Exchange) string {
		if same(e) {
			return check
		}
		return ""
	}
	return p
}

// made is a matcher made by Meet.
func made(matcher types.GomegaMatcher) property {
	p, ok := matcher.(property)
	if !ok {
		panic("only what Meet made says itself in a script, or of many exchanges")
	}
	return p
}

// eachShown is how many exchanges a failure of Each shows.
const eachShown = 5

// Each gives the first exchange that does not meet a matcher made by Meet, or else the first, and a matcher that it
// meets where all do; that shows those that do not.
func Each(all []*exchange.Exchange, matcher types.GomegaMatcher) (judged *exchange.Exchange, each types.GomegaMatcher) {
	p, wrong := made(matcher), []string{}
	judged = all[0]
	for _, e := range all {
		if p.met(e) {
			continue
		}
		if len(wrong) == 0 {
			judged = e
		}
		wrong = append(wrong, fmt.Sprintf("%q, %q: %s", e.Scenario, e.Step, p.got(e)))
	}
	if len(wrong) > eachShown {
		wrong = append(wrong[:eachShown], fmt.Sprintf("and %d more", len(wrong)-eachShown))
	}
	p.met = func(*exchange.Exchange) bool { return len(wrong) == 0 }
	p.got = func(*exchange.Exchange) string { return strings.Join(wrong, "\n            ") }
	return judged, p
}

// CookieReaches is the check, for InShell, that the cookie of this name, set by an answer from one address, is returned
// with a request to another; * is any cookie.
func CookieReaches(name, from, to string) string {
	path := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			return "/"
		}
		return url.QueryEscape(u.Path)
	}
	return "cookie-reaches " + url.QueryEscape(name) + " " + path(from) + " " + path(to)
}

// BeSuccess is met by a status 2xx.
func BeSuccess() types.GomegaMatcher {
	return InShell("like 2", Meet("a status 2xx", (*exchange.Exchange).Succeeded, Outline))
}

// BeRefused is met by any status but 2xx.
func BeRefused() types.GomegaMatcher {
	return InShell("refused", Meet("a refusal: any status but 2xx",
		func(e *exchange.Exchange) bool { return !e.Succeeded() }, Outline))
}

// HaveStatus is met by one of the status codes.
func HaveStatus(codes ...int) types.GomegaMatcher {
	words := strings.ReplaceAll(strings.Trim(fmt.Sprint(codes), "[]"), " ", " or ")
	return InShell("status "+strings.ReplaceAll(words, " or ", " "),
		Meet("the status "+words, func(e *exchange.Exchange) bool { return slices.Contains(codes, e.Status()) }, Outline))
}

// BeClientError is met by a status 4xx.
func BeClientError() types.GomegaMatcher {
	return InShell("like 4", Meet("a status 4xx", IsClientError, Outline))
}

// IsClientError says whether an exchange was answered with a status 4xx.
func IsClientError(e *exchange.Exchange) bool { return e.Status() >= 400 && e.Status() < 500 }

// HaveNoNote is met by an exchange of which the scenario noted nothing under that name; got comes before what it noted.
func HaveNoNote(note, expected, got string) types.GomegaMatcher {
	return Meet(expected, func(e *exchange.Exchange) bool { return e.Notes[note] == "" },
		func(e *exchange.Exchange) string { return got + e.Notes[note] })
}

// NotBeServerError is met by a status below 500.
func NotBeServerError() types.GomegaMatcher {
	return InShell("below 500", Meet("no status 5xx", func(e *exchange.Exchange) bool { return e.Status() < 500 },
		Outline))
}

// HaveNoContent is met by an answer without a body.
func HaveNoContent() types.GomegaMatcher {
	return InShell("empty", Meet("no content", func(e *exchange.Exchange) bool { return len(e.Body()) == 0 }, Shown))
}

// HaveMediaType is met by an answer labelled with one of the types; parameters and case do not matter.
func HaveMediaType(allowed ...string) types.GomegaMatcher {
	return InShell("media "+strings.Join(allowed, " "), Meet("Content-Type: "+strings.Join(allowed, " or "),
		func(e *exchange.Exchange) bool { return slices.Contains(allowed, e.MediaType()) },
		func(e *exchange.Exchange) string {
			if e.MediaType() == "" {
				return "no Content-Type"
			}
			return "Content-Type: " + exchange.Printable(e.Header("Content-Type"), 120)
		}))
}

// Shown is the beginning of an answer's body, for a failure.
func Shown(e *exchange.Exchange) string { return "the body " + Excerpt(e) }

// Outline is an answer in a line: its status and the beginning of its body.
func Outline(e *exchange.Exchange) string {
	line := e.StatusLine()
	if to := e.Header("Location"); to != "" && e.Status() >= 300 && e.Status() < 400 {
		line += " to " + exchange.Printable(to, 120) + ", which is not followed"
	}
	if len(e.Body()) == 0 {
		return line + ", no body"
	}
	return line + ", body " + Excerpt(e)
}

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
	return Meet(expected, func(e *exchange.Exchange) bool { return slices.ContainsFunc(e.Cookies(), check) },
		cookiesShown)
}
