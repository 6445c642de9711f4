package evidence

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Made says how a scenario made a secret of another one, so that who has the right one can make it again. It tells
// places only, and no character of either.
type Made struct {
	// Of is the stand-in of what it was made of.
	Of string `json:"of"`
	// How is "first N" or "last N" (so many of its characters), "insert P C" (a character, escaped as in a query, at a
	// place, from 0), "case P…" (the characters at these places in the other case), "other P…" (other ones of their
	// kinds), "plus N P" (the one whose number is N more), or such, "; then " and a text escaped as in a query.
	How string `json:"how"`
}

const (
	// shortestHalf is how long what was cut off must be to be no chance.
	shortestHalf = 4
	// mostPlaces is in how many places a text may differ from what it was made of: two IDs of 100 KiB that have nothing in
	// common differ in nearly all.
	mostPlaces = 256
)

// howMade says how a text was made of another one, and in how many places they differ. ok is false where they have
// nothing in common but their length.
func howMade(of, text string) (how string, places int, ok bool) {
	from, to := []rune(of), []rune(text)
	switch {
	case of == text || len(from) < shortestHalf || len(to) < shortestHalf:
		return "", 0, false
	case strings.HasPrefix(of, text):
		return fmt.Sprintf("first %d", len(to)), 1, true
	case strings.HasSuffix(of, text):
		return fmt.Sprintf("last %d", len(to)), 1, true
	case len(to) == len(from)+1:
		at := 0
		for at < len(from) && from[at] == to[at] {
			at++
		}
		if string(from[at:]) != string(to[at+1:]) {
			return "", 0, false
		}
		return fmt.Sprintf("insert %d %s", at, url.QueryEscape(string(to[at]))), 1, true
	case len(from) < len(to) && harmless(to[len(from):]):
		how, places, ok = howMade(of, string(to[:len(from)]))
		return how + "; then " + url.QueryEscape(string(to[len(from):])), places + 1, ok
	case len(from) != len(to):
		return "", 0, false
	}
	kind, at := "case", ""
	for i, c := range from {
		if c == to[i] {
			continue
		}
		if !isLetterOrDigit(c) || !isLetterOrDigit(to[i]) {
			return "", 0, false
		}
		if unicode.ToLower(c) != unicode.ToLower(to[i]) {
			kind = "other"
		}
		if places++; places > mostPlaces {
			return "", 0, false
		}
		at += fmt.Sprintf(" %d", i)
		if far := to[i] - c; far%0x100 == 0 { // the same last byte, as a scenario may have chosen it
			kind = fmt.Sprint("plus ", far)
		}
	}
	if strings.HasPrefix(kind, "plus") && places > 1 {
		kind = "other"
	}
	return kind + at, places, true
}

// harmless says that an end of a text is surely what a scenario added, and no part of another secret: a condition of
// SQL, a pattern.
func harmless(added []rune) bool { return len(added) > 1 && (added[0] == '\'' || added[0] == '|') }

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// farPlaces is in how many places a text differs that has nothing left of what it was made of: more say no more.
const farPlaces = 8

// made says of each secret that a scenario made of a setting, or of what an answer handed out, of which and how: as the
// scenario says, else of the nearest, and of such the earliest.
func (r *recorder) made() map[string]Made {
	rights := maps.Clone(r.handedOut)
	for _, text := range r.target.Texts() {
		if text.Secret {
			rights[text.Value] = 0
		}
	}
	all := map[string]Made{}
	for text, label := range r.labels {
		if _, right := rights[text]; right || strings.HasPrefix(label, "invented") {
			continue
		}
		if of, known := r.madeOf[text]; known {
			if how, _, ok := howMade(of, text); ok {
				all[r.hider.StandIn(text)] = Made{r.hider.StandIn(of), how}
			}
			continue
		}
		nearest := [2]int{farPlaces + 1}
		for of, number := range rights {
			how, places, ok := howMade(of, text)
			if far := [2]int{min(places, farPlaces), number}; ok && slices.Compare(far[:], nearest[:]) < 0 {
				nearest, all[r.hider.StandIn(text)] = far, Made{r.hider.StandIn(of), how}
			}
		}
	}
	return all
}
