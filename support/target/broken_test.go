//go:build unit

package target

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// Files that cannot be read as one YAML document: one problem each.
func TestBrokenFiles(t *testing.T) {
	for name, tt := range map[string]struct{ file, want string }{
		"empty":                    {"", ": the file is empty; it must begin with `targets:`"},
		"comments only":            {"# nothing\n\n", ": the file is empty"},
		"an empty document":        {"---\n", ": the file is empty"},
		"two documents":            {"targets: []\n---\ntargets: []\n", ":2:1: a second document begins here"},
		"an empty second document": {"targets: []\n---\n", ":2:1: a second document begins here; keep one"},
		"not UTF-8":                {"targets:\n- name: \xff\n", ":2:9: this byte is not UTF-8; save the file as UTF-8"},
		"UTF-16":                   {"\xff\xfet\x00a\x00", ":1:1: this byte is not UTF-8"},
		"a control character":      {"targets:\n- name: a\x00b\n", ":2:10: the control character U+0000 is not allowed"},
		"a tab that indents":       {"targets:\n\t- name: a\n", ":2:1: a tab cannot indent here; use blanks"},
		"quotation marks left open": {"targets:\n- name: \"a\n", ":2:9: not YAML: could not find end character of " +
			"double-quoted text"},
		"a tab between keys":   {"targets:\n- {name:\ta,\tapi: sdm}\n", "a tab cannot stand here; use a blank"},
		"a word below a value": {"targets:\n- name: a\n  word\n", "mind the indentation, and "},
		"a bracket left open":  {"targets: [\n", ":1:10: not YAML: sequence end token ']' not found"},
		"an unknown escape": {"targets:\n- name: \"a\\q\"\n", "a backslash begins an escape; write \\\\, or use " +
			"single quotation marks"},
		"a colon in a value": {"targets:\n- name: a: b\n", ":2:9: a colon does not fit here"},
		"a reserved character": {"targets:\n- name: @a\n", ":2:9: a value cannot begin with this character; put it " +
			"in quotation marks"},
		"a merge not settled": {"targets:\n<<<<<<< HEAD\n- name: a\n=======\n- name: b\n>>>>>>> b\n",
			":2:1: the marks of a " +
				"merge that was not settled stand here"},
		"a blank that is none": {"targets:\n- name: a\n  url:\u00a0x\n",
			"the line holds a blank of another kind (U+00A0)"},
		"an exclamation mark": {"targets:\n- {name: !a}\n", "needs quotation marks"},
		"a bar": {"targets:\n- {name: |a}\n",
			"a value that begins with &, !, | or > needs quotation marks"},
		"a variable within braces": {"targets:\n- {name: ${A}}\n", "within { } and [ ] a ${NAME} needs quotation marks"},
		"a tag":                    {"targets:\n- name: !!str 1\n", ":2:9: tags such as !!str are not read here"},
		"a marked key":             {"? targets\n: []\n", ":1:1: a key marked with ? is not read here"},
		"a mapping as a key":       {"{a: b}: c\n", ":1:7: not YAML: found an invalid key for this map"},
		"an unknown alias":         {"targets: *a\n", ":1:10: this alias (*) has no anchor (&) before it"},
		"an alias in its anchor":   {"targets: &a [*a]\n", ":1:14: this alias (*) lies within its own anchor"},
		"<< of a text":             {"targets:\n- <<: a\n", ":2:7: << takes a mapping"},
		"deep brackets":            {"targets: " + strings.Repeat("[", 100_000), "nested deeper than 32 levels"},
		"deep braces":              {"targets: " + strings.Repeat("{a: ", 100_000), "nested deeper than 32 levels"},
		"deep lists in a line":     {strings.Repeat("- ", 100_000), "nested deeper than 32 levels"},
		"deep lines":               {deepLines(500), "nested deeper than 32 levels"},
		"deep aliases":             {deepAliases(), "nested deeper than 32 levels"},
		"many anchors":             {"targets: " + strings.Repeat("&a ", 300_000), "more than 1000 anchors"},
		"many tags":                {"targets: " + strings.Repeat("!a ", 300_000), "tags such as !!str"},
		"many marked keys":         {strings.Repeat("? ", 300_000), "a key marked with ?"},
		"a bomb of aliases":        {aliasBomb(), "more than 200000 values, aliases (*) counted in full"},
		"a bomb of <<":             {mergeBomb(), "more than 200000 values are merged with <<"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			path := folderWith(t, tt.file)
			started := time.Now()
			_, err := Load(path, nil, clauses)
			g.Expect(err).To(BeAssignableToTypeOf(&Error{}))
			g.Expect(err.(*Error).Problems).To(HaveLen(1))
			g.Expect(err).To(MatchError(HavePrefix(path + ":")))
			g.Expect(err).To(MatchError(ContainSubstring(tt.want)))
			g.Expect(len(err.Error())).To(BeNumerically("<", 2000))
			g.Expect(time.Since(started)).To(BeNumerically("<", 10*time.Second))
		})
	}
}

func deepLines(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// deepAliases nests by aliases: each anchor holds the one before it, 20 levels at a time.
func deepAliases() string {
	nest := func(s string) string { return strings.Repeat("[", 20) + s + strings.Repeat("]", 20) }
	return "targets:\n- &a " + nest("x") + "\n- " + nest("*a") + "\n"
}

// aliasBomb has ten times as many values in each line.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("targets:\n- &a0 [x, x]\n")
	for i := range 20 {
		fmt.Fprintf(&b, "- &a%d [%s*a%d]\n", i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), i)
	}
	return b.String()
}

// mergeBomb merges one large mapping many times.
func mergeBomb() string {
	var b strings.Builder
	b.WriteString("targets:\n- &a\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "  k%d: x\n", i)
	}
	b.WriteString(strings.Repeat("- <<: ["+strings.TrimSuffix(strings.Repeat("*a,", 100), ",")+"]\n", 3))
	return b.String()
}

func TestFilesThatCannotBeRead(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	_, err := Load(filepath.Join(dir, "targets.yaml"), nil, nil)
	g.Expect(err).To(MatchError("cannot read " + dir + "/targets.yaml: no such file or directory"))
	_, err = Load(dir, nil, nil)
	g.Expect(err).To(MatchError(dir +
		" holds no file of targets: .yaml, .yml, .json, or .jsonl with a target in each line"))
	large := filepath.Join(dir, "large.yaml")
	g.Expect(os.WriteFile(large, make([]byte, 1<<20+1), 0o600)).To(Succeed())
	_, err = Load(large, nil, nil)
	g.Expect(err).To(MatchError(ContainSubstring("is larger than 1 MiB")))
}

// A large file full of faults is answered soon, and briefly.
func TestManyProblems(t *testing.T) {
	g := NewWithT(t)
	started := time.Now()
	_, err := Load(folderWith(t, "targets:\n"+strings.Repeat("- {name: a, api: x, url: y, z: 1}\n", 20_000)), nil, clauses)
	g.Expect(err).To(MatchError(MatchRegexp(`and \d+ more$`)))
	g.Expect(len(err.Error())).To(BeNumerically("<", 100_000))
	g.Expect(time.Since(started)).To(BeNumerically("<", 30*time.Second))
}
