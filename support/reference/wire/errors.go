package wire

import (
	"embed"
	"net/http"
	"strconv"
	"strings"

	"session-conformance/support/reference"
)

// ErrorForm is how a framework writes an answer that refuses. No document says how one looks.
type ErrorForm struct {
	Framework string
	Header    map[string]string
	// Body has {status}, {reason} and {path} for those of the answer.
	Body string
}

// errorFiles hold an ErrorForm each: lines of the header, an empty one, the body.
//
//go:embed errors
var errorFiles embed.FS

const errorsOf = "errors-of-"

// ErrorForms are variants of any server: each refusal is written so, with its own status.
var ErrorForms = func() []ErrorForm {
	entries, err := errorFiles.ReadDir("errors")
	if err != nil {
		panic(err)
	}
	var forms []ErrorForm
	for _, entry := range entries {
		text, err := errorFiles.ReadFile("errors/" + entry.Name())
		if err != nil {
			panic(err)
		}
		head, body, _ := strings.Cut(string(text), "\n\n")
		form := ErrorForm{Framework: strings.TrimSuffix(entry.Name(), ".txt"), Header: map[string]string{}, Body: body}
		for line := range strings.Lines(head) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			form.Header[name] = value
		}
		forms = append(forms, form)
	}
	return forms
}()

func init() {
	for _, form := range ErrorForms {
		Variants = append(Variants, reference.Variant{Name: errorsOf + form.Framework,
			Says: "Refusals are written as " + form.Framework + " writes them."})
	}
}

// ErrorsOf is the form in which a variant writes refusals, if it is such a variant.
func ErrorsOf(variant string) (ErrorForm, bool) {
	for _, form := range ErrorForms {
		if errorsOf+form.Framework == variant {
			return form, true
		}
	}
	return ErrorForm{}, false
}

// Text is the body for one answer.
func (f ErrorForm) Text(path string, status int) string {
	return strings.NewReplacer("{status}", strconv.Itoa(status), "{reason}", http.StatusText(status), "{path}", path).
		Replace(f.Body)
}

// write puts the form in the place of a refusal's body.
func (f ErrorForm) write(a *answer, r *http.Request) {
	if a.status < 400 {
		return
	}
	for name, value := range f.Header {
		a.header.Set(name, value)
	}
	a.body.Reset()
	a.body.WriteString(f.Text(r.URL.EscapedPath(), a.status))
}
