package redact

import "strings"

// Name hides the name of a header: net/http changes the case of its letters, so that a secret in it is looked for in
// any case.
// A name with one is replaced by a stand-in as a whole.
func (h *Hider) Name(name string) string {
	if len(name) < shortest {
		return name
	}
	if known, ok := h.headers.get(&h.mu, name); ok {
		return known
	}
	x := h.anyCase()
	held := func(text string) bool { return len(x.held(strings.ToLower(text), depth)) > 0 }
	secret := held(name)
	x.decoded(name, func(plain string) { secret = secret || held(plain) })
	hidden := name
	if secret {
		hidden = h.StandIn(name)
	}
	h.headers.put(&h.mu, name, hidden)
	return hidden
}

// anyCase is the index of all that is known now, in lower case.
func (h *Hider) anyCase() *index {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.lower == nil {
		labels := map[string]string{}
		for value, label := range h.indexed().labels {
			if lower := strings.ToLower(value); len(lower) >= shortest {
				labels[lower] = label
			}
		}
		h.lower = newIndex(labels)
	}
	return h.lower
}
