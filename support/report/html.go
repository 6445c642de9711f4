package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"session-conformance/support/sink"
)

//go:embed page.html
var pageText string

//go:embed page.css
var pageStyle string

//go:embed page.js
var pageScript string

var pageTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"text": sink.Visible, "took": took, "when": when, "plural": plural,
	"count":     func(p *page, v string) int { return p.Counts[Verdict(v)] },
	"duplicate": func(s *specView) bool { return strings.Contains(s.Message, s.Curl) },
}).Parse(pageText))

// Warm does once what every HTML report needs, of which a run has the time while it waits for answers.
func Warm() { _ = writeHTML(io.Discard, nil) }

// HTML is the results as one page that needs no other file and no network. Nothing of it but its own script, known by
// its hash, may run: what a target sent stands in it as text.
func HTML(runs []*Results) ([]byte, error) {
	var b bytes.Buffer
	err := writeHTML(&b, runs)
	return b.Bytes(), err
}

func writeHTML(to io.Writer, runs []*Results) error {
	err := pageTemplate.Execute(to, map[string]any{
		"View":   viewOf(runs),
		"Policy": fmt.Sprintf("default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", hash(pageStyle), hash(pageScript)),
		"Style":  template.CSS(pageStyle), //nolint:gosec // our own file, not input
		"Script": template.JS(pageScript), //nolint:gosec // our own file, not input
	})
	if err != nil {
		return fmt.Errorf("the HTML report cannot be made: %w", err)
	}
	return nil
}

// hash names a text for a content security policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
