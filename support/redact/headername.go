package redact

import "strings"

// Name hides the name of a header: net/http changes the case of its letters, so that a secret in it is looked for in
// any case. A name with one is replaced by a stand-in as a whole.
func (h *Hider) Name(name string) string {
	if len(h.anyCase().find(strings.ToLower(name), len(name))) > 0 || len(h.current().held(name, depth)) > 0 {
		return h.StandIn(name)
	}
	return name
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
