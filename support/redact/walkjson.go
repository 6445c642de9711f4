package redact

import "strings"

// innermost is how many names of a path are shown: nobody looks deeper, and hostile bodies nest a hundred thousand
// levels.
const innermost = 32

// rewriteJSON shows each value of a JSON text to a function and writes back what it returns. It reads leniently, since
// broken bodies carry secrets too: what stands before a colon is a key, any other string or word a value.
func rewriteJSON(body string, visit func(value) string) string {
	var path []string // the keys from the outside in; that of a pending value comes last
	var bases []int   // of each open object or array: the path's length outside of it
	out := edited{body: body}
	endValue := func() { // forgets the key of the value that has ended
		base := 0
		if len(bases) > 0 {
			base = bases[len(bases)-1]
		}
		path = path[:min(base, len(path))]
	}
	for from, to := 0, 0; from < len(body); from = to {
		to = jsonToken(body, from)
		switch token := body[from:to]; token[0] {
		case ' ', '\t', '\n', '\f', '\r', ':':
		case '{', '[':
			bases = append(bases, len(path))
		case '}', ']':
			if depth := len(bases); depth > 0 {
				path, bases = path[:bases[depth-1]], bases[:depth-1]
			}
			endValue()
		case ',':
			endValue()
		default:
			v := value{text: token, kind: bare}
			inner := span{from, to}
			if token[0] == '"' {
				inner.from++
				if to > inner.from && body[to-1] == '"' {
					inner.to--
				}
				sole := len(bases) == 0 && len(path) == 0 && strings.Trim(body[:from], "\ufeff \t\r\n") == ""
				v = value{text: json.decode(body[inner.from:inner.to]), sole: sole}
			}
			if strings.HasPrefix(strings.TrimLeft(body[to:min(to+longestGap, len(body))], " \t\r\n"), ":") {
				endValue()
				path = append(path, v.text)
				continue
			}
			v.path = path[max(0, len(path)-innermost):]
			now := visit(v)
			if v.kind != bare {
				now = json.rewrite(body[inner.from:inner.to], v.text, now)
			}
			out.replace(inner, now)
		}
	}
	return out.String()
}

// jsonToken gives where the token that starts at a place ends: a string (a last one may never end), a sign or a blank,
// or what else stands without quotation marks.
func jsonToken(body string, from int) int {
	const signs = " \t\n\f\r,:{}[]\""
	if body[from] != '"' {
		to := from + 1
		for strings.IndexByte(signs, body[from]) < 0 && to < len(body) && strings.IndexByte(signs, body[to]) < 0 {
			to++
		}
		return to
	}
	for i := from + 1; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

// longestGap is how much white space may stand before the colon after a key.
const longestGap = 256

// edited is a text some of whose stretches are written anew, in their order.
type edited struct {
	body string
	out  strings.Builder
	done int // how much of the body has been written
}

func (e *edited) replace(at span, with string) {
	if with != e.body[at.from:at.to] {
		e.out.WriteString(e.body[e.done:at.from])
		e.out.WriteString(with)
		e.done = at.to
	}
}

func (e *edited) String() string {
	if e.done == 0 {
		return e.body
	}
	return e.out.String() + e.body[e.done:]
}
