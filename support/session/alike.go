package session

import (
	"fmt"

	"session-conformance/support/exchange"
)

// fewPlaces is in how many characters two session IDs differ at least where they are made by chance.
const fewPlaces = 12

// AlikeNote says in how many characters a session ID or token differs from the earlier one, where they are few, as
// those
// of a counter are: specs see only stand-ins.
const AlikeNote = "differs from the earlier session ID in"

// NoteAlike notes it of an answer that gave a later ID. That the two are the same is for another clause to say.
func NoteAlike(e *exchange.Exchange, later, earlier string) {
	if differ := Differing(later, earlier); differ > 0 && differ < fewPlaces {
		places := fmt.Sprint(differ, " characters")
		if differ == 1 {
			places = "one character"
		}
		e.Note(AlikeNote, places)
	}
}

// Differing counts the characters in which two texts differ, those that one has more than the other included.
func Differing(a, b string) int {
	x, y := []rune(a), []rune(b)
	differ := max(len(x), len(y)) - min(len(x), len(y))
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ
}
