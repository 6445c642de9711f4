package redact

import (
	"runtime"
	"strings"
	"sync"
)

// deepest is up to which size, in bytes, data is searched through encodings within encodings. Honest evidence is a tenth of it; of a
// target that answers with megabytes a deep search takes minutes.
const deepest = 4 << 20

// Leaks gives the labels, sorted, of the secrets that stand in data in any encoding: of those that Text would hide, the configured and the
// minted ones.
func (h *Hider) Leaks(data []byte) []string {
	within := depth
	if len(data) > deepest {
		within = 1
	}

	return h.certain().held(string(data), within)
}

// held gives the labels, sorted, of the secrets that stand in a text.
func (x *index) held(text string, depth int) []string {
	var mu sync.Mutex
	labels := map[string]bool{}
	note := func(secret string) {
		mu.Lock()
		defer mu.Unlock()
		labels[x.labels[secret]] = true
	}
	if len(text) < small {
		x.search(text, depth, note)
	} else {
		sideBySide(parts(text, x), func(part string) { x.search(part, depth, note) })
	}
	return sorted(labels)
}

// small is up to which size, in bytes, a text is searched at once.
const small = 8 << 10

// sideBySide does the work for each text, on all processors. A panic of the work is the caller's.
func sideBySide(texts []string, work func(string)) {
	workers := min(runtime.GOMAXPROCS(0), len(texts))
	failures := make(chan any, workers)
	for first := range workers {
		go func() {
			defer func() { failures <- recover() }()
			for i := first; i < len(texts); i += workers {
				work(texts[i])
			}
		}()
	}
	var failed any
	for range workers {
		if failure := <-failures; failure != nil {
			failed = failure
		}
	}
	if failed != nil {
		panic(failed)
	}
}

// parts divides a text at its line ends and leaves out what came before: of a report's lines four in five are repeats. A text
// stays whole where a secret could stand across lines, or where a line end may be half a character (UTF-16).
func parts(text string, x *index) []string {
	if x.lined || strings.IndexByte(text, 0) >= 0 {
		return []string{text}
	}
	var different []string
	seen := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); len(line) >= shortest && !seen[line] {
			seen[line] = true
			different = append(different, line)
		}
	}
	return different
}
