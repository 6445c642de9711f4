package redact

import "strings"

// innermost is how many names of a path are shown: nobody looks deeper, and hostile bodies nest a hundred thousand levels.
const innermost = 32

// rewriteJSON shows each value of a JSON text to a function and writes back what it returns. It reads leniently, since broken
// bodies carry secrets too: a string before a colon is a key, any other one a value.
func rewriteJSON(body string, visit func(value) string) string {
	w := jsonWriter{body: body, visit: visit}
	for i := 0; i < len(body); {
		switch c := body[i]; {
		case c == '{' || c == '[':
			w.bases = append(w.bases, len(w.path))
			i++
		case c == '}' || c == ']':
			if depth := len(w.bases); depth > 0 {
				w.path, w.bases = w.path[:w.bases[depth-1]], w.bases[:depth-1]
			}
			w.endValue()
			i++
		case c == ',':
			w.endValue()
			i++
		case c == '"':
			i = w.quoted(i)
		case strings.IndexByte(" \t\r\n:", c) >= 0:
			i++
		default:
			i = w.unquoted(i)
		}
	}
	if w.done == 0 {
		return body
	}
	return w.out.String() + body[w.done:]
}

type jsonWriter struct {
	body  string
	visit func(value) string
	path  []string // the keys from the outside in; that of a pending value comes last
	bases []int    // of each open object or array: the path's length outside of it
	out   strings.Builder
	done  int // how much of the body has been written
}

// endValue forgets the key of the value that has ended.
func (w *jsonWriter) endValue() {
	base := 0
	if depth := len(w.bases); depth > 0 {
		base = w.bases[depth-1]
	}
	w.path = w.path[:min(base, len(w.path))]
}

// quoted reads the string that starts at an offset and returns where it ends. One that never ends goes to the body's end.
func (w *jsonWriter) quoted(start int) int {
	end := start + 1
	for end < len(w.body) && w.body[end] != '"' {
		if w.body[end] == '\\' {
			end++
		}
		end++
	}
	end = min(end, len(w.body))
	raw, after := w.body[start+1:end], min(end+1, len(w.body))
	plain := json.decode(raw)
	if w.isKey(after) {
		w.endValue()
		w.path = append(w.path, plain)
		return after
	}
	sole := len(w.bases) == 0 && len(w.path) == 0 && strings.Trim(w.body[:start], "\ufeff \t\r\n") == ""
	now := w.visit(value{path: w.shown(), text: plain, sole: sole})
	w.replace(start+1, end, json.rewrite(raw, plain, now))
	return after
}

// unquoted reads a number, a literal, or what else stands without quotation marks.
func (w *jsonWriter) unquoted(start int) int {
	end := start + 1
	for end < len(w.body) && strings.IndexByte(" \t\r\n,:{}[]\"", w.body[end]) < 0 {
		end++
	}
	raw := w.body[start:end]
	if w.isKey(end) {
		w.endValue()
		w.path = append(w.path, raw)
		return end
	}
	w.replace(start, end, w.visit(value{path: w.shown(), text: raw, kind: bare}))
	return end
}

func (w *jsonWriter) isKey(after int) bool {
	for after < len(w.body) && strings.IndexByte(" \t\r\n", w.body[after]) >= 0 {
		after++
	}
	return after < len(w.body) && w.body[after] == ':'
}

func (w *jsonWriter) shown() []string { return w.path[max(0, len(w.path)-innermost):] }

func (w *jsonWriter) replace(from, to int, with string) {
	if with != w.body[from:to] {
		w.out.WriteString(w.body[w.done:from])
		w.out.WriteString(with)
		w.done = to
	}
}
