package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// What pages are made of.
var (
	//go:embed page
	pageFiles embed.FS
	//go:embed page/style.css
	pageStyle string
	//go:embed page/page.js
	pageScript string
)

var pageTemplates = template.Must(template.New("").Funcs(template.FuncMap{
	"text": sink.Visible, "took": took, "when": when, "t": lang.T, "n": lang.N, "lang": lang.Reader,
	"source": lang.Source, "sentence": lang.Sentence,
	"badge": badgeOf, "title": titleOf, "verdicts": func() []Verdict { return drawnVerdicts },
}).ParseFS(pageFiles, "page/*.html"))

// Words are what reports say by themselves, whatever they report.
func Words() []string {
	var words []string
	entries, _ := pageFiles.ReadDir("page")
	for _, entry := range entries {
		text, _ := pageFiles.ReadFile("page/" + entry.Name())
		words = append(words, string(text))
	}
	words = append(words, lang.Words()...)
	return append(words, string(resultsSchema), Summary(nil),
		string((&Results{Targets: []Target{{Results: []Result{{}}}}}).JUnit("")))
}

// Warm does once what every HTML report needs, of which a run has the time while it waits for answers.
func Warm() { _ = writePage(io.Discard, "index.html", viewOf(nil)) }

// writePage writes a page. Nothing of it but our own script, known by its hash, may run: what a target sent stands in
// it as text.
func writePage(to io.Writer, name string, view any) error {
	err := pageTemplates.ExecuteTemplate(to, name, map[string]any{
		"View": view,
		"Policy": fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'",
			hash(pageStyle), hash(pageScript)),
		"Style":  template.CSS(pageStyle), //nolint:gosec // our own file, not input
		"Script": template.JS(pageScript), //nolint:gosec // our own file, not input
	})
	if err != nil {
		return fmt.Errorf("the HTML report %s cannot be made: %w", name, err)
	}
	return nil
}

// hash names a text for a content security policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
