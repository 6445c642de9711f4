//go:build unit

package target

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
