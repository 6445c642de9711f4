package vary

import (
	"strings"
	"unicode"
)

// InventedSession is a session ID of the same shape that nobody was given. A route suffix such as .tomcat1 or
// !-1234567890 stays: a wrong one may never reach the product.
func InventedSession(id string) string {
	stem, route := routed(id)
	return Another(stem) + route
}

// AlteredSession is the session ID with another last digit or letter before its route suffix. The last one of a base64
// text may hold no bits that count, so of an ID that is not hexadecimal the last but one is taken.
func AlteredSession(id string) string {
	stem, route := routed(id)
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

// routed splits a session ID before its route suffix, if it has one: what stands after a dot, a colon or an exclamation
// mark in its second half.
func routed(id string) (stem, route string) {
	half := len(id)/2 + 1
	if half < len(id) {
		if i := strings.IndexAny(id[half:], ".:!"); i >= 0 {
			return id[:half+i], id[half+i:]
		}
	}
	return id, ""
}
