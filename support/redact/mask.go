package redact

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Mask takes what still is a secret out of a text that is about to be written or printed: each configured or minted
// secret in any encoding. What holds one is replaced by words that say so, which stand in any format without an escape:
// of JSON and XML the value that holds it, else the line. ok says that none is left; labels name what was found,
// sorted, and are empty where nothing was.
func (h *Hider) Mask(text []byte) (masked []byte, labels []string, ok bool) {
	labels = h.Leaks(text)
	if len(labels) == 0 {
		return text, nil, true
	}
	masked = []byte(rewriteBody(string(text), func(v value) string { return h.maskIn(v.text) }))
	if len(h.Leaks(masked)) == 0 {
		return masked, labels, true
	}
	lines := strings.SplitAfter(string(masked), "\n")
	for i, line := range lines {
		lines[i] = h.maskIn(line)
	}
	masked = []byte(strings.Join(lines, ""))
	return masked, labels, len(h.Leaks(masked)) == 0
}

// maskIn masks the secrets of one value or line, or all of it where a secret is encoded in it.
func (h *Hider) maskIn(text string) string {
	found := h.Leaks([]byte(text))
	if len(found) == 0 {
		return text
	}
	mask := "[masked: " + named(found) + "]"
	masked := replace(text, h.certain().segments(text, len(text)), func(string) string { return mask })
	if len(h.Leaks([]byte(masked))) > 0 {
		return mask + text[len(strings.TrimRight(text, "\n")):]
	}
	return masked
}

var marks = regexp.MustCompile(`[^\p{L}\p{N} ._:-]+`)

// named are labels in a form that stands in any format without an escape.
func named(labels []string) string { return marks.ReplaceAllString(strings.Join(labels, " and "), "_") }

// LearnFrom learns the configured and the minted secrets that another hider looks for, with words before their labels.
// It learns these values alone: what else one of them may stand for, the other hider has found out, and kept words with
// it that this one does not know.
func (h *Hider) LearnFrom(other *Hider, before string) {
	known := other.certain().labels
	h.mu.Lock()
	defer h.mu.Unlock()
	for value, label := range known {
		h.learn(value, secret{label: before + label})
	}
}

// KeepFrom keeps the words that another hider keeps.
func (h *Hider) KeepFrom(other *Hider) {
	other.mu.Lock()
	words := slices.Collect(maps.Keys(other.kept))
	other.mu.Unlock()
	h.Keep(words...)
}

// certain is the index of the configured and the minted secrets.
func (h *Hider) certain() *index {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.indexed()
	return h.sure
}
