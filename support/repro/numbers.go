package repro

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode/utf16"
)

// byNumbers finds a value some of whose characters are written by their numbers, as JSON or XML has them, outside of
// what stands for values already. The place is negative where there is none.
func (v *value) byNumbers(text string) (form, int) {
	if strings.Contains(text, `\u`) {
		return v.numbered(text, "u", func(c rune) string {
			units := ""
			for _, unit := range utf16.Encode([]rune{c}) {
				units += fmt.Sprintf(`\\u(?i:%04x)`, unit)
			}
			return regexp.QuoteMeta(jsonOf(string(c))) + "|" + units
		})
	}
	for kind, number := range map[string]string{"d": "&#0*%d;", "h": "(?i:&#x0*%x;)"} {
		f, at := v.numbered(text, kind, func(c rune) string {
			return regexp.QuoteMeta(html.EscapeString(string(c))) + "|" + regexp.QuoteMeta(minimal.Replace(string(c))) + "|" +
				fmt.Sprintf(number, c)
		})
		if at >= 0 {
			return f, at
		}
	}
	return form{}, -1
}

// numbered is byNumbers where spellings gives the ways to write a character, as a pattern.
func (v *value) numbered(text, kind string, spellings func(rune) string) (form, int) {
	if !strings.Contains(text, `\u`) && !strings.Contains(text, "&#") || len(v.text) > longestNumbered {
		return form{}, -1
	}
	pattern := ""
	for _, c := range v.text {
		pattern += "(" + spellings(c) + ")"
	}
	at := regexp.MustCompile(pattern).FindStringSubmatchIndex(text)
	if at == nil || outside(text, text[at[0]:at[1]]) != at[0] {
		return form{}, -1
	}
	var places []string
	for i := 2; i < len(at); i += 2 {
		if c := text[at[i]:at[i+1]]; strings.HasPrefix(c, `\u`) || strings.HasPrefix(c, "&#") {
			places = append(places, fmt.Sprint(i/2-1))
		}
	}
	if len(places) == 0 {
		return form{}, -1
	}
	return form{kind + strings.Join(places, "_"), text[at[0]:at[1]]}, at[0]
}

// longestNumbered bounds the values that are looked for so, in bytes: each character is a pattern.
const longestNumbered = 256
