package vary

import (
	"strings"
	"unicode"
)

// InventedSession is a session ID of the same shape that nobody was given. A route suffix such as .tomcat1 stays: a
// wrong one
// may never reach the product.
func InventedSession(id string) string {
	stem, route := routed(id)
	return Another(stem) + route
}

// AlteredSession is the session ID with another last digit or letter before its route suffix. The last one of a base64
// text may
// hold no bits that count, so of an ID that is not hexadecimal the last but one is taken.
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

// routed splits a session ID before its route suffix, if it has one: a last part after a dot, shorter than what is
// before it.
func routed(id string) (stem, route string) {
	if i := strings.LastIndexByte(id, '.'); i > len(id)/2 {
		return id[:i], id[i:]
	}
	return id, ""
}
