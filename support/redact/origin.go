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
	h.walk(string(body), nesting, func(v value) string {
		left -= h.learnFrom(label, from, v, left)
		return v.text
	})
}

// LearnValue learns the secrets of a text that stands under a name: of a header. The name may be empty.
func (h *Hider) LearnValue(label string, from Origin, name, text string) {
	h.into(value{path: []string{name}, text: text, kind: header}, nesting, func(v value) string {
		h.learnFrom(label, from, v, mostMinted)
		return v.text
	})
}

// learnFrom learns at most so many of a value's secrets, and says how many there are.
func (h *Hider) learnFrom(label string, from Origin, v value, most int) int {
	if from == Sent || most == 0 {
		return 0
	}
	spans := h.stretches(from, v)
	spans = spans[:min(len(spans), most)]
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range spans {
		h.learnAs(label, v.text[s.from:s.to], from != Minting)
	}
	return len(spans)
}

// known says whether a text as a whole is a secret that was learnt.
func (h *Hider) known(text string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, core, _ := trim(text)
	return h.cores[core]
}

func isNumber(bare string) bool { return strings.Trim(bare, "+-.0123456789eE") == "" }

// stretches gives the stretches of a value that are secrets by their position, in order.
func (h *Hider) stretches(from Origin, v value) (spans []span) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before, core, _ := trim(v.text)
	all := []span{{len(before), len(before) + len(core)}}
	named := h.named(from, v)
	switch {
	case core == "", h.given[v.text], v.kind == attribute && isNamespace(v.name()),
		slices.Contains(literals, strings.ToLower(core)) && !(named && v.kind == text && h.cores[core]): // a password of it
		return nil
	case h.cores[core] && (named || len(core) >= leastWhole && !h.words[core]):
		return all
	case from == Sent:
		return nil
	case named, v.sole && from == Minting:
		return all
	case v.kind == bare && isNumber(v.text): // a time or a count
		return nil
	}
	if from == Minting && (v.kind != header || addresses[v.name()]) {
		spans = runs(v.text, h.kept)
	}
	if from == RefusedLogin && (v.kind == header && !addresses[v.name()] && v.name() != "" || v.kind != header &&
		h.says(v.name()).traces) {
		from = Refused
	}
	return apart(append(spans, secretForms(from, v.text)...))
}

// literals are values that say yes, no or nothing, whatever their name: Access-Control-Allow-Credentials: true.
var literals = []string{"true", "false", "null", "none", "nil", "undefined", "yes", "no", "on", "off"}

// addresses are the headers that may carry a session in an address.
var addresses = map[string]bool{"Location": true, "Content-Location": true, "Refresh": true, "Link": true}

// named says whether the names that lead to a value make it a secret.
func (h *Hider) named(from Origin, v value) bool {
	name := h.says(v.name())
	strong, weak := name.strong || h.extra[v.name()], name.weak
	switch {
	case from == Sent:
		return strong
	case from.refuses():
		number := v.kind == bare && isNumber(v.text) && len(v.text) < leastWhole
		if strong && !isSentence(v.text) && !SaysRefusal(v.text) && !number || weak && LooksLikeID(v.text) {
			return true
		}
	case strong, weak && LooksLikeID(v.text):
		return true
	}
	return v.kind != header && !name.plain && (!from.refuses() || LooksLikeID(v.text) && !SaysRefusal(v.text) &&
		!name.traces) &&
		slices.ContainsFunc(v.path, func(name string) bool { return h.says(name).strong })
}

// says is what a name says of the values under it. Answers repeat their names, and reading one takes long.
func (h *Hider) says(name string) nameSays {
	says, known := h.names[name]
	if !known {
		says.strong, says.weak = secretName(name)
		says.plain, says.traces = plainName(name), traces(name)
		h.names[name] = says
	}
	return says
}

func isNamespace(attribute string) bool {
	return attribute == "@xmlns" || strings.HasSuffix(attribute, "chemaLocation")
}
