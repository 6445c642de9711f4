package target

import (
	"cmp"
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// pairs fills a mapping. What `<<` brings in comes last: the mapping's own keys win.
func (b *builder) pairs(n *node, from []*ast.MappingValueNode, flow bool, depth int) {
	var merged []*node
	own := map[string]place{}
	for _, v := range from {
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			merged = append(merged, b.node(v.Value, depth+1))
			continue
		}
		p := pair{
			key:  b.key(v.Key),
			bare: v.GetToken().Type != token.MappingValueType,
			flow: flow && v.Key.GetToken().Type == token.StringType,
		}
		p.value = b.node(v.Value, depth+1)
		first, doubled := own[p.key.text]
		if !doubled {
			own[p.key.text] = p.key.at
		}
		b.hang(n, p.value, func() {
			if p.first = first; doubled {
				n.doubled = append(n.doubled, p)
			} else {
				n.pairs = append(n.pairs, p)
			}
		})
	}
	for _, m := range merged {
		b.merge(n, m, own)
	}
}

// key reads a key. One that is not text is kept with its kind, for the checks to refuse.
func (b *builder) key(from ast.MapKeyNode) *node {
	tk := from.GetToken()
	switch from.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode, *ast.BoolNode, *ast.NullNode:
		n := b.node(from, 0)
		n.text = cmp.Or(n.text, tk.Value)
		return n
	}
	return b.fail(placeOf(tk), "a key must be a plain word; put anything else in quotation marks")
}

// merge adds the pairs of a mapping, or of a list of them, that n does not have.
func (b *builder) merge(n, from *node, have map[string]place) {
	b.merged += len(from.items) + len(from.pairs)
	if b.merged > nodeLimit {
		b.fail(n.at, fmt.Sprintf("more than %d values are merged with <<; no file of targets needs that", nodeLimit))
	}
	if b.broken {
		return
	}
	switch from.kind {
	case sequence:
		for _, item := range from.items {
			b.merge(n, item, have)
		}
	case mapping:
		for _, p := range from.pairs {
			if _, has := have[p.key.text]; has {
				continue
			}
			have[p.key.text] = p.key.at
			b.hang(n, p.value, func() { n.pairs = append(n.pairs, p) })
		}
	default:
		b.fail(from.at, "<< takes a mapping, mostly an alias of one: `<<: *name`")
	}
}
