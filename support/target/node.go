package target

import (
	"encoding/json"
	"regexp"
)

// kind says what a node is.
type kind int

const (
	null kind = iota
	text
	number
	boolean
	sequence
	mapping
)

// node is a value of the file as it was written, with its place. An alias shares the node of its anchor.
type node struct {
	kind     kind
	text     string  // text: its value; number and boolean: as written
	items    []*node // of a sequence
	pairs    []pair  // of a mapping, no key twice
	doubled  []pair  // of a mapping: those whose key stands before them
	at       place
	unquoted bool // text without quotation marks
	long     bool // text of more than one line
	tabbed   bool // text without quotation marks, with a tab that the parser drops
	cut      bool // text without quotation marks, ended by a comment that begins without a blank
	size     int  // nodes in it, aliases expanded
	depth    int  // levels in it
}

type pair struct {
	key   *node // text
	value *node
	bare  bool  // a word without a colon, as in {a, b}
	flow  bool  // unquoted within { }
	risky bool  // may be a part of the secret before it: see markRisky
	first place // of a doubled one: where its key stands before
}

// mayShow says whether errors may show the key.
func (p *pair) mayShow() bool { return !p.bare && !p.risky }

// path is that of the value, below the path of the mapping; the mapping's own where errors may not show the key.
func (p *pair) path(above string) string {
	if p.mayShow() && (!p.flow || knownWords()[p.key.text]) {
		return below(above, p.key.text)
	}
	return above
}

// name is the key for a sentence, with a blank before it; nothing where it may not be shown, is empty or too long.
func (p *pair) name() string {
	if !p.mayShow() || p.key.text == "" || len(p.key.text) > 60 {
		return ""
	}
	return " `" + p.key.text + "`"
}

// get returns the value of a key, or nil. It may be asked of any node, also of nil.
func (n *node) get(key string) *node {
	if p := n.pair(key); p != nil {
		return p.value
	}
	return nil
}

func (n *node) pair(key string) *pair {
	if n == nil {
		return nil
	}
	for i := range n.pairs {
		if n.pairs[i].key.text == key {
			return &n.pairs[i]
		}
	}
	return nil
}

// holds counts a value that stands in the node, and gives it back.
func (n *node) holds(value *node) *node {
	n.size += value.size
	n.depth = max(n.depth, value.depth+1)
	return value
}

// is says whether a node, which may be nil, is of a kind.
func (n *node) is(k kind) bool { return n != nil && n.kind == k }

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// plain is a node as encoding/json would read it, with the value of each text.
func (n *node) plain(value func(*node) string) any {
	switch n.kind {
	case text:
		return value(n)
	case number:
		return json.Number(n.text)
	case boolean:
		return n.text[0] == 't' || n.text[0] == 'T'
	case sequence:
		items := make([]any, len(n.items))
		for i, item := range n.items {
			items[i] = item.plain(value)
		}
		return items
	case mapping:
		fields := make(map[string]any, len(n.pairs))
		for _, p := range n.pairs {
			fields[p.key.text] = p.value.plain(value)
		}
		return fields
	default:
		return nil
	}
}

// scalars calls f for each text, number and boolean below a node, with the keys that lead to it.
func (n *node) scalars(path string, f func(path string, n *node)) {
	if n.is(text) || n.is(number) || n.is(boolean) {
		f(path, n)
	}
	for _, item := range n.items {
		item.scalars(path, f)
	}
	for _, p := range n.pairs {
		p.value.scalars(p.path(path), f)
	}
}
