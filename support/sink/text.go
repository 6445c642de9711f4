// Package sink prepares what a target, a file or the environment says for the place where it is read, so that nothing
// there obeys it: a terminal, the log of a CI agent, Markdown, HTML, XML, JSON, a spreadsheet, a shell. What could be
// obeyed is written as an escape that a reader understands: \x1b, \u202e, ##vso\x5b.
package sink

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks are what agents look for in what a job prints, and in the texts of JUnit. They end where they could be told
// from plain text.
// - ##vso[ and ##[ anywhere in a line: Azure's agent, GitHub's runner; ##teamcity[ anywhere in a line: TeamCity
// - :: at the start of a line: GitHub's runner. Ginkgo wraps long lines at blanks, so what follows a blank may come
// to stand there.
// - section_start: and section_end: GitLab; travis_fold: and travis_time: Travis; ---, +++ and ~~~ before a blank:
// Buildkite
// - [[ATTACHMENT| anywhere: GitLab, Jenkins and Azure, in the output of a case of JUnit
var marks = regexp.MustCompile(
	`(?im)##[a-z]*\[|(?:^|\s)::|section_(?:start|end):|travis_(?:fold|time):|^\s*(?:---|\+\+\+|~~~|\^\^\^) |\[\[attachment\|`)

// mayHaveMarks looks for characters that each mark has: that takes a hundredth of the expression's time.
func mayHaveMarks(text string) bool {
	return strings.ContainsAny(text, "#:[") || strings.Contains(text, "--- ") || strings.Contains(text, "+++ ") ||
		strings.Contains(text, "~~~ ") || strings.Contains(text, "^^^ ")
}

// Text prepares a text of several lines for a terminal, the log of a CI job and JUnit. Line ends and tabs stay.
func Text(text string) string {
	if !mayHaveMarks(text) {
		return Visible(text)
	}
	return marks.ReplaceAllStringFunc(Visible(text), func(mark string) string {
		last := len(mark) - 1
		return fmt.Sprintf(`%s\x%02x`, mark[:last], mark[last])
	})
}

// Line is Text in one line: each run of white space is a blank.
func Line(text string) string { return Text(strings.Join(strings.Fields(text), " ")) }

// Visible writes what a reader would not see, or a terminal, a browser or an editor would obey, as an escape: control
// characters, marks that turn the direction of text, blanks other than the common one, bytes that are no UTF-8. Line
// ends and tabs stay. It is what HTML and XML need before their own encoders, which know about markup.
func Visible(text string) string {
	if utf8.ValidString(text) && !strings.ContainsFunc(text, unseen) {
		return text
	}
	var b strings.Builder
	for i, size := 0, 0; i < len(text); i += size {
		var c rune
		switch c, size = utf8.DecodeRuneInString(text[i:]); {
		case c == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case unseen(c):
			quoted := strconv.QuoteRuneToASCII(c)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func unseen(c rune) bool {
	return c != '\n' && c != '\t' && (!strconv.IsPrint(c) || c > unicode.MaxLatin1 && blank(c))
}

// blank says that a character counts as a letter, a mark or a symbol, and shows nothing: a Hangul filler, a variation
// selector, Braille without dots.
func blank(c rune) bool {
	return c == '\u2800' || unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// Compact is a value as JSON in one line, with <, > and & as they stand. It must be one that encodes: no channel, no
// function.
func Compact(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("plain values do not encode: " + err.Error())
	}
	return bytes.TrimSpace(b.Bytes())
}

// JSON writes what encoding/json leaves as it is, and Visible would not, as escapes of JSON, which mean the same.
func JSON(encoded []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(encoded); {
		c, size := utf8.DecodeRune(encoded[i:])
		if c >= utf8.RuneSelf && unseen(c) || c == 0x7f {
			out = append(out, encoded[done:i]...)
			for _, unit := range utf16Of(c) {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return encoded
	}
	return append(out, encoded[done:]...)
}
