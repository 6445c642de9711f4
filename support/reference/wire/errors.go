package wire

import (
	"bufio"
	"bytes"
	"embed"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/textproto"
	"path"
	"strconv"
	"strings"
)

// ErrorForm is how a framework writes an answer that refuses. No document says how one looks; in its body {status},
// {reason}, {path} and {method} stand for those of the answer.
type ErrorForm struct {
	Framework string
	Header    http.Header
	Body      string
}

//go:embed errors/*.txt
var errorFiles embed.FS

// ErrorForms are variants of any server: each refusal is written so, with its status. A file has the fields of the
// header, an empty line, and the body but for its last line end.
var ErrorForms = func() (all []ErrorForm) {
	names, _ := fs.Glob(errorFiles, "errors/*.txt")
	for _, name := range names {
		text, _ := errorFiles.ReadFile(name) // which is built in
		rest := bufio.NewReader(bytes.NewReader(text))
		header, err := textproto.NewReader(rest).ReadMIMEHeader()
		if err != nil {
			panic(name + ": " + err.Error())
		}
		body, _ := io.ReadAll(rest)
		all = append(all, ErrorForm{strings.TrimSuffix(path.Base(name), ".txt"), http.Header(header),
			strings.TrimSuffix(string(body), "\n")})
	}
	return all
}()

const errorsOf = "errors-of-"

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
func (f ErrorForm) Text(method, path string, status int) string {
	return strings.NewReplacer("{status}", strconv.Itoa(status), "{reason}", http.StatusText(status), "{path}", path,
		"{method}", method).Replace(f.Body)
}

// write puts the form in the place of a refusal.
func (f ErrorForm) write(a *Said, r *http.Request) {
	if a.Status >= 400 {
		maps.Copy(a.Header, f.Header)
		a.Body = []byte(f.Text(r.Method, r.URL.EscapedPath(), a.Status))
	}
}
