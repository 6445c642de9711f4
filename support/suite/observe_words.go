package suite

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
)

// These put what an observation sees into words that stay the same from run to run, so that releases can be compared.

// Absent says whether a feature that the target declares to lack really is not there, by the step that tried it; empty
// where that was not asked. also are further statuses that say so.
func (l *Look) Absent(tried *evidence.Step, also ...int) string {
	e := l.Of(tried)
	switch {
	case e == nil:
		return ""
	case slices.Contains(append(also, 404, 405, 501), e.Status()):
		return "really absent: " + e.StatusLine()
	}
	return fmt.Sprintf("answered %s to invented credentials, so it may be there", e.StatusLine())
}

// ContentType is an answer's, or "none".
func ContentType(e *exchange.Exchange) string { return TextOr(e.Header("Content-Type"), "none") }

// MediaType is that without parameters.
func MediaType(e *exchange.Exchange) string { return TextOr(e.MediaType(), "none") }

// YesNo is "yes" or "no".
func YesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// Accepted says whether a request was answered 2xx, Refused whether it was not.
func Accepted(e *exchange.Exchange) string { return YesNo(e.Succeeded()) }

func Refused(e *exchange.Exchange) string { return YesNo(!e.Succeeded()) }

// TextOr is the text, or what stands for an empty one.
func TextOr(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// Attributes are those of a cookie, or "none". When it expires differs from run to run, so only that it does is said.
func Attributes(c exchange.Cookie) string {
	var list []string
	for _, a := range c.Attributes {
		switch {
		case a.Name == "expires":
			list = append(list, "expires=…")
		case a.Value != "":
			list = append(list, a.Name+"="+a.Value)
		default:
			list = append(list, a.Name)
		}
	}
	return TextOr(strings.Join(list, "; "), "none")
}
