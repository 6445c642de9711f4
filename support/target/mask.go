package target

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/token"
)

// bareAddress is an address without user and password, which stand before an @, perhaps a mistyped one.
var bareAddress = regexp.MustCompile(`^([a-zA-Z]*://)?[^:@]*(:[0-9]+)?[^:@]*$`)

// onlyVariables is a text that says nothing but where its value is.
var onlyVariables = regexp.MustCompile(`^(` + variable + `)+$`)

// hidden returns the parts of the file that errors do not show, sorted: comments, which may hold anything, and all
// values that errors may not show, and what passes for a key but may be a part of a value.
func hidden(tokens token.Tokens, root *node) []span {
	var spans []span
	for _, tk := range tokens {
		if tk.Type == token.CommentType {
			at := placeOf(tk)
			spans = append(spans, span{at, place{at.line + 1, 1}})
		}
	}
	// An alias is masked where its anchor stands. It is walked once for each path that leads to it.
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		for _, item := range n.items {
			walk(item, path)
		}
		markRisky(n, path)
		for _, p := range slices.Concat(n.pairs, n.doubled) {
			if !p.mayShow() {
				spans = append(spans, p.key.span())
			}
			walk(p.value, below(path, p.key.text))
		}
		if n.kind == sequence || n.kind == mapping || n.kind == null {
			return
		}
		if !n.mayShow(path) {
			spans = append(spans, n.span())
		}
	}
	walk(root, "")
	slices.SortFunc(spans, func(a, b span) int {
		switch {
		case a.from.before(b.from):
			return -1
		case b.from.before(a.from):
			return 1
		}
		return 0
	})
	return joined(spans)
}

// mayShow says whether errors may show a value. One with a colon and a blank, or of several lines, may have swallowed
// the key and value after it.
func (n *node) mayShow(path string) bool {
	if onlyVariables.MatchString(n.text) {
		return true
	}
	address := path == "targets.url" || path == "targets.keycloak.issuer"
	return mayShow(path) && !n.long && !strings.Contains(n.text, ": ") && (!address || bareAddress.MatchString(n.text))
}

// word is a value for a sentence, where it is one word at all.
func (n *node) word() string {
	if len(n.text) > 60 || strings.ContainsFunc(n.text, unicode.IsSpace) {
		return "this"
	}
	return "`" + n.text + "`"
}

// markRisky marks the keys within { } that may be a part of the secret before them: {password: a,b: c} has the
// password a and a key b. So is what passes for a key where no mapping belongs. A key of ours, or nearly one, is none.
func markRisky(n *node, path string) {
	secret := !container(path) && !posted(path)
	for i := range n.pairs {
		p := &n.pairs[i]
		p.risky = p.risky || secret && (p.flow || !container(path)) && !knownWords()[p.key.text] &&
			nearest(p.key.text, slices.Collect(maps.Keys(knownWords()))) == ""
		value := !p.value.is(mapping) && (!p.value.is(text) || p.value.unquoted)
		secret = secret || p.bare || p.flow && value && !mayShow(below(path, p.key.text))
	}
	for i := range n.doubled {
		n.doubled[i].risky = secret && n.doubled[i].flow && !knownWords()[n.doubled[i].key.text]
	}
}

// below is the path of a key's value. Paths longer than any that may be shown are cut: keys may be long.
func below(path, key string) string {
	const longest = 100
	if path == "" {
		return key[:min(len(key), longest)]
	}
	return path[:min(len(path), longest)] + "." + key[:min(len(key), longest)]
}

// joined makes sorted spans not overlap.
func joined(spans []span) []span {
	var out []span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.from.before(out[last].to) {
			if out[last].to.before(s.to) {
				out[last].to = s.to
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// span is all of a scalar, and what stands between it and whatever comes next.
func (n *node) span() span {
	const farBelow = 1 << 30
	if n.end.line == 0 {
		return span{n.at, place{farBelow, 1}}
	}
	if !n.at.before(n.end) {
		return span{n.at, place{n.at.line + 1, 1}}
	}
	return span{n.at, n.end}
}
