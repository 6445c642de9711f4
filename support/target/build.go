package target

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// builder makes nodes of the parser's. What it finds wrong here breaks the file: nothing else of it is checked.
type builder struct {
	problems *problems
	anchors  map[string]*node // nil while the anchor's value is being read
	merged   int              // pairs looked at for <<
	broken   bool
}

// coreNumber is a number in YAML 1.2. The parser reads some of them, 08 or 64100e22, as text; other readers do not.
var coreNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

func (b *builder) fail(at place, what string) *node {
	if !b.broken {
		b.problems.broken(at, what)
	}
	b.broken = true
	return &node{at: at}
}

// node converts what the parser found.
func (b *builder) node(from ast.Node) *node {
	if from == nil || b.broken {
		return &node{}
	}
	tk := from.GetToken()
	n := &node{at: placeOf(tk), size: 1}
	switch from := from.(type) {
	case *ast.StringNode:
		n.kind, n.text, n.unquoted = text, from.Value, tk.Type == token.StringType
		n.long = strings.Contains(strings.TrimSpace(tk.Origin), "\n")
		n.tabbed = n.unquoted && strings.Contains(strings.TrimSpace(tk.Origin), "\t")
		n.cut = n.unquoted && commentRunsOn(tk)
		if n.unquoted && coreNumber.MatchString(from.Value) {
			n.kind = number
		}
	case *ast.LiteralNode:
		n.kind, n.text, n.long = text, from.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		n.kind, n.text = number, tk.Value
	case *ast.BoolNode:
		n.kind, n.text = boolean, tk.Value
	case *ast.NullNode:
	case *ast.AnchorNode:
		name := from.Name.GetToken().Value
		b.anchors[name] = nil
		b.anchors[name] = b.node(from.Value)
		return b.anchors[name]
	case *ast.AliasNode:
		return b.alias(from)
	case *ast.SequenceNode:
		n.kind = sequence
		for _, item := range from.Values {
			n.items = append(n.items, n.holds(b.node(item)))
		}
	case *ast.MappingNode:
		b.pairs(n, from.Values, from.IsFlowStyle)
	case *ast.MappingValueNode:
		b.pairs(n, []*ast.MappingValueNode{from}, false)
	default:
		return b.fail(n.at, "this is not read here; write text, a number, a list or `key: value`")
	}
	switch {
	case n.size > nodeLimit:
		return b.fail(n.at, fmt.Sprintf("more than %d values, aliases (*) counted in full; no file of targets needs "+
			"that", nodeLimit))
	case n.depth > depthLimit:
		return b.fail(n.at, fmt.Sprintf("nested deeper than %d levels; no target needs that", depthLimit))
	}
	return n
}

// commentRunsOn says whether a comment follows in the same line, and begins without a blank: it may be the end of the
// value.
func commentRunsOn(tk *token.Token) bool {
	next := tk.Next
	if next == nil || next.Type != token.CommentType || next.Position.Line != tk.Position.Line {
		return false
	}
	text := strings.TrimLeft(next.Value, "#")
	return text != "" && text[0] != ' ' && text[0] != '\t'
}

func (b *builder) alias(from *ast.AliasNode) *node {
	at := placeOf(from.GetToken())
	n, known := b.anchors[from.Value.GetToken().Value]
	switch {
	case !known:
		return b.fail(at, "this alias (*) has no anchor (&) before it; text that begins with * needs quotation marks")
	case n == nil:
		return b.fail(at, "this alias (*) lies within its own anchor (&); write the value out")
	}
	return n
}

// pairs fills a mapping. What `<<` brings in comes last: the mapping's own keys win.
func (b *builder) pairs(n *node, from []*ast.MappingValueNode, flow bool) {
	n.kind = mapping
	var merged []*node
	own := map[string]place{}
	for i, v := range from {
		if i == 0 && !flow {
			n.at = placeOf(v.Key.GetToken())
		}
		if _, merge := v.Key.(*ast.MergeKeyNode); merge {
			merged = append(merged, b.node(v.Value))
			continue
		}
		p := pair{
			key:   b.key(v.Key),
			value: n.holds(b.node(v.Value)),
			bare:  v.GetToken().Type != token.MappingValueType,
			flow:  flow && v.Key.GetToken().Type == token.StringType,
		}
		if first, doubled := own[p.key.text]; doubled {
			p.first = first
			n.doubled = append(n.doubled, p)
			continue
		}
		own[p.key.text] = p.key.at
		n.pairs = append(n.pairs, p)
	}
	for _, m := range merged {
		b.merge(n, m, own)
	}
}

// key reads a key. One that is not text is kept with its kind, for the checks to refuse.
func (b *builder) key(from ast.MapKeyNode) *node {
	tk := from.GetToken()
	switch from.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode, *ast.BoolNode,
		*ast.NullNode:
		n := b.node(from)
		n.text = cmp.Or(n.text, tk.Value)
		return n
	}
	return b.fail(placeOf(tk), "a key must be a plain word; put anything else in quotation marks")
}

// merge adds the pairs of a mapping, or of a list of them, that n does not have.
func (b *builder) merge(n, from *node, have map[string]place) {
	if b.merged += len(from.items) + len(from.pairs); b.merged > nodeLimit {
		b.fail(n.at, fmt.Sprintf("more than %d values are merged with <<; no file of targets needs that", nodeLimit))
	}
	switch {
	case b.broken:
	case from.is(sequence):
		for _, item := range from.items {
			b.merge(n, item, have)
		}
	case from.is(mapping):
		for _, p := range from.pairs {
			if _, has := have[p.key.text]; !has {
				have[p.key.text] = p.key.at
				n.holds(p.value)
				n.pairs = append(n.pairs, p)
			}
		}
	default:
		b.fail(from.at, "<< takes a mapping, mostly an alias of one: `<<: *name`")
	}
}
