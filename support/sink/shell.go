package sink

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// Shell is a text as one word of a POSIX shell. Line ends stand in it as they are; other characters that Visible
// would escape are made by printf, so that whoever reads the script sees them. A NUL, which no shell can pass, is
// left out.
func Shell(text string) string {
	return apart(text, func(part string) string {
		word := ""
		for _, piece := range split(part) {
			word += posix(piece)
		}
		return word
	})
}

// ShellLine is a text as one word in one line, into which people paste it: of a POSIX shell, and where it holds a line
// end, of bash, zsh and ksh.
func ShellLine(text string) string {
	if !strings.Contains(text, "\n") {
		return Shell(text)
	}
	return apart(text, func(part string) string {
		quoted, err := syntax.Quote(part, syntax.LangBash)
		if err != nil { // only a NUL has none
			panic("a word without NUL cannot be quoted: " + err.Error())
		}
		return quoted
	})
}

// apart quotes a text in parts that end before the last character of each mark of a CI agent. With an empty word
// between them they say the same to a shell, and nothing to an agent in whose log the line stands.
func apart(text string, quote func(string) string) string {
	text = strings.ReplaceAll(text, "\x00", "")
	if text == "" {
		return "''"
	}
	var words []string
	start := 0
	for _, at := range marks.FindAllStringIndex(text, -1) {
		words = append(words, quote(text[start:at[1]-1]))
		start = at[1] - 1
	}
	return strings.Join(append(words, quote(text[start:])), "''")
}

// posix is a piece of a word, all of which is seen, or nothing.
func posix(piece string) string {
	switch seen := Visible(piece) == piece; {
	case seen && plain.MatchString(piece):
		return piece
	case seen:
		return "'" + strings.ReplaceAll(piece, "'", `'\''`) + "'"
	}
	codes := ""
	for _, c := range []byte(piece) {
		codes += fmt.Sprintf(`\%03o`, c)
	}
	return `"$(printf '` + codes + `')"`
}

// plain is a word that needs no quotes in any shell.
var plain = regexp.MustCompile(`^[A-Za-z0-9_./:,+@%-]*$`)

// split cuts a text into what is seen and what is not.
func split(text string) []string {
	var pieces []string
	start, seen := 0, true
	for i, c := range text {
		invalid := c == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError))
		if now := !unseen(c) && !invalid; now != seen {
			if i > start {
				pieces = append(pieces, text[start:i])
			}
			start, seen = i, now
		}
	}
	return append(pieces, text[start:])
}
