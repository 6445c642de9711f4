package redact

import (
	"slices"
	"strings"
)

// Origin is where a text comes from. It decides what in it is a secret: never the looks of a text in which nothing is
// handed out.
type Origin int

const (
	// Sent is a request: what is known as a secret is one, all else is shown as it was sent.
	Sent Origin = iota
	// Answered is an answer: values are secrets by their names and by forms such as a JWT's.
	Answered
	// Refused is an answer that refuses: as Answered, but sentences and the words of refusals stay, whatever their name.
	Refused
	// RefusedLogin is a login's refusal: as Refused, and UUIDs and 32 hexadecimal digits may be a session that was opened
	// all the same.
	RefusedLogin
	// Minting is the answer to an accepted login or creation of a token: as Answered, and what looks like an ID was handed
	// out.
	Minting
)

func (from Origin) refuses() bool { return from == Refused || from == RefusedLogin }

const (
	leastRun   = 16  // from how many ID characters on a run is taken for something minted
	mostMinted = 256 // how many values of an answer are looked for elsewhere: a page of IDs mints none of them
	leastWhole = 4   // from how many bytes on a whole value that was learnt is: a cookie may well say "UTC" or "1"
)

// Names adds names whose values are secrets, such as the keys of a node's map.
func (h *Hider) Names(names ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, name := range names {
		h.extra[name] = true
	}
}

// LearnBody learns the secrets that a body holds. Learn all bodies and values before hiding any.
func (h *Hider) LearnBody(label string, from Origin, body []byte) {
	left := mostMinted
	walk(string(body), func(v value) string {
		left -= h.learnFrom(label, from, v, left)
		return v.text
	})
}

// LearnValue learns the secrets of a text that stands under a name: of a header. The name may be empty.
func (h *Hider) LearnValue(label string, from Origin, name, text string) {
	h.learnFrom(label, from, value{path: []string{name}, text: text, kind: header}, mostMinted)
}

// learnFrom learns at most so many of a value's secrets, and says how many there are.
func (h *Hider) learnFrom(label string, from Origin, v value, most int) int {
	if from == Sent {
		return 0
	}
	spans, _ := h.stretches(from, v)
	for i, s := range spans {
		if i == most {
			break
		}
		h.learnAs(label, v.text[s.from:s.to], from != Minting)
	}
	return min(len(spans), most)
}

// Body hides the secrets of a JSON or XML body, or of any other text. All else stays as it was, byte by byte, also in a
// malformed body.
func (h *Hider) Body(from Origin, body []byte) []byte {
	hidden := walk(string(body), func(v value) string {
		text := h.Text(h.hideIn(from, v))
		if v.kind == bare && strings.HasPrefix(text, leftOutMark) {
			return `"` + text + `"`
		}
		return text
	})
	x := h.current()
	hidden = h.replaced(hidden, x)
	if labels := x.held(hidden, depth); len(labels) > 0 { // across values, in a key, in a comment
		return []byte(leftOut(hidden, labels))
	}
	return []byte(hidden)
}

// Value hides the secrets of a text that stands under a name: of a header. The name may be empty.
func (h *Hider) Value(from Origin, name, text string) string {
	return h.Text(h.hideIn(from, value{path: []string{name}, text: text, kind: header}))
}

func (h *Hider) hideIn(from Origin, v value) string {
	spans, whole := h.stretches(from, v)
	if len(spans) == 0 {
		return v.text
	}
	text := v.text
	if !whole {
		text, spans = h.besideSecrets(text, spans)
	}
	if v.kind == bare && isNumber(v.text) {
		exponent := strings.IndexAny(v.text+"e", "eE")
		return h.StandIn(v.text[:exponent]) + v.text[exponent:]
	}
	return replace(text, spans, h.StandIn)
}

// stretches gives the stretches of a value that are secrets, in order, and whether they are the value as a whole.
func (h *Hider) stretches(from Origin, v value) (spans []span, whole bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before, core, _ := trim(v.text)
	all := []span{{len(before), len(before) + len(core)}}
	literal := slices.Contains(literals, strings.ToLower(core))
	switch {
	case core == "" || literal || v.kind == attribute && isNamespace(v.name()):
		return nil, true
	case h.cores[core] && (h.named(from, v) || len(core) >= leastWhole && !h.kept[core]):
		return all, true
	case from == Sent:
		return nil, true
	case v.sole && from == Minting, h.named(from, v):
		return all, true
	case v.kind == bare && isNumber(v.text): // a time or a count
		return nil, true
	}
	spans = secretForms(from, v.text)
	if from == Minting && (v.kind != header || addresses[v.name()]) {
		spans = append(spans, runs(v.text, h.keptAll.String())...)
	}
	if from == RefusedLogin && (v.kind == header && !addresses[v.name()] && v.name() != "" || v.kind != header &&
		traces(v.name())) {
		spans = secretForms(Refused, v.text)
	}
	return apart(spans), false
}

// literals are values that say yes, no or nothing, whatever their name: Access-Control-Allow-Credentials: true.
var literals = []string{"true", "false", "null", "none", "nil", "undefined", "yes", "no", "on", "off"}

// addresses are the headers that may carry a session in an address.
var addresses = map[string]bool{"Location": true, "Content-Location": true, "Refresh": true, "Link": true}

// named says whether the names that lead to a value make it a secret.
func (h *Hider) named(from Origin, v value) bool {
	strong, weak := secretName(v.name())
	strong = strong || h.extra[v.name()]
	switch {
	case from == Sent:
		return strong
	case from.refuses():
		number := v.kind == bare && isNumber(v.text) && len(v.text) < leastWhole
		return strong && !isSentence(v.text) && !saysRefusal(v.text) && !number || weak && LooksLikeID(v.text)
	case strong, weak && LooksLikeID(v.text):
		return true
	}
	return v.kind != header && !plainName(v.name()) && slices.ContainsFunc(v.path, func(name string) bool {
		strong, _ := secretName(name)
		return strong
	})
}

func isNamespace(attribute string) bool {
	return attribute == "@xmlns" || strings.HasSuffix(attribute, "chemaLocation")
}

// besideSecrets hides by value first, and gives the runs that are to be hidden yet. A run within a password, or across
// its end, must not be hidden for itself: the rest of the password would not be recognised and stay.
func (h *Hider) besideSecrets(text string, runs []span) (string, []span) {
	hidden := h.replaced(text, h.current())
	if hidden == text || len(hidden) != len(text) {
		return text, runs
	}
	beyond := blanked(hidden, runs) != blanked(text, runs) // a secret stands beyond the runs, and may reach into one
	x := h.current()
	shown := []byte(hidden)
	var left []span
	for _, r := range runs {
		run := text[r.from:r.to]
		if beyond && hidden[r.from:r.to] != run && len(x.find(run, len(run))) == 0 {
			continue
		}
		copy(shown[r.from:], run) // secrets within it keep their stand-ins, and what is around them is hidden too
		left = append(left, r)
	}
	return string(shown), left
}

// blanked is a text without its stretches.
func blanked(text string, stretches []span) string {
	return replace(text, stretches, func(string) string { return "" })
}
