package repro

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/sink"
)

// wayOf is the form in which values stand in a body, where their text does not tell.
func wayOf(body []byte) string {
	switch text := bytes.TrimSpace(body); {
	case len(text) > 0 && strings.ContainsRune(`{["`, rune(text[0])):
		return "json"
	case bytes.HasPrefix(text, []byte("<")):
		return "xml"
	}
	return "query"
}

// template writes a text with ⟦way:NAME⟧ in the place of each value, and before it, to b, what sets those that are no
// settings. Where a value's text is the same in several forms, it is in the one of that way.
func (w *writer) template(b *strings.Builder, text, way string) string {
	if strings.Contains(text, open) {
		w.unsure = "a request holds the marks of a template"
		return text
	}
	for {
		v, f, at := w.first(text, way)
		if v == nil {
			return text
		}
		text = text[:at] + open + f.way + ":" + w.define(b, v) + closing + text[at+len(f.text):]
	}
}

// first is the longest value that stands in a text, outside of what stands for values already.
func (w *writer) first(text, way string) (found *value, in form, at int) {
	for _, v := range w.values {
		if v.name == "" && v.base == nil && v.from == nil && v.unknown == "" {
			continue // sent as it stands
		}
		for _, f := range v.forms() {
			if i := outside(text, f.text); i >= 0 && (found == nil || len(f.text) > len(in.text) ||
				v == found && len(f.text) == len(in.text) && f.way == way) {
				found, in, at = v, f, i
			}
		}
		if f, i := v.byNumbers(text); i >= 0 && (found == nil || len(f.text) > len(in.text)) {
			found, in, at = v, f, i
		}
	}
	return found, in, at
}

// outside finds a part of a text that lies in no template mark.
func outside(text, part string) int {
	from := 0
	for {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return -1
		}
		i += from
		if strings.LastIndex(text[:i], open) <= strings.LastIndex(text[:i], closing) {
			return i
		}
		from = i + 1
	}
}

// define sees to it that the script knows a value, and gives its variable.
func (w *writer) define(b *strings.Builder, v *value) string {
	switch {
	case v.unknown != "":
		w.unsure = v.unknown
		return "NOTHING"
	case v.base != nil:
		if v.name == "" {
			base := w.define(b, v.base)
			v.name = w.variable("DERIVED")
			fmt.Fprintf(b, "%s=$(help derive %s %s) || exit 2; export %[1]s\n", v.name, sink.Shell(v.derived), base)
		}
	case v.from != nil:
		if v.name == "" {
			v.name = w.variable("VALUE")
			verb := "take"
			if w.unsure == "" && w.leftover(v) {
				verb = "left"
			}
			fmt.Fprintf(b, "%s %s %d", verb, v.name, w.numbers[v.from.Number])
			for _, word := range v.take {
				b.WriteString(" " + sink.Shell(word))
			}
			b.WriteString("\n")
		}
	case !slices.Contains(w.used, v):
		w.used = append(w.used, v)
	}
	return v.name
}

// variable is a new one of the script's own.
func (w *writer) variable(kind string) string {
	w.defined++
	return fmt.Sprint(kind, w.defined)
}

// leftover says that a value is what the refused answer may have left that the last request tries: where there is none,
// the clause is met.
func (w *writer) leftover(v *value) bool {
	last := w.finding.Last
	return last.TryOf != "" && w.finding.Check == "refused" && v.from.Scenario == last.Scenario &&
		v.from.Step == last.TryOf
}

// basicOf gives the login and password of a header with Basic credentials.
func basicOf(name, text string) (plain string, ok bool) {
	scheme, encoded, _ := strings.Cut(text, " ")
	if name != "Authorization" || !strings.EqualFold(scheme, "Basic") {
		return "", false
	}
	decoded, err := base64.StdEncoding.DecodeString(encoded)
	return string(decoded), err == nil
}
