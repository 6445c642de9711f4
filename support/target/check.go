package target

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// checker looks for what the schema cannot say, or says less well.
type checker struct {
	*problems
	targets []*targetNode
	folder  string // of targets.yaml
	clauses func(api string) []string
}

// targetNode is a target as it stands in the file.
type targetNode struct {
	node     *node
	name     string // empty where it has none
	api      string // empty where it is unknown
	label    string // how errors call it
	selected bool
	unusable map[*node]bool // texts whose variables cannot be resolved
}

func newChecker(ps *problems, root *node) *checker {
	c := &checker{problems: ps}
	list := root.get("targets")
	if !list.is(sequence) {
		return c
	}
	for i, n := range list.items {
		t := &targetNode{node: n, label: fmt.Sprintf("number %d", i+1), unusable: map[*node]bool{}}
		if name := n.get("name"); name.is(text) && name.text != "" {
			t.name = name.text
			if len(t.name) <= nameLimit && !strings.ContainsFunc(t.name, unicode.IsSpace) {
				t.label = fmt.Sprintf("%q", t.name)
			}
		}
		if api := n.get("api"); api.is(text) && slices.Contains(APIs(), api.text) {
			t.api = api.text
		}
		c.targets = append(c.targets, t)
	}
	return c
}

// choose marks the targets that names selects; no name selects all.
func (c *checker) choose(names []string) {
	var wanted, have []string
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			wanted = append(wanted, name)
		}
	}
	for _, t := range c.targets {
		t.selected = len(wanted) == 0 || slices.Contains(wanted, t.name)
		if t.name != "" {
			have = append(have, t.name)
		}
	}
	for _, name := range wanted {
		if !slices.Contains(have, name) {
			c.add(place{}, "TARGET "+name, "", fmt.Sprintf("TARGET names %q, which is not there%s There are: %s",
				name, cmp.Or(suggest(name, have), "."), strings.Join(have, ", ")))
		}
	}
}

// run does all checks of ours.
func (c *checker) run(root *node) {
	first := map[string]place{}
	for _, t := range c.targets {
		if !t.node.is(mapping) {
			continue
		}
		name := t.node.get("name")
		if name.is(text) && badName(name.text) != "" {
			c.add(name.at, aboutValue, t.label, "`name` "+badName(name.text))
		}
		if t.name != "" {
			if before, doubled := first[t.name]; doubled {
				c.add(name.at, aboutValue, t.label, fmt.Sprintf("this name stands in line %d too; give each target its own", before.line))
			} else {
				first[t.name] = name.at
			}
		}
		c.checkKeys(t.node, t.label)
		if t.selected {
			c.checkVariables(t)
		}
		c.checkTexts(t)
		c.checkUser(t)
		c.checkWithout(t)
		c.checkKeycloak(t)
		c.checkHeaders(t)
		c.checkNode(t)
		c.checkTLS(t, t.node.get("tls"), "tls")
		c.checkWaivers(t)
	}
	top := *root // its targets are done
	top.pairs = slices.DeleteFunc(slices.Clone(top.pairs), func(p pair) bool { return p.value.is(sequence) })
	c.checkKeys(&top, "")
}

// checkKeys refuses keys that are doubled, no text, or have no colon, in a mapping and below it.
func (c *checker) checkKeys(n *node, label string) {
	for i, p := range n.doubled {
		c.add(p.key.at, aboutKey, label, fmt.Sprintf("the key%s stands here twice, first in line %d; remove one", p.name(), n.doubledAfter[i].line))
	}
	for _, p := range n.pairs {
		switch {
		case p.bare:
			c.add(p.key.at, aboutKey, label, "a word without `: value` stands here; a value with a comma in it needs quotation marks")
		case p.key.kind != text:
			c.add(p.key.at, aboutKey, label, "a key must be text; put it in quotation marks")
		}
		c.checkKeys(p.value, label)
	}
	for _, item := range n.items {
		c.checkKeys(item, label)
	}
}
