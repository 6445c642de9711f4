package sdm

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"session-conformance/support/reference"
)

// field is one field of a login's answer. Its value is text, a number, or verbatim.
type field struct {
	name  string
	value any
}

// verbatim is the value of a field as it is written.
type verbatim string

// declaration is how the vendor's XML begins.
const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`

// written is a field's value as it stands in a document.
func (f field) written(in form) string {
	text, isText := f.value.(string)
	switch {
	case isText && in == asXML:
		return escaped(text)
	case isText:
		return reference.JSON(text)
	}
	return fmt.Sprint(f.value)
}

// xmlDocument is the answer in XML.
func xmlDocument(fields []field) string {
	var elements strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&elements, "<%s>%s</%[1]s>", f.name, f.written(asXML))
	}
	return declaration + "<session>" + elements.String() + "</session>"
}

// jsonDocument is the answer in JSON.
func jsonDocument(fields []field) string {
	var members []string
	for _, f := range fields {
		members = append(members, reference.JSON(f.name)+":"+f.written(asJSON))
	}
	return "{" + strings.Join(members, ",") + "}"
}

// escaped writes text so that it may stand in XML.
func escaped(text string) string {
	var out strings.Builder
	xml.EscapeText(&out, []byte(text)) // a Builder cannot fail
	return out.String()
}

// form is how a body is written.
type form string

const (
	asXML  form = "xml"
	asJSON form = "json"
)

// formOf is the form that a media type names, "" for any that the server does not know.
func formOf(mediaType string) form {
	switch mediaType {
	case "application/xml", "text/xml":
		return asXML
	case "application/json":
		return asJSON
	}
	return ""
}

// sentForm is the form of the request's body by its Content-Type, "" for any that the server does not take.
func sentForm(r *http.Request) form {
	mediaType, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	if charset, given := parameters["charset"]; given && !strings.EqualFold(charset, "utf-8") {
		return ""
	}
	return formOf(mediaType)
}

// wantedType is the media type that the answer shall have, "" if Accept allows none that the server can write.
// What was sent decides where Accept leaves it open.
func wantedType(r *http.Request, sent form) string {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	offers := []string{"application/xml", "text/xml", "application/json"}
	if sent == asJSON {
		offers = []string{"application/json", "application/xml", "text/xml"}
	}
	if strings.TrimSpace(accept) == "" {
		return offers[0]
	}
	best := slices.MaxFunc(offers, func(a, b string) int { return cmp.Compare(weigh(accept, a), weigh(accept, b)) })
	if weigh(accept, best) < 1 {
		return ""
	}
	return best
}

// weigh gives the quality that an Accept header gives the media type, in thousandths. Of equal ones that counts more
// which names it closely: by its name, by application/*, by */*.
func weigh(accept, offer string) (weight float64) {
	kind, _, _ := strings.Cut(offer, "/")
	closest := 0
	for _, item := range strings.Split(accept, ",") {
		mediaType, parameters, err := mime.ParseMediaType(strings.TrimSpace(item))
		fit := 1 + slices.Index([]string{"*/*", kind + "/*", offer}, mediaType)
		if err != nil || fit <= closest {
			continue
		}
		quality := 1.0
		if q, given := parameters["q"]; given {
			quality, _ = strconv.ParseFloat(q, 64) // what is no number weighs nothing
		}
		closest, weight = fit, 1000*quality+float64(fit)/10
	}
	return weight
}
