package target

import (
	"fmt"
	"strings"
)

// place is a line and a column, in characters, both from 1.
type place struct{ line, column int }

// span is a part of a line: its columns from the first to before the last.
type span struct{ from, to int }

const (
	mask         = "***"
	excerptWidth = 100 // characters of a line that are shown
)

// excerpt shows the lines around a place, masked, with a caret below it.
func (ps *problems) excerpt(at place) string {
	if at.line < 1 || at.line > len(ps.lines) {
		return ""
	}
	var b strings.Builder
	first := max(1, at.line-2)
	if ps.indent > 0 {
		first = at.line // what stands before it is ours
	}
	for n := first; n <= min(len(ps.lines), at.line+1); n++ {
		mark := " "
		column := 0
		if n == at.line {
			mark, column = ">", at.column
		}
		shown, caret := masked(ps.lines[n-1], ps.shown[n], column)
		if shown == "" && n != at.line {
			continue
		}
		shown, caret = clip(shown, caret)
		fmt.Fprintf(&b, "%s %4d | %s\n", mark, n+ps.before, shown)
		if n == at.line {
			fmt.Fprintf(&b, "       | %s^\n", strings.Repeat(" ", caret))
		}
	}
	return b.String()
}

// masked is a line with all replaced that is not in the sorted spans, but for the blanks before and between; and where
// a column went.
func masked(line string, show []span, column int) (string, int) {
	var b strings.Builder
	written, caret, hidden := 0, 0, false
	for i, r := range []rune(strings.ReplaceAll(line, "\t", " ")) {
		for len(show) > 0 && show[0].to <= i+1 {
			show = show[1:]
		}
		was := hidden
		hidden = (len(show) == 0 || i+1 < show[0].from) && (was || r != ' ')
		if i+1 == column {
			caret = written
		}
		switch {
		case !hidden:
			b.WriteRune(r)
			written++
		case !was:
			b.WriteString(mask)
			written += len(mask)
		}
	}
	if column > len([]rune(line)) {
		caret = written
	}
	return strings.TrimRight(b.String(), " "), caret
}

// clip keeps the part of a long line that lies around the caret.
func clip(line string, caret int) (string, int) {
	runes := []rune(line)
	if len(runes) <= excerptWidth {
		return line, caret
	}
	from := min(max(0, caret-excerptWidth/2), len(runes)-excerptWidth)
	shown, before := string(runes[from:from+excerptWidth]), ""
	if from > 0 {
		before = "…"
	}
	if from+excerptWidth < len(runes) {
		shown += "…"
	}
	return before + shown, caret - from + len([]rune(before))
}
