package target

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// shownLimit bounds how many problems an error prints.
const shownLimit = 100

// Problem is one thing wrong with the configuration.
type Problem struct {
	File         string // path of targets.yaml as it was given
	Line, Column int    // from 1; 0 where no place in the file is at fault
	Target       string // the target's name in quotation marks, its number where it has none, or empty
	Message      string // what is wrong; the remedy
	Excerpt      string // the lines around with a caret below, secrets masked; empty or ending in a line end
}

func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	if p.Target != "" {
		b.WriteString("target " + p.Target + ": ")
	}
	b.WriteString(p.Message)
	if p.Excerpt != "" {
		b.WriteString("\n" + strings.TrimSuffix(p.Excerpt, "\n"))
	}
	return b.String()
}

// Error is all that is wrong with targets.yaml, or with the choice of targets, sorted by line. It shows no secret.
type Error struct{ Problems []Problem }

func (e *Error) Error() string {
	var parts []string
	for i, p := range e.Problems {
		if i == shownLimit {
			parts = append(parts, fmt.Sprintf("and %d more", len(e.Problems)-i))
			break
		}
		parts = append(parts, p.String())
	}
	return strings.Join(parts, "\n")
}

// problems collects what is wrong with the file of these lines.
type problems struct {
	path   string
	lines  []string
	before int            // how many lines of the file stand before these
	indent int            // how many characters stand before what the file holds, in each of these
	shown  map[int][]span // what excerpts show of each line
	found  []Problem
	seen   map[string]bool
}

// add notes a problem at a place. Of one topic the first stays there: the checks run from the most to the least
// telling.
func (ps *problems) add(at place, topic, target, message string) {
	key := fmt.Sprintf("%d:%d %s %s", at.line, at.column, topic, target)
	if ps.seen[key] {
		return
	}
	if ps.seen == nil {
		ps.seen = map[string]bool{}
	}
	ps.seen[key] = true
	ps.found = append(ps.found, Problem{File: ps.path, Line: at.line, Column: at.column, Target: target, Message: message})
}

// Topics: what a problem at a place is about. A mapping begins where its first key does.
const (
	aboutKey   = "key"
	aboutValue = "value"
)

// lineOf names the line of a place, for the readers of a file.
func (ps *problems) lineOf(at place, file string) string {
	line := fmt.Sprintf("line %d", at.line+ps.before)
	if ps.path != file {
		return line + " of " + ps.path
	}
	return line
}

// sorted are all problems with their excerpts, by line, as the file counts lines and columns.
func (ps *problems) sorted() []Problem {
	slices.SortStableFunc(ps.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	for i := range ps.found {
		p, at := &ps.found[i], place{ps.found[i].Line, ps.found[i].Column}
		if i < shownLimit {
			p.Excerpt = ps.excerpt(at)
		}
		if at.line > 0 {
			p.Line, p.Column = at.line+ps.before, max(1, at.column-ps.indent)
		}
	}
	return ps.found
}
