package vary

import (
	"regexp"
	"strings"
	"unicode"
)

// InventedSession is a session ID of the same shape that nobody was given. A route suffix such as .tomcat1 or
// !-1234567890 stays: a wrong one may never reach the product.
func InventedSession(id string) string {
	stem, route := Routed(id)
	return Another(stem) + route
}

// AlteredSession is the session ID with another last digit or letter before its route suffix. The last one of a base64
// text may hold no bits that count, so of an ID that is not hexadecimal the last but one is taken.
func AlteredSession(id string) string {
	stem, route := Routed(id)
	runes := []rune(stem)
	var counting []int // the places of digits and letters
	hexadecimal := true
	for i, c := range runes {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			counting = append(counting, i)
		}
		hexadecimal = hexadecimal && strings.ContainsRune("0123456789abcdefABCDEF-", c)
	}
	if !hexadecimal && len(counting) > 1 {
		counting = counting[:len(counting)-1]
	}
	if len(counting) == 0 {
		return LastCharacter(stem) + route
	}
	end := counting[len(counting)-1] + 1
	return LastCharacter(string(runes[:end])) + string(runes[end:]) + route
}

// Continued is the session ID or token with more behind its stem: the route suffix stays, as in all the others.
func Continued(id, more string) string {
	stem, route := Routed(id)
	return stem + more + route
}

// longestRoute is more than the name of a server that stands behind a dot, and less than a signature that does.
const longestRoute = 26

// padding fills up base64: readers of it pass over what stands behind.
var padding = regexp.MustCompile(`(?:=|%3[Dd])+$`)

// Routed splits a session ID before its route suffix, if it has one: what stands after a dot, a colon or an exclamation
// mark in its second half. Many servers (Jetty, WildFly, WebLogic) leave it off before they look for the session, so
// that another route is no other session. So is the padding of base64.
func Routed(id string) (stem, route string) {
	if at := padding.FindStringIndex(id); at != nil {
		return id[:at[0]], id[at[0]:]
	}
	half := len(id)/2 + 1
	if half < len(id) {
		i := strings.IndexAny(id[half:], ".:!")
		if i >= 0 && (id[half+i] != '.' || len(id)-half-i <= longestRoute) {
			return id[:half+i], id[half+i:]
		}
	}
	return id, ""
}

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
