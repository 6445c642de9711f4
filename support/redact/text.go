package redact

import (
	"cmp"
	"fmt"
	"regexp"
)

// Text replaces every learnt secret of eight characters or more, as it stands or as JSON, XML or a URL writes it, and
// leaves each other byte as it is. A piece that holds one in any other encoding, or in several, is left out and words
// stand in its place.
func (h *Hider) Text(s string) string {
	if len(s) < shortest {
		return s
	}
	h.mu.Lock()
	x := h.indexed()
	known, ok := h.texts[s]
	h.mu.Unlock()
	if ok || len(x.labels) == 0 {
		return cmp.Or(known, s)
	}
	hidden := h.leaveOut(h.replaced(s, x), x)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.index == x && len(s) <= memoLength {
		if h.texts == nil || len(h.texts) >= memoTexts {
			h.texts = map[string]string{}
		}
		h.texts[s] = hidden
	}
	return hidden
}

// Bounds of what Text remembers: headers, addresses and words are the same in most exchanges of a run.
const (
	memoTexts  = 4096
	memoLength = 16 << 10
)

// replaced has stand-ins in the place of secrets, in each of the spellings.
func (h *Hider) replaced(s string, x *index) string {
	s = replace(s, x.segments(s, len(s)), h.StandIn)
	for _, e := range spellings {
		plain := e.decode(s)
		if plain == s {
			continue
		}
		s = e.rewrite(s, plain, replace(plain, x.segments(plain, len(plain)), h.StandIn))
	}
	return s
}

var word = regexp.MustCompile(`[^\s"'<>&;,]+`)

// leaveOut takes out what still holds a secret: the words that do, else the whole text.
func (h *Hider) leaveOut(s string, x *index) string {
	if len(x.held(s, depth)) == 0 {
		return s
	}
	less := word.ReplaceAllStringFunc(s, func(one string) string {
		if labels := x.held(one, depth); len(labels) > 0 {
			return leftOut(one, labels)
		}
		return one
	})
	if labels := x.held(less, depth); len(labels) > 0 {
		return leftOut(s, labels)
	}
	return less
}

const leftOutMark = "[left out: "

// leftOut is what stands in the place of a piece: [left out: 1.2 KiB holding user.password].
func leftOut(piece string, labels []string) string {
	size := fmt.Sprintf("%d bytes", len(piece))
	if len(piece) >= 1<<10 {
		size = fmt.Sprintf("%.1f KiB", float64(len(piece))/(1<<10))
	}
	return leftOutMark + size + " holding " + named(labels) + "]"
}
