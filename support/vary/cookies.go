package vary

import (
	"regexp"
	"strings"
)

// wordOrEscape finds the letters and digits of a cookie's value, and what is percent-encoded in it.
var wordOrEscape = regexp.MustCompile(`%[0-9A-Fa-f]{2}|[0-9A-Za-z]+`)

// Cookies are the cookies of a Cookie header with other values of the same shape: a session that nobody has. Quotation
// marks, punctuation and what is percent-encoded stay, so that a target reads the value as it reads a right one.
func Cookies(header string) string {
	pairs := strings.Split(header, "; ")
	for i, pair := range pairs {
		name, value, found := strings.Cut(pair, "=")
		if !found {
			continue
		}
		pairs[i] = name + "=" + wordOrEscape.ReplaceAllStringFunc(value, func(part string) string {
			if strings.HasPrefix(part, "%") {
				return part
			}
			return Another(part)
		})
	}
	return strings.Join(pairs, "; ")
}
