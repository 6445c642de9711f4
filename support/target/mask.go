package target

import (
	"cmp"
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

// show marks what errors may show of each line, as far as it stands there to the letter: what YAML has between words,
// the keys of ours, and the keys and values that hold no secret. The root is nil where the file has no structure.
func (ps *problems) show(tokens token.Tokens, root *node) {
	shown := map[place]string{}
	for _, tk := range tokens {
		key := tk.Next != nil && tk.Next.Type == token.MappingValueType && knownWords()[tk.Value]
		if key || tk.Type == token.MergeKeyType || tk.Indicator == token.BlockStructureIndicator ||
			tk.Indicator == token.FlowCollectionIndicator {
			shown[placeOf(tk)] = tk.Value
		}
	}
	hidden := map[*node]bool{} // an alias shares its anchor's node, which is walked once for each path that leads to it
	mark := func(n *node, mayShow bool) {
		if hidden[n] = hidden[n] || !mayShow; hidden[n] {
			delete(shown, n.at)
		} else {
			shown[n.at] = n.text
		}
	}
	var walk func(n *node, path string)
	walk = func(n *node, path string) {
		for _, item := range n.items {
			walk(item, path)
		}
		markRisky(n, path)
		for _, p := range slices.Concat(n.pairs, n.doubled) {
			mark(p.key, p.mayShow())
			walk(p.value, below(path, p.key.text))
		}
		if n.is(text) || n.is(number) || n.is(boolean) {
			mark(n, n.mayShow(path))
		}
	}
	if root != nil {
		walk(root, "")
	}
	ps.shown = map[int][]span{}
	lines := map[int][]rune{}
	for at, text := range shown {
		if at.line < 1 || at.line > len(ps.lines) || at.column < 1 {
			continue // after odd escapes the parser miscounts
		}
		if lines[at.line] == nil {
			lines[at.line] = []rune(ps.lines[at.line-1])
		}
		for _, quote := range []string{`"`, "'", ""} {
			written, end := []rune(quote+text+quote), at.column-1+len([]rune(quote+text+quote))
			if end <= len(lines[at.line]) && slices.Equal(written, lines[at.line][at.column-1:end]) {
				ps.shown[at.line] = append(ps.shown[at.line], span{at.column, end + 1})
				break
			}
		}
	}
	for _, spans := range ps.shown {
		slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	}
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
