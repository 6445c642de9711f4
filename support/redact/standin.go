package redact

import (
	"crypto/hmac"
	"crypto/sha256"
	"math/rand/v2"
	"regexp"
	"strings"
	"unicode/utf8"
)

// StandIn gives what stands for a value at a secret position, whatever its length. It keeps the length in UTF-8, each
// character's class and case, punctuation, space, a first digit that is not zero, and a UUID's version and variant. It differs
// from the value where any character can change, and from every learnt secret and kept word as long as there is a choice.
//
// Quotation marks and space around a value change nothing: StandIn(`"x"`) is StandIn("x") in quotation marks. The same holds
// for learnt secrets within it and for percent-encoding, so that a cookie that carries an ID among other things still does.
func (h *Hider) StandIn(value string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	// One level only: a value is percent-encoded once, and hostile ones nest it without end.
	plain := percent.decode(value)
	return percent.rewrite(value, plain, h.standIn(plain))
}

// routed is a session ID with what load balancers add: the name of a server behind a dot (Tomcat), or before a mark (HAProxy). That is the
// same in all IDs, and no secret.
var routed = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]{0,19}[~!])?([A-Za-z0-9_+/=-]{16,})(\.[A-Za-z][A-Za-z_-]{0,19}[0-9]{0,4})?$`)

func (h *Hider) standIn(value string) string {
	before, core, after := trim(value)
	if core == "" {
		return value
	}
	if r := routed.FindStringSubmatch(core); r != nil && r[1]+r[3] != "" {
		return before + r[1] + h.standIn(r[2]) + r[3] + after
	}
	stand, known := h.memo[core]
	if !known {
		stand = h.invent(core)
		h.memo[core] = stand
		h.used[stand] = true
	}
	return before + stand + after
}

// mostTries bounds the search for stand-ins that nothing speaks against, over all secrets: whoever sends ten thousand cookies of
// four digits leaves no choice. After it secrets may share a stand-in.
const mostTries = 500_000

// invent finds the stand-in of a core that has none yet.
func (h *Hider) invent(core string) string {
	if parts := h.indexed().segments(core, len(core)-1); len(parts) > 0 {
		if stand := h.compose(core, parts); h.flaw(core, stand) == 0 {
			return stand
		}
	}
	shape := shapeOf(core)
	best, least := core, h.flaw(core, core)
	for try := byte(0); try < 64 && least > 0 && (try == 0 || h.tries < mostTries); try++ {
		best = shape.draw(h.seed(core, try))
		least = h.flaw(core, best)
		h.tries++
	}
	// The choice is so small that 64 draws did not find a free one: go through what there is.
	for stand, steps := best, 0; steps < 10_000 && least > 0 && h.tries < mostTries; steps++ {
		stand = shape.next(stand)
		if flaw := h.flaw(core, stand); flaw < least {
			best, least = stand, flaw
		}
		h.tries++
	}
	return best
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

// flaw says what speaks against a stand-in for the core, from 0 (nothing) to 3 (everything).
func (h *Hider) flaw(core, stand string) int {
	switch {
	case stand == core:
		return 3
	case h.used[stand]: // it would make different secrets equal
		return 2
	case h.cores[stand] || h.kept[stand] || len(h.indexed().find(stand, len(stand))) > 0:
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

// shape is a text and, for each rune in it, what may stand there.
type shape struct {
	text  string
	fixed map[int]bool // offsets that stay although they could change
}

func shapeOf(core string) shape {
	s := shape{text: core, fixed: map[int]bool{}}
	for _, at := range uuid.FindAllStringIndex(core, -1) {
		s.fixed[at[0]+14] = true // the version
		s.fixed[at[0]+19] = true // the variant
	}
	return s
}

// choices gives the runes that may stand at an offset, in a fixed order; none: the rune stays.
func (s shape) choices(offset int, r rune) []rune {
	if s.fixed[offset] {
		return nil
	}
	if '1' <= r && r <= '9' && (offset == 0 || !isDigit(s.text[offset-1])) {
		return alike(r)[1:] // a number does not begin to start with zero
	}
	return alike(r)
}

// draw makes a stand-in of the shape from a seed.
func (s shape) draw(seed [32]byte) string {
	source := rand.New(rand.NewChaCha8(seed))
	b := make([]byte, 0, len(s.text))
	for i, r := range s.text {
		if among := s.choices(i, r); len(among) > 0 {
			b = utf8.AppendRune(b, among[source.IntN(len(among))])
		} else {
			b = append(b, s.text[i:i+width(s.text[i:])]...)
		}
	}
	return string(b)
}

// next is the stand-in that follows in the order of choices, like the next number on a counter.
func (s shape) next(stand string) string {
	b := []byte(stand)
	for i, r := range s.text {
		among := s.choices(i, r)
		if len(among) == 0 {
			continue
		}
		now, size := utf8.DecodeRune(b[i:])
		at := 0
		for among[at] != now && at < len(among)-1 {
			at++
		}
		utf8.EncodeRune(b[i:i+size], among[(at+1)%len(among)])
		if at+1 < len(among) {
			break
		}
	}
	return string(b)
}

func width(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}
