package redact

import (
	"fmt"
	"regexp"
	"strings"
)

// Text replaces every learnt secret of eight characters or more, as it stands or as JSON, XML or a URL writes it, and
// leaves each other byte as it is. A piece that holds one in any other encoding, or in several, is left out and words
// stand in its place.
func (h *Hider) Text(s string) string {
	x := h.current()
	return x.purged(h.replaced(s, x), false, leftOut)
}

// Body hides the secrets of a JSON or XML body, or of any other text. All else stays as it was, byte by byte, also in a
// malformed body.
func (h *Hider) Body(from Origin, body []byte) []byte {
	x := h.current()
	hidden := h.walk(string(body), nesting, func(v value) string { return h.hideIn(from, v, x) })
	hidden = h.replaced(hidden, x) // across values, in a key, in a comment
	if labels := x.held(hidden, false); len(labels) > 0 {
		hidden = leftOut(hidden, labels)
	}
	return []byte(hidden)
}

// Value hides the secrets of a text that stands under a name: of a header. The name may be empty.
func (h *Hider) Value(from Origin, name, text string) string {
	x := h.current()
	v := value{path: []string{name}, text: text, kind: header}
	return h.into(v, nesting, func(v value) string { return h.hideIn(from, v, x) })
}

// hideIn hides what is secret in a value: first what is known, wherever it stands, then what its position makes one.
func (h *Hider) hideIn(from Origin, v value, x *index) string {
	if v.kind == bare && isNumber(v.text) && len(h.stretches(from, v)) > 0 {
		exponent := strings.IndexAny(v.text+"e", "eE")
		return h.StandIn(v.text[:exponent]) + v.text[exponent:]
	}
	v.text = h.replaced(v.text, x)
	hidden := x.purged(replace(v.text, h.stretches(from, v), h.StandIn), false, leftOut)
	if v.kind == bare && strings.HasPrefix(hidden, leftOutMark) {
		return `"` + hidden + `"`
	}
	return hidden
}

// replaced has stand-ins in the place of secrets, in each of the spellings.
func (h *Hider) replaced(s string, x *index) string {
	for _, e := range spellings {
		if plain := e.decode(s); plain != s || e == asIs {
			s = e.rewrite(s, plain, replace(plain, x.segments(plain, len(plain)), h.StandIn))
		}
	}
	return s
}

var word = regexp.MustCompile(`[^\s"'<>&;,]+`)

// purged has a note in the place of what holds a secret, as it is or encoded: the stretches that are one, else the
// words that hold one, else the whole text. certain passes over what is revealed only.
func (x *index) purged(s string, certain bool, note func(piece string, labels []string) string) string {
	labels := x.held(s, certain)
	if len(labels) == 0 {
		return s
	}
	noted := func(piece string) string {
		if found := x.held(piece, certain); len(found) > 0 {
			return note(piece, found)
		}
		return piece
	}
	var plain []span
	x.find(s, func(f form) bool { return !f.foreign && !(certain && f.revealed) },
		func(at int, f form) { plain = append(plain, span{at, at + len(f.text)}) })
	less := word.ReplaceAllStringFunc(replace(s, apart(plain), noted), noted)
	if len(x.held(less, certain)) > 0 {
		return note(s, labels)
	}
	return less
}

const leftOutMark = "[left out: "

// leftOut is what stands in the place of a piece that holds secrets: [left out: 1.2 KiB holding user.password].
func leftOut(piece string, labels []string) string {
	size := fmt.Sprintf("%d bytes", len(piece))
	if len(piece) >= 1<<10 {
		size = fmt.Sprintf("%.1f KiB", float64(len(piece))/(1<<10))
	}
	return leftOutMark + size + " holding " + named(labels) + "]"
}

// Name hides the name of a header: net/http changes the case of its letters, so that a secret in it is looked for in
// lower case too. A name with one is replaced by a stand-in as a whole.
func (h *Hider) Name(name string) string {
	if x := h.current(); len(x.held(name, false))+len(x.held(strings.ToLower(name), false)) > 0 {
		return h.StandIn(name)
	}
	return name
}

// Leaks gives the labels, sorted, of the secrets that stand in data in any encoding: of those that Text would hide, the
// configured and the minted ones.
func (h *Hider) Leaks(data []byte) []string { return h.current().held(string(data), true) }

// Mask takes what still is a secret out of a text that is about to be written or printed: each configured or minted
// secret in any encoding. What holds one is replaced by words that say so, which stand in any format without an escape:
// of JSON and XML the value that holds it, else the line. ok says that none is left; labels name what was found,
// sorted, and are empty where nothing was.
func (h *Hider) Mask(text []byte) (masked []byte, labels []string, ok bool) {
	x := h.current()
	labels = x.held(string(text), true)
	if len(labels) == 0 {
		return text, nil, true
	}
	note := func(_ string, found []string) string { return "[masked: " + named(found) + "]" }
	said := h.walk(string(text), 0, func(v value) string { return x.purged(v.text, true, note) })
	if len(x.held(said, true)) > 0 {
		lines := strings.Split(said, "\n")
		for i, line := range lines {
			lines[i] = x.purged(line, true, note)
		}
		said = strings.Join(lines, "\n")
	}
	return []byte(said), labels, len(x.held(said, true)) == 0
}

var marks = regexp.MustCompile(`[^\p{L}\p{N} ._:-]+`)

// named are labels in a form that stands in any format without an escape.
func named(labels []string) string { return marks.ReplaceAllString(strings.Join(labels, " and "), "_") }
