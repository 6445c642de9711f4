package redact

import "strings"

// deepest is up to which size, in bytes, data is searched through encodings within encodings. Honest evidence is a
// tenth of it; of a target that answers with megabytes a deep search takes minutes.
const deepest = 4 << 20

// Leaks gives the labels, sorted, of the secrets that stand in data in any encoding: of those that Text would hide, the
// configured and the minted ones.
func (h *Hider) Leaks(data []byte) []string {
	within := depth
	if len(data) > deepest {
		within = 1
	}
	return h.certain().held(string(data), within)
}

// held gives the labels, sorted, of the secrets that stand in a text.
func (x *index) held(text string, depth int) []string {
	labels := map[string]bool{}
	for _, part := range parts(text, x) {
		x.search(part, depth, func(secret string) { labels[x.labels[secret]] = true })
	}
	return sorted(labels)
}

// parts divides a text at its line ends and leaves out what came before: of a report's lines four in five are repeats.
// A text stays whole where a secret could stand across lines, or where a line end may be half a character (UTF-16).
func parts(text string, x *index) []string {
	if x.lined || len(text) < 4<<10 || strings.IndexByte(text, 0) >= 0 {
		return []string{text}
	}
	var different []string
	seen := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		if len(line) >= shortest && !seen[line] {
			seen[line] = true
			different = append(different, line)
		}
	}
	return different
}
