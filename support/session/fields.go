// Package session is the vocabulary that the suites share: ways in, refusals of them, and what a refused login may
// leave behind.
package session

import (
	"bytes"
	"strings"

	"session-conformance/support/vary"
)

// Field is a field of a login by its name. Its value is anything that JSON can hold, or Fields in their order.
type Field struct {
	Name  string
	Value any
}

// Fields are a login's, in the order in which they are written.
type Fields []Field

// Value is what a refusal puts in the place of a right value.
type Value struct {
	Name string // as texts of scenarios and specs call it
	Is   any
}

// The values that no field of a login may have.
var (
	Absent = Value{"no", absent{}}
	Null   = Value{"null", nil}
	Empty  = Value{"an empty text", ""}
)

type absent struct{}

// With gives the fields with another value in one of them, a Value or any other; a dot in the name leads into a field
// of fields.
func (f Fields) With(name string, value any) Fields {
	if v, is := value.(Value); is {
		value = v.Is
	}
	outer, inner, nested := strings.Cut(name, ".")
	var changed Fields
	for _, field := range f {
		if field.Name == outer {
			if of, is := field.Value.(Fields); is && nested {
				field.Value = of.With(inner, value)
			} else {
				field.Value = value
			}
		}
		if field.Value != (absent{}) {
			changed = append(changed, field)
		}
	}
	return changed
}

// Text is the text in a field; empty where there is none.
func (f Fields) Text(name string) string {
	for _, field := range f {
		if text, is := field.Value.(string); is && field.Name == name {
			return text
		}
	}
	return ""
}

// JSON writes the fields as an object, in raw UTF-8.
func (f Fields) JSON() string {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, field := range f {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(vary.JSON(field.Name) + ":")
		if inner, is := field.Value.(Fields); is {
			b.WriteString(inner.JSON())
		} else {
			b.WriteString(vary.JSON(field.Value))
		}
	}
	b.WriteByte('}')
	return b.String()
}
