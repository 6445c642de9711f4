package repro

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/exchange"
	"session-conformance/support/sink"
)

// asXML is the value of a variable as XML needs it.
const asXML = `"$(printf %s "$NAME" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g')"`

// inLine are the words of a shell for the value of a variable, by the form in which it stands in a request.
var inLine = map[string]string{
	"raw":     `"$NAME"`,
	"json":    `"$(printf %s "$NAME" | sed 's/[\\"]/\\&/g')"`,
	"xml":     asXML,
	"minimal": asXML,
	"query":   `"$(python3 -c 'import sys, urllib.parse as u; print(u.quote_plus(sys.argv[1]))' "$NAME")"`,
	"ascii":   `"$(python3 -c 'import json, sys; print(json.dumps(sys.argv[1])[1:-1])' "$NAME")"`,
}

// longestLine is how many bytes of a request a line holds: nobody pastes a longer one.
const longestLine = 4 << 10

// notInLine are headers that curl sets better itself, or that have an option of their own.
var notInLine = []string{"User-Agent", "Accept-Encoding", "Transfer-Encoding", "Connection", "Authorization"}

// Line is the curl line, to be pasted into a shell, that sends the judged request once more. Secrets come
// from the environment's variables, and programs escape them as the text around them needs it. It is empty where one
// request does not show it: where it carries what an earlier answer gave, or what a scenario made of a secret.
func (f Finding) Line() string {
	r := f.Last.Request
	cookie := r.Header.Get("Cookie")
	if len(r.URL)+len(cookie)+len(r.Body) > longestLine || r.LeftOut > 0 ||
		strings.ContainsRune(r.URL+string(r.Body), 0) {
		return ""
	}
	alone, values := true, f.secrets()
	f.origins(f.Last, &values, func(*exchange.Exchange) { alone = false })
	w := &writer{finding: f, values: values, numbers: map[int]int{}}
	line := []string{"curl -sS -i"}
	if strings.ContainsAny(r.URL, "[]{}") {
		line = append(line, "-g")
	}
	if strings.Contains(r.URL, "/.") {
		line = append(line, "--path-as-is")
	}
	if r.Method != http.MethodGet {
		line = append(line, "-X "+sink.ShellLine(r.Method))
	}
	line = append(line, w.word("", r.URL, "query"))
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		if !slices.Contains(notInLine, name) {
			line = append(line, "-H "+w.word(name+": ", r.Header.Get(name), "raw"))
		}
	}
	if text := r.Header.Get("Authorization"); text != "" {
		if plain, basic := basicOf("Authorization", text); basic && strings.Contains(plain, ":") {
			line = append(line, "-u "+w.word("", plain, "raw"))
		} else {
			line = append(line, "-H "+w.word("Authorization: ", text, "raw"))
		}
	}
	if r.Header.Get("User-Agent") == "" {
		line = append(line, "-H User-Agent:")
	}
	if r.Chunked {
		line = append(line, "-H 'Transfer-Encoding: chunked'")
	}
	if len(r.Body) > 0 {
		line = append(line, "--data-binary "+w.word("", string(r.Body), wayOf(r.Body)))
	}
	if !alone || w.defined > 0 || w.unsure != "" {
		return ""
	}
	return strings.Join(line, " ")
}

// word is a text as one word for the shell.
func (w *writer) word(before, text, way string) string {
	var sets strings.Builder // what would have to be set first, which Line does not do
	word, rest := "", before+w.template(&sets, text, way)
	for {
		plain, marked, found := strings.Cut(rest, open)
		if plain != "" || word == "" && !found {
			word += sink.ShellLine(plain)
		}
		if !found {
			return word
		}
		mark, after, _ := strings.Cut(marked, closing)
		form, name, _ := strings.Cut(mark, ":")
		if inLine[form] == "" {
			w.unsure = "no line escapes a value so"
		}
		word += strings.ReplaceAll(inLine[form], "NAME", name)
		rest = after
	}
}
