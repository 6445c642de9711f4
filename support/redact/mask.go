package redact

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Mask takes what still is a secret out of a text that is about to be written or printed: each configured or minted
// secret in any encoding.
// What holds one is replaced by words that say so, which stand in any format without an escape. ok says that none is
// left; labels name
// what was found, sorted, and are empty where nothing was.
func (h *Hider) Mask(text []byte) (masked []byte, labels []string, ok bool) {
	labels = h.Leaks(text)
	if len(labels) == 0 {
		return text, nil, true
	}
	plain := string(text)
	for _, way := range []func(string) string{
		func(s string) string { return rewriteBody(s, func(v value) string { return h.maskIn(v.text) }) },
		func(s string) string { return h.maskIn(s) },
		func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			for i, line := range lines {
				if found := h.Leaks([]byte(line)); len(found) > 0 {
					lines[i] = maskOf(found) + line[len(strings.TrimRight(line, "\n")):]
				}
			}
			return strings.Join(lines, "")
		},
	} {
		plain = way(plain)
		if len(h.Leaks([]byte(plain))) == 0 {
			return []byte(plain), labels, true
		}
	}
	return []byte(plain), labels, false
}

// maskIn masks the secrets of one value, or all of it where a secret is encoded in it.
func (h *Hider) maskIn(text string) string {
	found := h.Leaks([]byte(text))
	if len(found) == 0 {
		return text
	}
	mask := maskOf(found)
	x := h.certain()
	masked := replace(text, x.segments(text, len(text)), func(string) string { return mask })
	if len(h.Leaks([]byte(masked))) > 0 {
		return mask
	}
	return masked
}

var marks = regexp.MustCompile(`[^\p{L}\p{N} ._:-]+`)

// maskOf is what stands in the place of secrets with these labels.
func maskOf(labels []string) string {
	return "[masked: " + named(labels) + "]"
}

// named are labels in a form that stands in any format without an escape.
func named(labels []string) string { return marks.ReplaceAllString(strings.Join(labels, " and "), "_") }

// LearnFrom learns the configured and the minted secrets of another hider, with words before their labels.
func (h *Hider) LearnFrom(other *Hider, before string) {
	for value, label := range other.certain().labels {
		h.Learn(before+label, value)
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
