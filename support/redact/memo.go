package redact

import "sync"

// Bounds of a memo: a run has some hundred different texts, and most are short.
const (
	memoTexts  = 4096
	memoLength = 16 << 10
)

// memo remembers what became of a text. Headers, addresses and words are the same in most exchanges of a run.
type memo struct{ of map[string]string }

func (m *memo) get(mu *sync.Mutex, s string) (string, bool) {
	mu.Lock()
	defer mu.Unlock()
	known, ok := m.of[s]
	return known, ok
}

func (m *memo) put(mu *sync.Mutex, s, hidden string) {
	if len(s) > memoLength {
		return
	}
	mu.Lock()
	defer mu.Unlock()
	if m.of == nil || len(m.of) >= memoTexts {
		m.of = map[string]string{}
	}
	m.of[s] = hidden
}
