//go:build unit

package suite_test

type object = map[string]any

// har is evidence in the hands of somebody who changes it.
type har struct {
	log, target object
	entries     []any
}

func (h *har) entry(i int) object { return h.entries[i].(object) }

func (h *har) request(i int) object { return h.entry(i)["request"].(object) }

func (h *har) response(i int) object { return h.entry(i)["response"].(object) }

func (h *har) outcome(scenario, step, verdict, reason string) {
	h.log["_outcomes"] = append(h.log["_outcomes"].([]any),
		object{"scenario": scenario, "step": step, "verdict": verdict, "reason": reason})
}

// without takes the entries of a scenario out, and numbers the others anew.
func (h *har) without(scenario string) {
	var left []any
	for i := range h.entries {
		if h.entry(i)["_scenario"] != scenario {
			left = append(left, h.entries[i])
		}
	}
	h.entries = left
	h.number()
}

func (h *har) number() {
	for i := range h.entries {
		h.entry(i)["_number"] = i + 1
	}
}

// first is the first entry with that method.
func (h *har) first(method string) int {
	for i := range h.entries {
		if h.request(i)["method"] == method {
			return i
		}
	}
	return -1
}

func (h *har) stepOf(scenario string) string {
	for i := range h.entries {
		if h.entry(i)["_scenario"] == scenario {
			return h.entry(i)["_step"].(string)
		}
	}
	return ""
}
