// Package vary makes what is almost right: passwords and sessions that must be refused.
package vary

import (
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"session-conformance/support/sink"
)

// Word is a random word of lower-case letters, for logins that nobody has.
func Word() string { return "nobody" + strings.ToLower(rand.Text()[:12]) }

// Condition makes a wrong text of a right one that is true as a condition of SQL, and fits any text as a regular
// expression: an account sees few wrong passwords.
func Condition(right string) string { return Another(right) + "|.*|' OR '1'='1" }

// Another is a text of the same shape with another letter or digit in every place: hexadecimal digits stay such, and
// the digits of a UUID that say its version and variant stay as they are.
func Another(s string) string {
	changed := []rune(s)
	kept := uuid.MatchString(s)
	for i, c := range changed {
		if !kept || i != versionPlace && i != variantPlace {
			changed[i] = another(c)
		}
	}
	if string(changed) == s {
		return LastCharacter(s)
	}
	return string(changed)
}

// kinds are the characters of which one is as good as another.
var kinds = []string{"0123456789", "abcdef", "ABCDEF", "ghijklmnopqrstuvwxyz", "GHIJKLMNOPQRSTUVWXYZ"}

// another is another character of the same kind; what is no letter or digit stays.
func another(c rune) rune {
	for _, kind := range kinds {
		if strings.ContainsRune(kind, c) {
			others := strings.ReplaceAll(kind, string(c), "")
			var b [1]byte
			_, _ = rand.Read(b[:])
			return rune(others[int(b[0])%len(others)])
		}
	}
	if c <= unicode.MaxASCII || !unicode.IsLetter(c) {
		return c
	}
	for _, beside := range []rune{c ^ 1, c ^ 2, c ^ 4} {
		if unicode.IsLetter(beside) && unicode.IsLower(c) == unicode.IsLower(beside) &&
			unicode.IsUpper(c) == unicode.IsUpper(beside) {
			return beside
		}
	}
	return c
}

// Nobody is a login of the same shape that nobody has. A short one could be somebody's, so one is made up then.
func Nobody(login string) string {
	other := Another(login)
	differ := 0
	mine := []rune(other)
	for i, c := range []rune(login) {
		if c != mine[i] {
			differ++
		}
	}
	if differ < 5 {
		return Word()
	}
	return other
}

// LastCharacter is the text with another last character of the same kind; an empty one gets a character.
func LastCharacter(s string) string {
	runes := []rune(s)
	if len(runes) == 0 {
		return "x"
	}
	last := runes[len(runes)-1]
	switch {
	case last >= '0' && last <= '8', last >= 'a' && last <= 'e', last >= 'A' && last <= 'E', last >= 'g' && last <= 'y',
		last >= 'G' && last <= 'Y':
		last++
	case last == '9':
		last = '0'
	case last == 'f', last == 'F', last == 'z', last == 'Z':
		last--
	case last == 'x':
		last = 'y'
	default:
		last = 'x'
	}
	runes[len(runes)-1] = last
	return string(runes)
}

// Case is the text with upper and lower case swapped, and whether that changes it.
func Case(s string) (swapped string, differs bool) {
	swapped = strings.Map(func(c rune) rune {
		if unicode.IsUpper(c) {
			return unicode.ToLower(c)
		}
		return unicode.ToUpper(c)
	}, s)
	return swapped, swapped != s
}

// IsASCII says that a text has ASCII characters only.
func IsASCII(s string) bool {
	return strings.IndexFunc(s, func(c rune) bool { return c > unicode.MaxASCII }) < 0
}

// JSON writes a value in raw UTF-8. It must be one that encodes: no channel, no function.
func JSON(value any) string { return string(sink.Compact(value)) }

// Signature is a signed token (header.payload.signature) whose signature differs in one character. The last one of a
// base64 text may hold no bits that count, so one before it is taken.
func Signature(token string) string {
	if n := len(token); n > 12 {
		return token[:n-10] + LastCharacter(token[n-10:n-9]) + token[n-9:]
	}
	return LastCharacter(token)
}

// Mistaken is a text with one character that differs where another text of its length first does, and whose code has
// the same last byte: whoever keeps texts in bytes, or in an alphabet that has neither of the two, takes it for the
// right one.
func Mistaken(right, other string) string {
	runes, differs := []rune(right), []rune(other)
	for i, c := range runes {
		if c == differs[i] {
			continue
		}
		switch { // no character of a smaller alphabet than the right one's
		case c < 0x100:
			runes[i] = c | 0x100
		case c < 0x800:
			runes[i] = c | 0x800
		default:
			runes[i] = c ^ 0x100
		}
		break
	}
	return string(runes)
}

// Beyond is a character that some leave out, because their alphabet lacks it, and at which some databases end a text.
const Beyond = "\U0001F511"

// Shortened is the text without its last character: it finds who compares only a beginning, whichever way. A text of
// one character is changed.
func Shortened(s string) string {
	runes := []rune(s)
	if len(runes) < 2 {
		return LastCharacter(s)
	}
	return string(runes[:len(runes)-1])
}

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
