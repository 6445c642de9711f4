// Package redact replaces secrets by stand-ins of the same shape.
//
// A value is a secret because of where it comes from: it is configured, it was minted by an answer that hands out
// sessions or tokens, or its name or form reveals it (see Origin). Hiding has three steps. By value: every learnt
// secret of eight characters or more is replaced wherever it stands, plainly or as JSON, XML or a URL writes it. By
// position: what then stands where a secret stands is replaced whatever its length. Left out: a piece that still holds
// a secret, in whatever encoding, goes as a whole. The same secret has the same stand-in within one Hider, different
// secrets have different ones, so what was equal stays equal and a quoted UUID stays a quoted UUID.
package redact

import (
	"crypto/rand"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Bounds of what is searched by value. Eight characters: shorter secrets stand in innocent text by chance. 64 KiB: no
// credential is longer, and the time of a search stays bounded.
const (
	shortest = 8
	longest  = 64 << 10
)

// Hider hides the secrets of one run. It is safe for use by several goroutines. Learn everything before hiding
// anything: what is learnt later still stands in what was hidden before.
type Hider struct {
	mu      sync.Mutex
	key     []byte
	words   map[string]bool // that are kept
	kept    string          // all of them, a zero byte after each
	secrets map[string]secret
	index   *index            // of the secrets searched by value; nil: to be built anew
	memo    map[string]string // core of a secret → its stand-in
	used    map[string]bool   // stand-ins given out
	given   map[string]bool   // the same as they are written, with what is around the core
	cores   map[string]bool   // cores of the learnt secrets
	extra   map[string]bool   // names whose values are secrets
	names   map[string]nameSays
}

type secret struct {
	label    string
	derived  bool // another form of a learnt secret, in no list of its own
	revealed bool // only its name or form says so: an innocent word may be the same
}

// New makes a Hider with a random key that is never shown.
func New() *Hider {
	key := make([]byte, 32)
	rand.Read(key) // never fails: the program ends instead
	return NewWithKey(key)
}

// NewWithKey makes a Hider whose stand-ins depend on the key alone, for tests.
func NewWithKey(key []byte) *Hider {
	return &Hider{key: key, words: map[string]bool{}, secrets: map[string]secret{}, memo: map[string]string{},
		used: map[string]bool{}, given: map[string]bool{}, cores: map[string]bool{}, extra: map[string]bool{},
		names: map[string]nameSays{}}
}

// Keep names words that are never hidden by value: logins, IDs, field names, words of the catalogue, addresses.
// A secret that equals such a word or stands within one is hidden by position only, and TooCommon names it.
func (h *Hider) Keep(words ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var fresh strings.Builder
	for _, w := range words {
		if !h.words[w] {
			h.words[w] = true
			fresh.WriteString(w + "\x00")
		}
	}
	h.kept += fresh.String()
	h.index = nil
}

// Keeps says whether a text is a word that is kept, or a part of one.
func (h *Hider) Keeps(word string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return within(h.kept, word)
}

// within says whether a value is a kept word or a part of one.
func within(kept, value string) bool {
	return value != "" && strings.IndexByte(value, 0) < 0 && strings.Contains(kept, value)
}

// Learn takes a secret to be hidden by value. The label says what it is without showing it, such as "user.password"; of
// several labels for one secret the first is kept. An empty secret is none.
func (h *Hider) Learn(label, value string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.learnAs(label, value, false)
}

func (h *Hider) learnAs(label, value string, revealed bool) {
	h.learn(value, secret{label: label, revealed: revealed})
	// What travels percent-encoded is compared decoded by some readers, and an ID in quotation marks without them: all of
	// these forms are secrets.
	plain := percent.decode(value)
	h.learn(plain, secret{label: label, derived: true, revealed: revealed})
	_, core, _ := trim(plain)
	_, core, _ = unrouted(core)
	if len(core) >= leastRun {
		h.learn(core, secret{label: label, derived: true, revealed: revealed})
	}
}

func (h *Hider) learn(value string, s secret) {
	known, again := h.secrets[value]
	if value == "" || again && !(known.derived && !s.derived) && !(known.revealed && !s.revealed) {
		return
	}
	h.secrets[value] = s
	_, core, _ := trim(value)
	h.cores[core] = true
	h.index = nil
}

// LearnFrom learns the configured and the minted secrets that another hider looks for, with words before their labels.
// It learns these values alone: what else one of them may stand for, the other hider has found out, and kept words with
// it that this one does not know.
func (h *Hider) LearnFrom(other *Hider, before string) {
	other.mu.Lock()
	known, kept := maps.Clone(other.secrets), other.kept
	other.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	for value, s := range known {
		if !s.revealed && searchable(value, kept) {
			h.learn(value, secret{label: before + s.label})
		}
	}
}

// TooCommon gives the labels of the learnt secrets that are hidden by position only, sorted: those shorter than eight
// characters or longer than 64 KiB, those that are a kept word or stand within one, and those without any character
// that could be changed.
func (h *Hider) TooCommon() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	labels := map[string]bool{}
	for value, s := range h.secrets {
		if !s.derived && !s.revealed && !searchable(value, h.kept) {
			labels[s.label] = true
		}
	}
	return slices.Sorted(maps.Keys(labels))
}

// current is the index of all that is known now.
func (h *Hider) current() *index {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.indexed()
}

func (h *Hider) indexed() *index {
	if h.index == nil {
		h.index = newIndex(h.secrets, h.kept)
	}
	return h.index
}

func searchable(value, kept string) bool {
	_, core, _ := trim(value)
	return core != "" && len(value) <= longest && utf8.RuneCountInString(value) >= shortest && !within(kept, value)
}
