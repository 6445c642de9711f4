//go:build unit

package target

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

func TestErrorsShowNoSecret(t *testing.T) {
	g := NewWithT(t)
	_, err := Load(folderWith(t, read(t, "testdata/secrets.yaml")), nil, clauses)
	g.Expect(err).To(BeAssignableToTypeOf(&Error{}))
	g.Expect(len(err.(*Error).Problems)).To(BeNumerically(">", 30))
	g.Expect(err.Error()).To(ContainSubstring("passwrd"))
	g.Expect(err.Error()).NotTo(ContainSubstring("canary"))
}

// A file cut short or damaged anywhere shows no secret either, and never brings the program down.
func TestDamagedFiles(t *testing.T) {
	files := []string{read(t, "testdata/secrets.yaml"), read(t, "testdata/example.yaml"), read(t, "../../targets.yaml")}
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		content := damage(t, rapid.SampledFrom(files).Draw(t, "file"))
		path := filepath.Join(dir, "targets.yaml")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(path, rapid.SampledFrom([][]string{nil, {"sdm-lab"}, {"x"}}).Draw(t, "names"), clauses)
		if err == nil {
			text, _ := readFile(path)
			root := (&problems{lines: strings.Split(text, "\n")}).parse(text)
			if wrong := validator().Validate(root.plain(func(n *node) string { return n.text })); wrong != nil {
				t.Fatalf("editors underline what is taken: %v", wrong)
			}
			return
		}
		for line := range strings.Lines(err.Error()) {
			if strings.Contains(line, "canary") {
				t.Fatalf("a secret is shown: %s", line)
			}
		}
	})
}

// damage inserts what has a meaning in YAML. It drops nothing: that may make a login of a password.
func damage(t *rapid.T, content string) string {
	pieces := []string{"\n", " ", "\t", "  ", ": ", ":", "- ", "#", " #", "\"", "'", "{", "}", "[", "]", ",", "&a ", "*a",
		"<<: ",
		"|", ">", "!", "?", "%", "---\n", "...\n", "\\", "\x00", "\xff", "é", "${A}", "$", "0x", "~", "\r", "\u0085",
		"\u2028", "\ufeff"}
	for range rapid.IntRange(1, 4).Draw(t, "damages") {
		from := rapid.IntRange(0, len(content)).Draw(t, "from")
		content = content[:from] + rapid.SampledFrom(pieces).Draw(t, "piece") + content[from:]
	}
	return content
}
