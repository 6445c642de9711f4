package redact

import (
	"strings"
	"unicode/utf8"
)

// An encoding shows a text's decoded form to a function and writes what the function changed back, in the style that was found
// there. Where nothing changes, it returns the very same text.
type encoding func(s string, x *index, inner func(string) string) string

var encodings = []encoding{
	escaped(json), escaped(xml), escaped(percent), inForm,
	inBase64, inHex, inUTF16, inOneByte, inCompressed,
}

// through lets act see a text as it stands, then in every encoding, up to a number of encodings around each other.
func through(s string, x *index, depth int, act func(string) string) string {
	return throughAll(s, x, depth, act, encodings)
}

func throughAll(s string, x *index, depth int, act func(string) string, all []encoding) string {
	s = act(s)
	if depth == 0 || len(x.sorted) == 0 {
		return s
	}
	for _, under := range all {
		if len(s) < shortest {
			return s
		}
		s = under(s, x, func(decoded string) string {
			if garbled(decoded) {
				// Most runs of letters are no base64. What comes of them needs no deeper look, or a page of IDs takes seconds.
				if x.narrow == nil || len(x.narrow.find(decoded, len(decoded))) == 0 {
					return throughAll(decoded, x, depth-1, act, []encoding{inCompressed})
				}
				return throughAll(decoded, x, depth-1, act, []encoding{inOneByte, inCompressed})
			}
			return throughAll(decoded, x, depth-1, act, encodings)
		})
	}
	return s
}

// garbled says whether more than a quarter of a text is no UTF-8.
func garbled(s string) bool {
	wrong := 0
	for i, r := range s {
		if r == utf8.RuneError && s[i] != '\xEF' {
			wrong++
		}
	}
	return wrong > len(s)/4
}

// escapes is an encoding in which most bytes stand for themselves and some units for others.
type escapes struct {
	marks string     // the bytes that a unit may start with, so that a text without one is left alone at once; none: any byte
	table *[256]bool // the same where they are many; nil: they are few
	// unit reads the unit at the start of s, which starts with a mark: it appends what the unit stands for and returns the
	// unit's length in bytes. 0 means that the byte stands for itself.
	unit func(decoded []byte, s string) ([]byte, int)
	// write gives text in the style of a unit; the unit may be any that was read.
	write func(unit, text string) string
	// plain gives text such that it reads the same when decoded.
	plain func(text string) string
}

func escaped(e escapes) encoding {
	if e.table == nil && e.marks != "" {
		table := alphabet(e.marks)
		e.table = &table
	}
	return func(s string, _ *index, inner func(string) string) string {
		decoded := e.decode(s)
		if decoded == s {
			return s
		}
		return e.rewrite(s, decoded, inner(decoded))
	}
}

// decode gives what the text stands for. What is no valid unit stands for itself.
func (e escapes) decode(s string) string {
	start := e.firstMark(s)
	if start == len(s) {
		return s
	}
	decoded := make([]byte, start, len(s))
	copy(decoded, s)
	for i := start; i < len(s); {
		next := i
		for next < len(s) && !e.isMark(s[next]) {
			next++
		}
		decoded = append(decoded, s[i:next]...)
		if i = next; i == len(s) {
			break
		}
		n := 0
		if decoded, n = e.unit(decoded, s[i:]); n == 0 {
			decoded = append(decoded, s[i])
			n = 1
		}
		i += n
	}
	return string(decoded)
}

// firstMark gives the offset of the first mark, or the length of s.
func (e escapes) firstMark(s string) int {
	if e.marks == "" || len(e.marks) > 3 {
		return 0
	}
	first := len(s)
	for i := 0; i < len(e.marks); i++ {
		if at := strings.IndexByte(s[:first], e.marks[i]); at >= 0 {
			first = at
		}
	}
	return first
}

// rewrite changes s, which stands for was, to stand for now. A unit whose meaning stays is not touched.
func (e escapes) rewrite(s, was, now string) string {
	if was == now {
		return s
	}
	if len(was) != len(now) {
		return e.rewriteMiddle(s, was, now)
	}
	out := make([]byte, 0, len(s))
	var meaning []byte
	for i, at := 0, 0; i < len(s); {
		n := 0
		if e.isMark(s[i]) {
			meaning, n = e.unit(meaning[:0], s[i:])
		}
		switch {
		case n == 0 && now[at] != s[i] && now[at] < utf8.RuneSelf:
			out = append(out, e.plain(now[at:at+1])...)
			n, at = 1, at+1
		case n == 0:
			out = append(out, now[at])
			n, at = 1, at+1
		case now[at:at+len(meaning)] == string(meaning):
			out = append(out, s[i:i+n]...)
			at += len(meaning)
		default:
			out = append(out, e.write(s[i:i+n], now[at:at+len(meaning)])...)
			at += len(meaning)
		}
		i += n
	}
	return string(out)
}

// rewriteMiddle is rewrite where an encoding within changed the length (a decimal reference may): what lies between the first
// and the last difference loses its style.
func (e escapes) rewriteMiddle(s, was, now string) string {
	same := 0
	for same < min(len(was), len(now)) && was[same] == now[same] {
		same++
	}
	tail := 0
	for tail < min(len(was), len(now))-same && was[len(was)-1-tail] == now[len(now)-1-tail] {
		tail++
	}
	// The units that hold the first and the last difference, and where their meaning starts and ends.
	from, to, first, last := -1, len(s), 0, len(was)
	var meaning []byte
	for i, at := 0, 0; i < len(s); {
		n := 0
		if e.isMark(s[i]) {
			meaning, n = e.unit(meaning[:0], s[i:])
		}
		size := len(meaning)
		if n == 0 {
			n, size = 1, 1
		}
		if from < 0 && at+size > same {
			from, first = i, at
		}
		if from >= 0 && at >= len(was)-tail {
			to, last = i, at
			break
		}
		i, at = i+n, at+size
	}
	if from < 0 {
		from, first = len(s), len(was)
	}
	return s[:from] + e.plain(now[first:len(now)-(len(was)-last)]) + s[to:]
}

func (e escapes) isMark(b byte) bool {
	if e.table != nil {
		return e.table[b]
	}
	return e.marks == "" || strings.IndexByte(e.marks, b) >= 0
}
