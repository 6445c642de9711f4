package vary

import (
	"fmt"
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
