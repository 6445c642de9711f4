package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// StandIn gives what stands for a value at a secret position, whatever its length. It keeps the length in UTF-8, each
// character's class and case, punctuation, space, a first digit that is not zero, and a UUID's version and variant. It
// differs from the value where any character can change, and from every learnt secret and kept word as long as there is
// a choice.
//
// Quotation marks and space around a value change nothing: StandIn(`"x"`) is StandIn("x") in quotation marks. The same
// holds for learnt secrets within it and for percent-encoding, so that a cookie that carries an ID among other things
// still does.
func (h *Hider) StandIn(value string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.given[value] {
		return value
	}
	// One level only: a value is percent-encoded once, and hostile ones nest it without end.
	plain := percent.decode(value)
	stand := percent.rewrite(value, plain, h.standIn(plain))
	if len(stand) >= shortest {
		h.given[stand] = true
	}
	return stand
}

// routed is a session ID with what load balancers add: the name of a server behind a dot (Tomcat), or before a mark
// (HAProxy). That is the same in all IDs, and no secret.
var routed = regexp.MustCompile(
	`^([A-Za-z][A-Za-z0-9_-]{0,19}[~!])?([A-Za-z0-9_+/=-]{16,})(\.[A-Za-z][A-Za-z_-]{0,19}[0-9]{0,4})?$`)

// unrouted splits a session ID from what load balancers add before and behind it.
func unrouted(core string) (head, id, tail string) {
	if !strings.ContainsAny(core, "~!.") { // the expression takes a hundred times as long
		return "", core, ""
	}
	if r := routed.FindStringSubmatch(core); r != nil {
		return r[1], r[2], r[3]
	}
	return "", core, ""
}

func (h *Hider) standIn(value string) string {
	before, core, after := trim(value)
	if core == "" {
		return value
	}
	if head, id, tail := unrouted(core); head+tail != "" {
		return before + head + h.standIn(id) + tail + after
	}
	stand, known := h.memo[core]
	switch {
	case len(core) >= shortest && h.used[core]: // it is one already
		stand = core
	case !known:
		stand = h.invent(before, core, after)
		h.memo[core] = stand
		h.used[stand] = true
	case h.reveals(before + stand + after): // with what stands around it here
		stand = h.invent(before, core, after)
	}
	return before + stand + after
}

// draws is how many stand-ins are tried: of ten digits each is among them. Whoever sends ten thousand cookies of four
// digits leaves no choice, and secrets share a stand-in then.
const draws = 128

// invent finds a stand-in of a core, with what stands around it.
func (h *Hider) invent(before, core, after string) string {
	flaw := func(stand string) int { return h.flaw(core, stand, before+stand+after) }
	if parts := h.indexed().segments(core, len(core)-1); len(parts) > 0 && parts[0] != (span{0, len(core)}) {
		if stand := h.compose(core, parts); flaw(stand) == 0 {
			return stand
		}
	}
	best, least := core, flaw(core)
	for try := 0; try < draws && least > 0; try++ {
		drawn := draw(core, h.seed(core, byte(try)))
		if of := flaw(drawn); of < least {
			best, least = drawn, of
		}
	}
	return best
}

// reveals says whether a text holds a learnt secret, in whatever form.
func (h *Hider) reveals(text string) (does bool) {
	h.indexed().find(text, func(form) bool { return true }, func(int, form) { does = true })
	return does
}

// compose keeps learnt secrets within a longer value recognisable, and hides the rest piece by piece.
func (h *Hider) compose(core string, parts []span) string {
	var b strings.Builder
	done := 0
	for _, p := range parts {
		b.WriteString(h.standIn(core[done:p.from]))
		b.WriteString(h.standIn(core[p.from:p.to]))
		done = p.to
	}
	b.WriteString(h.standIn(core[done:]))
	return b.String()
}

// flaw says what speaks against a stand-in for the core, which makes whole with what stands around it, from 0 (nothing)
// to 3 (everything).
func (h *Hider) flaw(core, stand, whole string) int {
	switch {
	case stand == core:
		return 3
	case h.used[stand]: // it would make different secrets equal
		return 2
	case h.cores[stand] || h.words[stand] || h.reveals(whole):
		return 1
	}
	return 0
}

func (h *Hider) seed(core string, try byte) [32]byte {
	mac := hmac.New(sha256.New, h.key)
	mac.Write([]byte{try})
	mac.Write([]byte(core))
	return [32]byte(mac.Sum(nil))
}

// trim splits a value into what never changes at its ends and the core between them.
func trim(value string) (before, core, after string) {
	start := strings.IndexFunc(value, changes)
	if start < 0 {
		return value, "", ""
	}
	end := strings.LastIndexFunc(value, changes)
	_, size := utf8.DecodeRuneInString(value[end:])
	end += size
	return value[:start], value[start:end], value[end:]
}

var uuid = regexp.MustCompile(`(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// draw makes a stand-in from a seed.
func draw(core string, seed [32]byte) string {
	fixed := map[int]bool{}
	for _, at := range uuid.FindAllStringIndex(core, -1) {
		fixed[at[0]+14], fixed[at[0]+19] = true, true // the version and the variant
	}
	source := rand.New(rand.NewChaCha8(seed))
	var b strings.Builder
	for i, r := range core {
		among := alike(r)
		if '1' <= r && r <= '9' && (i == 0 || !isDigit(core[i-1])) {
			among = among[1:] // a number does not begin to start with zero
		}
		if len(among) == 0 || fixed[i] {
			_, size := utf8.DecodeRuneInString(core[i:])
			b.WriteString(core[i : i+size])
			continue
		}
		b.WriteRune(among[source.IntN(len(among))])
	}
	return b.String()
}

// kinds are the runes that may stand for each other: hexadecimal letters for hexadecimal letters, other letters for
// other letters, in the same case.
var kinds = [][]rune{[]rune("0123456789"), []rune("abcdef"), []rune("ABCDEF"), []rune("ghijklmnopqrstuvwxyz"),
	[]rune("GHIJKLMNOPQRSTUVWXYZ")}

// classes are the categories of Unicode of which a rune beyond ASCII may stand for another.
var classes = []*unicode.RangeTable{unicode.Ll, unicode.Lu, unicode.Lt, unicode.Lm, unicode.Lo, unicode.Nd, unicode.So}

// alike gives the runes that may stand for r, r among them; beyond ASCII neighbours of the same category and of the
// same length in UTF-8. It is empty for what never changes: punctuation, space, marks, control characters, what is no
// character.
func alike(r rune) []rune {
	for _, kind := range kinds {
		if kind[0] <= r && r <= kind[len(kind)-1] {
			return kind
		}
	}
	class := slices.IndexFunc(classes, func(class *unicode.RangeTable) bool { return unicode.Is(class, r) })
	if class < 0 || r < utf8.RuneSelf || r == utf8.RuneError {
		return nil
	}
	// Sixteen code points share script, look and the character sets of one byte; sixty-four have the same first bytes in
	// UTF-8.
	for _, size := range []rune{16, 64} {
		var found []rune
		for n := max(utf8.RuneSelf, r&^(size-1)); n < r&^(size-1)+size; n++ {
			if unicode.Is(classes[class], n) {
				found = append(found, n)
			}
		}
		if len(found) > 1 {
			return found
		}
	}
	return nil
}

// changes says whether another rune may stand for r.
func changes(r rune) bool { return len(alike(r)) > 0 }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
