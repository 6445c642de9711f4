package like

import "strings"

// Missing is the value of a field that is not there.
type Missing struct{}

// Kind is a kind of value that a field of a JSON object may have where a text belongs: its name in the names of faults,
// and in sentences.
type Kind struct {
	Name, Says string
	Is         func(value any) bool
}

// Named is the kind by another name.
func (k Kind) Named(name string) Kind {
	k.Name = name
	return k
}

var (
	Absent      = Kind{"absent", "nothing", is[Missing]}
	Null        = Kind{"null", "null", func(v any) bool { return v == nil }}
	Empty       = Kind{"empty", "an empty text", func(v any) bool { return v == "" }}
	Blank       = Kind{"blank", "blanks", func(v any) bool { return v != "" && trimmed(v) == "" }}
	True        = Kind{"true", "true", func(v any) bool { return v == true }}
	False       = Kind{"false", "false", func(v any) bool { return v == false }}
	Number      = Kind{"number", "a number", is[float64]}
	List        = Kind{"list", "a list", is[[]any]}
	Object      = Kind{"object", "an object", is[map[string]any]}
	EmptyObject = Kind{"object", "an empty object", isHollow}
	Long        = Kind{"long", "a text of 4,000 characters", isLong}
)

func is[T any](v any) bool { _, is := v.(T); return is }
func isHollow(v any) bool  { o, is := v.(map[string]any); return is && len(o) == 0 }
func isLong(v any) bool    { text, _ := v.(string); return len(text) > 1000 }

// trimmed is a text without white space around it, and any other value as it is.
func trimmed(v any) any {
	if text, is := v.(string); is {
		return strings.TrimSpace(text)
	}
	return v
}

// Query is an object that some databases take for a condition: one of its names begins with an operator.
func Query(operator string) Kind {
	return Kind{"query", "a condition with " + operator, func(v any) bool {
		object, _ := v.(map[string]any)
		for name := range object {
			if strings.HasPrefix(name, operator) {
				return true
			}
		}
		return false
	}}
}

// Text is a text that compares well, whatever would be right.
func Text(name, says string, alike func(right, came string) bool) Kind {
	return Kind{name, says, func(v any) bool { text, _ := v.(string); return text != "" && alike("", text) }}
}
