package evidence

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"unicode"
)

// Made says how a scenario made a secret of another one, so that who has the right one can make it again. It tells
// places only, and no character of either.
type Made struct {
	// Of is the stand-in of what it was made of.
	Of string `json:"of"`
	// How is "first N" (its first N characters), "then TEXT" or "before TEXT" (it, and a text escaped as in a query),
	// "case P…" (the characters at these places, from 0, in the other case) or "other P…" (other ones of their kinds),
	// or one of these, "; " and another.
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
	case strings.HasPrefix(text, of) && harmless(to[len(from):]):
		return "then " + url.QueryEscape(strings.TrimPrefix(text, of)), 1, true
	case strings.HasSuffix(text, of) && harmless(to[:len(to)-len(from)]):
		return "before " + url.QueryEscape(strings.TrimSuffix(text, of)), 1, true
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
	}
	return kind + at, places, true
}

// harmless says that an end of a text is surely what a scenario added, and no part of another secret: one character, or
// a condition of SQL.
func harmless(added []rune) bool { return len(added) == 1 || len(added) > 1 && added[0] == '\'' }

func isLetterOrDigit(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// made says of each secret that a scenario made of a setting, or of what an answer handed out, of which and how.
func (r *recorder) made() map[string]Made {
	rights := maps.Clone(r.handedOut)
	for _, text := range r.target.Texts() {
		if text.Secret {
			rights[text.Value] = true
		}
	}
	all := map[string]Made{}
	for text, label := range r.labels {
		if rights[text] || strings.HasPrefix(label, "invented") {
			continue
		}
		least := 0
		for of := range rights {
			if how, places, ok := howMade(of, text); ok && (least == 0 || places < least) {
				least, all[r.hider.StandIn(text)] = places, Made{r.hider.StandIn(of), how}
			}
		}
	}
	return all
}
