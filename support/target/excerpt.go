package target

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode/utf8"
)

// place is a line and a column, in characters, both from 1.
type place struct{ line, column int }

func (p place) before(q place) bool {
	return p.line < q.line || p.line == q.line && p.column < q.column
}

// span is a part of the file that an error must not show. Its end is the first place after it.
type span struct{ from, to place }

const (
	mask         = "***"
	excerptWidth = 100 // characters of a line that are shown
)

// excerpt shows the lines around a place, masked, with a caret below it. The spans are sorted; before is how many lines
// of the file stand before these.
func excerpt(lines []string, at place, hide []span, before int) string {
	if at.line < 1 || at.line > len(lines) {
		return ""
	}
	var b strings.Builder
	for n := max(1, at.line-2); n <= min(len(lines), at.line+1); n++ {
		mark := " "
		column := 0
		if n == at.line {
			mark, column = ">", at.column
		}
		shown, caret := masked(n, lines[n-1], column, hide)
		if shown == "" && n != at.line {
			continue
		}
		shown, caret = clip(shown, caret)
		fmt.Fprintf(&b, "%s %4d | %s\n", mark, n+before, shown)
		if n == at.line {
			fmt.Fprintf(&b, "       | %s^\n", blank(shown, caret))
		}
	}
	return b.String()
}

// masked returns line n with its hidden parts replaced, and where a column went.
func masked(n int, line string, column int, hide []span) (string, int) {
	var b strings.Builder
	written, caret, hidden := 0, 0, false
	indent := len([]rune(line)) - len([]rune(strings.TrimLeft(line, " \t")))
	next := sort.Search(len(hide), func(i int) bool { return place{n, 1}.before(hide[i].to) })
	for i, r := range []rune(line) {
		here := place{n, i + 1}
		if here.column == column {
			caret = written
		}
		for next < len(hide) && !here.before(hide[next].to) {
			next++
		}
		was := hidden
		hidden = i >= indent && next < len(hide) && !here.before(hide[next].from)
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
	return strings.TrimRight(b.String(), " \t"), caret
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

// blank is what stands before the caret: blanks, and the tabs of the line above it.
func blank(line string, width int) string {
	var b strings.Builder
	for i, r := range []rune(line) {
		if i == width {
			break
		}
		if r != '\t' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String() + strings.Repeat(" ", max(0, width-len([]rune(line))))
}

var word = regexp.MustCompile(`[^\s{}\[\],:"'#]+`)

// brokenExcerpt shows one line of a file whose structure is not known: only the words of ours, and the punctuation.
func brokenExcerpt(lines []string, at place, before int) string {
	if at.line < 1 || at.line > len(lines) {
		return ""
	}
	line := lines[at.line-1]
	var hide []span
	done, column := 0, 1
	for _, w := range word.FindAllStringIndex(line, -1) {
		from := column + utf8.RuneCountInString(line[done:w[0]])
		done, column = w[1], from+utf8.RuneCountInString(line[w[0]:w[1]])
		if text := line[w[0]:w[1]]; !knownWords()[text] && strings.Trim(text, "-") != "" {
			hide = append(hide, span{place{at.line, from}, place{at.line, column}})
		}
	}
	return excerpt(append(make([]string, at.line-1), line), at, hide, before)
}
