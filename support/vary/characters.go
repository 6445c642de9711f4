package vary

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// JSONEscaped writes a text as a JSON string with \uXXXX for each character beyond ASCII, or for all characters.
func JSONEscaped(s string, all bool) string {
	var b strings.Builder
	for _, c := range s {
		if c < 0x80 && !all {
			quoted := JSON(string(c))
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		for _, unit := range utf16.Encode([]rune{c}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return `"` + b.String() + `"`
}

var (
	objectID = regexp.MustCompile(`^[0-9A-Fa-f]{24}$`)
	number   = regexp.MustCompile(`^[0-9]+$`)
)

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
