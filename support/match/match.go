// Package match holds Gomega matchers that speak of exchanges: what was expected, with every allowed outcome, and what came.
package match

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
)

// judgement is a matcher of an exchange.
type judgement struct {
	expected string
	check    func(*exchange.Exchange) (met bool, got string)
	got      string
}

// That makes a matcher of *exchange.Exchange. check says whether it is met, and in words what came instead.
func That(expected string, check func(e *exchange.Exchange) (met bool, got string)) types.GomegaMatcher {
	return &judgement{expected: expected, check: check}
}

func (j *judgement) Match(actual any) (bool, error) {
	e, ok := actual.(*exchange.Exchange)
	if !ok || e == nil {
		return false, fmt.Errorf("expected an exchange, got %T", actual)
	}
	last = e
	met, got := j.check(e)
	j.got = got
	return met, nil
}

// last is the exchange that a matcher of this package judged last. Ginkgo runs the specs of a process one after another.
var last *exchange.Exchange

// Last is the exchange that was judged last: where an expectation has just failed, the one that failed it. Forget it with
// Forget when a spec begins.
func Last() *exchange.Exchange { return last }

// Forget makes Last nil.
func Forget() { last = nil }

func (j *judgement) FailureMessage(any) string {
	return fmt.Sprintf("  expected  %s\n  got       %s", j.expected, j.got)
}

func (j *judgement) NegatedFailureMessage(any) string {
	return fmt.Sprintf("  expected  anything but %s\n  got       %s", j.expected, j.got)
}

// BeSuccess is met by a status 2xx.
func BeSuccess() types.GomegaMatcher {
	return That("a status 2xx", func(e *exchange.Exchange) (bool, string) { return ElseOutline(e.Succeeded(), e) })
}

// BeRefused is met by any status but 2xx.
func BeRefused() types.GomegaMatcher {
	return That("a refusal: any status but 2xx", func(e *exchange.Exchange) (bool, string) { return ElseOutline(!e.Succeeded(), e) })
}

// HaveStatus is met by one of the status codes.
func HaveStatus(codes ...int) types.GomegaMatcher {
	words := strings.ReplaceAll(strings.Trim(fmt.Sprint(codes), "[]"), " ", " or ")
	return That("the status "+words, func(e *exchange.Exchange) (bool, string) {
		for _, code := range codes {
			if e.Status() == code {
				return true, ""
			}
		}
		return false, Outline(e)
	})
}

// BeClientError is met by a status 4xx.
func BeClientError() types.GomegaMatcher {
	return That("a status 4xx", func(e *exchange.Exchange) (bool, string) {
		return ElseOutline(e.Status() >= 400 && e.Status() < 500, e)
	})
}

// NotBeServerError is met by a status below 500.
func NotBeServerError() types.GomegaMatcher {
	return That("no status 5xx", func(e *exchange.Exchange) (bool, string) { return ElseOutline(e.Status() < 500, e) })
}

// HaveNoContent is met by an answer without a body.
func HaveNoContent() types.GomegaMatcher {
	return That("no content", func(e *exchange.Exchange) (bool, string) { return ElseBody(len(e.Body()) == 0, e) })
}

// HaveMediaType is met by an answer labelled with one of the types; parameters and case do not matter.
func HaveMediaType(allowed ...string) types.GomegaMatcher {
	return That("Content-Type: "+strings.Join(allowed, " or "), func(e *exchange.Exchange) (bool, string) {
		got := e.MediaType()
		for _, t := range allowed {
			if got == t {
				return true, ""
			}
		}
		if got == "" {
			return false, "no Content-Type"
		}
		return false, "Content-Type: " + exchange.Printable(e.Header("Content-Type"), 120)
	})
}

// ElseOutline is what a check gives that looks at a whole answer: words are made only where it is not met.
func ElseOutline(met bool, e *exchange.Exchange) (bool, string) {
	if met {
		return true, ""
	}
	return false, Outline(e)
}

// ElseBody is what a check gives that looks at the body.
func ElseBody(met bool, e *exchange.Exchange) (bool, string) {
	if met {
		return true, ""
	}
	return false, "the body " + Excerpt(e)
}

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
