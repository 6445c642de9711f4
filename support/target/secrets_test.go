//go:build unit

package target

import (
	"errors"
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

// FuzzLoad wants targets or a readable error of any file, never a panic.
func FuzzLoad(f *testing.F) {
	for _, file := range []string{"testdata/example.yaml", "testdata/secrets.yaml", "../../targets.yaml"} {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	for _, tt := range wrongValues {
		f.Add([]byte(tt.file))
	}
	path := filepath.Join(f.TempDir(), "targets.yaml")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		targets, err := Load(path, nil, clauses)
		var wrong *Error
		switch {
		case err == nil && len(targets) == 0:
			t.Error("neither targets nor an error")
		case err == nil:
			for _, target := range targets {
				if target.Name == "" || target.Timeout <= 0 || target.Concurrency < 1 || Of(target.API).Name == "" {
					t.Errorf("not a target: %+v", target)
				}
			}
		case errors.As(err, &wrong):
			for _, p := range wrong.Problems {
				if p.Message == "" || p.Line < 0 || strings.Contains(p.Message, "%!") {
					t.Errorf("not a problem: %+v", p)
				}
			}
		}
	})
}
