// Package lang says things in the language of the reader. Texts stand in the code and in the pages in English;
// catalogues translate them. What programs read (JSON, JUnit, CSV, HAR, the texts of specs) stays English.
package lang

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"session-conformance/support/target"
)

// Language is one that texts are said in.
type Language string

const (
	English Language = "en"
	Russian Language = "ru"
)

// Languages are the names of all of them.
var Languages = []string{string(English), string(Russian)}

// Variable names the reader's language in the environment.
const Variable = "CONFORMANCE_LANG"

// reader is the language of whoever reads what this process writes.
var reader = English

// Reader is that language.
func Reader() Language { return reader }

// Use takes the reader's language from its name; empty: from the environment, and English where that says nothing.
func Use(name string) error {
	from := "--lang"
	if name == "" {
		from, name = Variable, os.Getenv(Variable)
	}
	if name == "" {
		name = string(English)
	}
	if !slices.Contains(Languages, name) {
		return fmt.Errorf("%s: there is no language %q: use en or ru%s", from, name, target.Suggest(name, Languages))
	}
	reader = Language(name)
	return nil
}

// T is the English text in the reader's language, formatted as Sprintf does where there are arguments.
func T(english string, args ...any) string { return reader.T(english, args...) }

// N is one or the other English text in the reader's language, in the form that goes with the number n. It is formatted
// with n and the arguments.
func N(n int, one, other string, args ...any) string { return reader.N(n, one, other, args...) }

// Source is where a clause stands, in the reader's language: "001, response, lines 108-113".
func Source(source string) string {
	parts := strings.Split(source, ", ")
	for i, part := range parts {
		if lines, ok := strings.CutPrefix(part, "lines "); ok {
			part = T("lines %s", lines)
		} else if line, ok := strings.CutPrefix(part, "line "); ok {
			part = T("line %s", line)
		}
		parts[i] = T(part)
	}
	return strings.Join(parts, ", ")
}

// T is the English text in the language. One that no catalogue has stays English: what a target or another version of
// the suite says may be given too.
func (l Language) T(english string, args ...any) string {
	format := english
	if l == Russian {
		if e, known := catalogue()[english]; known {
			format = e.Ru
		}
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// N is one or the other English text in the language: see N.
func (l Language) N(n int, one, other string, args ...any) string {
	format := other
	if l == Russian {
		format = catalogue()[other].form(n, other)
	} else if n == 1 {
		format = one
	}
	return fmt.Sprintf(format, append([]any{n}, args...)...)
}

// form is the Russian form that goes with a number.
func (e entry) form(n int, otherwise string) string {
	text := e.Many
	switch plural.Cardinal.MatchPlural(language.Russian, n, 0, 0, 0, 0) {
	case plural.One:
		text = e.One
	case plural.Few:
		text = e.Few
	}
	if text == "" {
		return otherwise
	}
	return text
}
