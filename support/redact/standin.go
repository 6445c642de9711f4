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
	// One level only: a value is percent-encoded once, and hostile ones nest it without end.
	plain := percent.decode(value)
	return percent.rewrite(value, plain, h.standIn(plain))
}

// routed is a session ID with what load balancers add: the name of a server behind a dot (Tomcat), or before a mark
// (HAProxy). That is the same in all IDs, and no secret.
var routed = regexp.MustCompile(
	`^([A-Za-z][A-Za-z0-9_-]{0,19}[~!])?([A-Za-z0-9_+/=-]{16,})(\.[A-Za-z][A-Za-z_-]{0,19}[0-9]{0,4})?$`)

func (h *Hider) standIn(value string) string {
	before, core, after := trim(value)
	if core == "" {
		return value
	}
	if r := routed.FindStringSubmatch(core); r != nil && r[1]+r[3] != "" {
		return before + r[1] + h.standIn(r[2]) + r[3] + after
	}
	stand, known := h.memo[core]
	switch {
	case len(core) >= shortest && h.used[core]: // it is one already
		stand = core
	case !known:
		stand = h.invent(core)
		h.memo[core] = stand
		h.used[stand] = true
	}
	return before + stand + after
}

// draws is how many stand-ins are tried: of ten digits each is among them. mostTries bounds them over all secrets:
// whoever sends ten thousand cookies of four digits leaves no choice, and secrets may share a stand-in then.
const (
	draws     = 256
	mostTries = 500_000
)

// invent finds the stand-in of a core that has none yet.
func (h *Hider) invent(core string) string {
	if parts := h.indexed().segments(core, len(core)-1); len(parts) > 0 && parts[0] != (span{0, len(core)}) {
		if stand := h.compose(core, parts); h.flaw(core, stand) == 0 {
			return stand
		}
	}
	best, least := core, h.flaw(core, core)
	for try := 0; try < draws && least > 0 && (try == 0 || h.tries < mostTries); try++ {
		drawn := draw(core, h.seed(core, byte(try)))
		if flaw := h.flaw(core, drawn); flaw < least {
			best, least = drawn, flaw
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
	case h.cores[stand] || h.words[stand] || len(h.indexed().segments(stand, len(stand))) > 0:
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
	b := make([]byte, 0, len(core))
	for i, r := range core {
		among := alike(r)
		if '1' <= r && r <= '9' && (i == 0 || !isDigit(core[i-1])) {
			among = among[1:] // a number does not begin to start with zero
		}
		if len(among) == 0 || fixed[i] {
			_, size := utf8.DecodeRuneInString(core[i:])
			b = append(b, core[i:i+size]...)
			continue
		}
		b = utf8.AppendRune(b, among[source.IntN(len(among))])
	}
	return string(b)
}
