package exchange

import (
	"strconv"
	"strings"
)

// Printable shows a text in one line of at most so many bytes of the text: what a terminal or a page could obey is
// written as an escape.
func Printable(text string, limit int) string {
	more := ""
	if len(text) > limit {
		text, more = strings.ToValidUTF8(text[:limit], ""), "…"
	}
	quoted := strconv.Quote(text)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`) + more
}
