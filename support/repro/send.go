package repro

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/sink"
)

// rest waits as a scenario waited between two requests: for a session to lie unused, or between wrong passwords.
func rest(earlier, later *exchange.Exchange) string {
	gap := later.Started.Sub(earlier.Started.Add(earlier.Took))
	if earlier.Scenario != later.Scenario || gap < 700*time.Millisecond {
		return ""
	}
	return fmt.Sprintf("\nsleep %d\n", min(int(gap.Seconds()+0.99), longestRest))
}

// longestRest is up to how many seconds a script waits: a longer gap was none that a scenario made.
const longestRest = 3

// unsendable says why a script cannot send a request; empty where it can.
func (f Finding) unsendable(e *exchange.Exchange) string {
	r := e.Request
	path, below := strings.CutPrefix(r.URL, f.URL)
	switch {
	case r.LeftOut > 0 || len(r.Body) > longestBody:
		return "the body is too long for a script"
	case !below || !strings.HasPrefix(path, "/"):
		return "the request goes elsewhere"
	case strings.Contains(textOf(e), open):
		return "the request holds the marks of a template"
	}
	return ""
}

// ask writes one request, after what sets the variables that it uses.
func (w *writer) ask(b *strings.Builder, e *exchange.Exchange) {
	r := e.Request
	path := strings.TrimPrefix(r.URL, w.finding.URL)
	var lines strings.Builder
	words := []string{w.template(b, path, "query")}
	switch {
	case len(r.Body) > 0:
		words = append(words, w.template(b, string(r.Body), wayOf(r.Body)))
	case r.NoLength:
		words = append(words, "--")
	default:
		words = append(words, "-")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, v := range r.Header[name] {
			if !slices.Contains([]string{"User-Agent", "Accept-Encoding"}, name) {
				words = append(words, w.header(b, name, v))
			}
		}
	}
	if r.Header.Get("User-Agent") == "" {
		words = append(words, "User-Agent:") // curl sends none then
	}
	if r.Chunked {
		words = append(words, "Transfer-Encoding: chunked")
	}
	fmt.Fprintf(&lines, "\n# %s\n", sink.Line(e.Scenario+": "+e.Step))
	fmt.Fprintf(&lines, "ask %d %s", w.numbers[e.Number], sink.Shell(r.Method))
	for _, word := range words {
		lines.WriteString(" " + sink.Shell(word))
	}
	b.WriteString(lines.String() + "\n")
}

// header is a header's line as a template. Basic credentials are encoded when they are sent.
func (w *writer) header(b *strings.Builder, name, text string) string {
	plain, basic := basicOf(name, text)
	if !basic {
		return name + ": " + w.template(b, text, "raw")
	}
	filled := w.template(b, plain, "raw")
	if !strings.Contains(filled, open) {
		return name + ": " + text
	}
	variable := w.variable("BASIC")
	fmt.Fprintf(b, "%s=$(help fill %s); export %s\n", variable, sink.Shell(filled), variable)
	return name + ": Basic " + open + "base64:" + variable + closing
}
