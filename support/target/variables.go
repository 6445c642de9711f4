package target

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var variables = regexp.MustCompile(variable)

// variablesIn lists the names that a text refers to as ${NAME}, each once.
func variablesIn(s string) []string {
	var names []string
	for _, reference := range variables.FindAllString(s, -1) {
		if name := reference[2 : len(reference)-1]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// resolved replaces each ${NAME} by its value, once: a value that looks like a reference stays as it is.
func resolved(s string) string {
	return variables.ReplaceAllStringFunc(s, func(reference string) string {
		return os.Getenv(reference[2 : len(reference)-1])
	})
}

// faults are what keeps a variable from being used, and the remedies.
var faults = []struct {
	has  func(value string, set bool) bool
	says string
}{
	{func(_ string, set bool) bool { return !set },
		"where it is not set; set it, or choose other targets with TARGET"},
	{func(value string, _ bool) bool {
		return value != strings.TrimRight(value, "\r\n") || strings.HasPrefix(value, string(byteOrderMark))
	}, "which ends in a line end or begins with a byte order mark; set it anew without: echo adds a line end, printf %s " +
		"does not"},
	{func(value string, _ bool) bool { return !utf8.ValidString(value) }, "which is not UTF-8; set it anew"},
	{func(value string, _ bool) bool { return unfilled.MatchString(value) }, "which holds nothing but the name of " +
		"another variable, as Azure Pipelines and Kubernetes leave one that they do not know; set it to the value itself"},
}

// unfilled is a reference $(name) that nobody put a value in place of. A shell takes it for a command, so nobody means
// it.
var unfilled = regexp.MustCompile(`^\$\([A-Za-z_][A-Za-z0-9_.-]*\)$`)

// checkVariables notes those variables in a text of a selected target that cannot be used.
func (c *checker) checkVariables(t *targetNode, path string, n *node) {
	for _, fault := range faults {
		names := slices.DeleteFunc(variablesIn(n.text), func(name string) bool { return !fault.has(os.LookupEnv(name)) })
		if len(names) > 0 {
			c.add(n.at, aboutValue, t.label, "`"+path+"` takes "+allOf(names)+" from the environment, "+fault.says)
			t.unusable[n] = true
		}
	}
}

// value is a text with its variables resolved. It is not known for a node that is no text, for a target that is not
// selected, and where a variable cannot be used.
func (t *targetNode) value(n *node) (value string, known bool) {
	switch {
	case !n.is(text):
		return "", false
	case len(variablesIn(n.text)) == 0:
		return n.text, true
	case !t.selected || t.unusable[n]:
		return "", false
	}
	return resolved(n.text), true
}

// after names the variables in a text for a sentence about its resolved value, which is never shown.
func after(n *node) string {
	if names := variablesIn(n.text); len(names) > 0 {
		return ", with " + allOf(names) + " from the environment,"
	}
	return ""
}

// named are the settings of a target that are one variable and nothing else, by their paths, with its name.
func (t *targetNode) named() map[string]string {
	var found map[string]string
	t.node.scalars("", func(path string, n *node) {
		if names := variablesIn(n.text); len(names) == 1 && n.text == "${"+names[0]+"}" {
			if found == nil {
				found = map[string]string{}
			}
			found[path] = names[0]
		}
	})
	return found
}
