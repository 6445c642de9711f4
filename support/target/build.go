package target

import (
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

// node converts what the parser found. Depth counts the levels above it.
func (b *builder) node(from ast.Node, depth int) *node {
	if from == nil || b.broken {
		return &node{}
	}
	tk := from.GetToken()
	n := &node{at: placeOf(tk), size: 1}
	if depth > depthLimit {
		return b.fail(n.at, fmt.Sprintf("nested deeper than %d levels; no target needs that", depthLimit))
	}
	switch from := from.(type) {
	case *ast.StringNode:
		n.kind, n.text, n.unquoted = text, from.Value, tk.Type == token.StringType
		n.long = strings.Contains(strings.TrimSpace(tk.Origin), "\n")
		n.tabbed = n.unquoted && strings.Contains(strings.TrimSpace(tk.Origin), "\t")
		n.cut = n.unquoted && commentRunsOn(tk)
		if tk.Type == token.StringType && coreNumber.MatchString(from.Value) {
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
		return b.anchor(from, depth)
	case *ast.AliasNode:
		return b.alias(from, depth)
	case *ast.SequenceNode:
		n.kind = sequence
		for _, item := range from.Values {
			child := b.node(item, depth+1)
			b.hang(n, child, func() { n.items = append(n.items, child) })
		}
	case *ast.MappingNode:
		n.kind = mapping
		b.pairs(n, from.Values, from.IsFlowStyle, depth)
		if !from.IsFlowStyle && len(n.pairs) > 0 {
			n.at = placeOf(from.Values[0].Key.GetToken())
		}
	case *ast.MappingValueNode:
		n.kind = mapping
		b.pairs(n, []*ast.MappingValueNode{from}, false, depth)
		n.at = placeOf(from.Key.GetToken())
	default:
		return b.fail(n.at, "this is not read here; write text, a number, a list or `key: value`")
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

// hang puts a child below a node and keeps count.
func (b *builder) hang(n, child *node, put func()) {
	n.size += child.size
	n.depth = max(n.depth, child.depth+1)
	if n.size > nodeLimit {
		b.fail(n.at, fmt.Sprintf("more than %d values, aliases (*) counted in full; no file of targets needs that",
			nodeLimit))
		return
	}
	put()
}

func (b *builder) anchor(from *ast.AnchorNode, depth int) *node {
	name := from.Name.GetToken().Value
	b.anchors[name] = nil
	n := b.node(from.Value, depth)
	b.anchors[name] = n
	return n
}

func (b *builder) alias(from *ast.AliasNode, depth int) *node {
	at, name := placeOf(from.GetToken()), from.Value.GetToken().Value
	n, known := b.anchors[name]
	switch {
	case !known:
		return b.fail(at, "this alias (*) has no anchor (&) before it; text that begins with * needs quotation marks")
	case n == nil:
		return b.fail(at, "this alias (*) lies within its own anchor (&); write the value out")
	case depth+n.depth > depthLimit:
		return b.fail(at, fmt.Sprintf("nested deeper than %d levels; no target needs that", depthLimit))
	}
	return n
}
