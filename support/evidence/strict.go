package evidence

import (
	"cmp"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	json "github.com/go-json-experiment/json/v1"

	"session-conformance/support/exchange"
)

// strictly decodes a HAR file of ours, which has one reading: no name stands twice in an object, and all text is UTF-8.
func strictly(text []byte, f *file) error {
	err := jsonv2.Unmarshal(text, f, json.DefaultOptionsV1(), json.ReportErrorsWithLegacySemantics(false),
		jsonv2.MatchCaseInsensitiveNames(false), jsontext.AllowDuplicateNames(false), jsontext.AllowInvalidUTF8(false))
	if err == nil {
		return nil
	}
	return errors.New("not a HAR file of ours: " + unreadable(err))
}

// unreadable says in words what keeps a file from being decoded, and where.
func unreadable(err error) string {
	var form *jsontext.SyntacticError
	var kind *jsonv2.SemanticError
	var inner *stdjson.UnmarshalTypeError // of what decodes itself
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "it ends too early, so it was not copied whole"
	case errors.As(err, &form):
		return fmt.Sprintf("%s, byte %d: %s", place(form.JSONPointer), form.ByteOffset,
			exchange.Printable(form.Err.Error(), 80))
	case errors.As(err, &inner):
		in := ""
		if errors.As(err, &kind) {
			in = place(kind.JSONPointer)
		}
		return fmt.Sprintf("%s: %s stands where %s belongs", strings.TrimSuffix(in+"."+inner.Field, "."),
			exchange.Printable(inner.Value, 40), belongs(inner.Type))
	case errors.As(err, &kind):
		found := cmp.Or(string(kind.JSONValue), kind.JSONKind.String())
		return fmt.Sprintf("%s: %s stands where %s belongs", place(kind.JSONPointer), exchange.Printable(found, 40),
			belongs(kind.GoType))
	}
	return exchange.Printable(err.Error(), 200)
}

// place is a pointer into the file as other sentences write it: log.entries[3].time.
func place(p jsontext.Pointer) string {
	var b strings.Builder
	for name := range p.Tokens() {
		switch {
		case strings.Trim(name, "0123456789") == "":
			b.WriteString("[" + name + "]")
		case b.Len() > 0:
			b.WriteString("." + name)
		default:
			b.WriteString(name)
		}
	}
	return cmp.Or(exchange.Printable(b.String(), 100), "the whole")
}

// belongs names what is decoded into a type.
func belongs(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "a number within reach"
}
