package vary

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// UUID is a random UUID of version 4.
func UUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails: see crypto/rand
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// The places of a UUID's digits that say which kind of UUID it is.
const versionPlace, variantPlace = 14, 19

var uuid = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// Middle is the text with another character amid, of the same kind. One beyond ASCII is taken where there is one: it
// finds who compares a text in another alphabet, or without its accents.
func Middle(s string) string {
	runes := []rune(s)
	if len(runes) < 3 {
		return LastCharacter(s)
	}
	at, near := len(runes)/2, func(i int) int { return max(i-len(runes)/2, len(runes)/2-i) }
	kind := func(c rune) int {
		switch {
		case c > unicode.MaxASCII && unicode.IsLetter(c):
			return 2
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			return 1
		}
		return 0
	}
	for i := 1; i < len(runes)-1; i++ {
		if better := kind(runes[i]) - kind(runes[at]); better > 0 || better == 0 && near(i) < near(at) {
			at = i
		}
	}
	if kind(runes[at]) < 2 {
		return LastCharacter(string(runes[:at+1])) + string(runes[at+1:])
	}
	for c := runes[at] + 1; c <= unicode.MaxRune; c++ {
		if unicode.IsLetter(c) && unicode.IsUpper(c) == unicode.IsUpper(runes[at]) {
			runes[at] = c
			return string(runes)
		}
	}
	return LastCharacter(s)
}

// Unassigned is an ID of the same kind that no user can have: of 24 hexadecimal digits, which begin with the time when
// they were given, one of a time to come; of numbers, one beyond those that are exact in JSON. Of any other kind it is
// one drawn anew.
func Unassigned(id string) string {
	switch {
	case objectID.MatchString(id):
		drawn := "fe" + Another(id[2:])
		if id == strings.ToUpper(id) && id != strings.ToLower(id) {
			return strings.ToUpper(drawn)
		}
		return drawn
	case number.MatchString(id):
		return "9" + Another("00000000000000000")
	}
	return Another(id)
}

// Longer is the ID with a digit more, where IDs of its kind have all the same length; empty where it could be
// somebody's.
func Longer(id string) string {
	if objectID.MatchString(id) || uuid.MatchString(id) {
		return id + "0"
	}
	return ""
}
