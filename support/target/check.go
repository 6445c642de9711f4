package target

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// checker looks for what the schema cannot say, or says less well.
type checker struct {
	*problems
	root    *node // nil where the file has no structure to check
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
	c := &checker{problems: ps, root: root}
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

// checkNames marks the targets that names selects, over all documents; no name selects all. It refuses names that are
// not there, and those of two targets.
func checkNames(all []*checker, names []string) {
	wanted := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.TrimSpace(name) == "" })
	for i := range wanted {
		wanted[i] = strings.TrimSpace(wanted[i])
	}
	first := map[string]func(file string) string{} // where a name stands first
	folded := map[string]string{}                  // the first name that differs from others by case only
	var have []string
	for _, c := range all {
		for _, t := range c.targets {
			t.selected = len(wanted) == 0 || slices.Contains(wanted, t.name)
			if t.name == "" {
				continue
			}
			have = append(have, t.name)
			at := t.node.get("name").at
			if before, doubled := first[t.name]; doubled {
				c.add(at, aboutValue, t.label, "this name stands in "+before(c.path)+" too; give each target its own")
			} else {
				first[t.name] = func(file string) string { return c.lineOf(at, file) }
			}
			if before, known := folded[strings.ToLower(t.name)]; !known {
				folded[strings.ToLower(t.name)] = t.name
			} else if before != t.name {
				c.add(at, aboutValue, t.label, fmt.Sprintf("this name differs by case only from %q in %s, and both name files; "+
					"change one", before, first[before](c.path)))
			}
		}
	}
	for _, name := range wanted {
		if _, there := first[name]; !there {
			all[0].add(place{}, "TARGET "+name, "", fmt.Sprintf("TARGET names %q, which is not there%s There are: %s",
				name, cmp.Or(Suggest(name, have), "."), someOf(have)))
		}
	}
}

// someOf are the first of many names.
func someOf(names []string) string {
	const most = 50
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// run does all checks.
func (c *checker) run() {
	for _, t := range c.targets {
		if t.node.is(mapping) {
			name := t.node.get("name")
			if name.is(text) && badName(name.text) != "" {
				c.add(name.at, aboutValue, t.label, "`name` "+badName(name.text))
			}
			c.checkKeys(t.node, t.label)
			t.node.scalars("", func(path string, n *node) { c.checkText(t, path, n) })
			c.checkAPI(t)
			c.checkOther(t)
			c.checkKeycloak(t)
			c.checkHeaders(t)
			c.checkTLS(t, t.node.get("tls"), "tls")
			c.checkWaivers(t)
		}
		c.checkShape(t, t.node, "", reflect.TypeFor[Target](), false)
		c.checkUser(t)
	}
	top := *c.root // its targets are done
	top.pairs = slices.DeleteFunc(slices.Clone(top.pairs), func(p pair) bool { return p.value.is(sequence) })
	c.checkKeys(&top, "")
	c.checkFile()
}

// checkKeys refuses keys that are doubled, no text, or have no colon, in a mapping and below it.
func (c *checker) checkKeys(n *node, label string) {
	for _, p := range n.doubled {
		c.add(p.key.at, aboutKey, label, fmt.Sprintf("the key%s stands here twice, first in %s; remove one", p.name(),
			c.lineOf(p.first, c.path)))
	}
	for _, p := range n.pairs {
		switch {
		case p.bare:
			c.add(p.key.at, aboutKey, label, "a word without `: value` stands here; a value with a comma in it needs "+
				"quotation marks")
		case p.key.kind != text:
			c.add(p.key.at, aboutKey, label, "a key must be text; put it in quotation marks")
		}
		c.checkKeys(p.value, label)
	}
	for _, item := range n.items {
		c.checkKeys(item, label)
	}
}
