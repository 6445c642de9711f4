//go:build unit

package target

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

// tree makes a module with a folder below it, and makes that the working directory.
func tree(t *testing.T) (module, below string) {
	t.Helper()
	module, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	below = filepath.Join(module, "suites", "sdm")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module session-conformance\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(below)
	t.Setenv("TARGETS_FILE", "")
	return module, below
}

func touch(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFindTakesTheNearest(t *testing.T) {
	g := NewWithT(t)
	module, below := tree(t)
	_, err := Find()
	g.Expect(err).To(MatchError(And(
		ContainSubstring(filepath.Join(below, "targets.yaml")+"\n"),
		ContainSubstring(filepath.Join(module, "targets.yaml")+"\n"),
		HaveSuffix("\n  /targets.yaml"),
		ContainSubstring("set TARGETS_FILE"))))

	touch(t, filepath.Join(module, "targets.yaml"))
	g.Expect(Find()).To(Equal(filepath.Join(module, "targets.yaml")))
	touch(t, filepath.Join(below, "targets.yaml"))
	g.Expect(Find()).To(Equal(filepath.Join(below, "targets.yaml")))
}

func TestFindTakesTheVariable(t *testing.T) {
	g := NewWithT(t)
	module, below := tree(t)
	touch(t, filepath.Join(module, "targets.yaml"))
	touch(t, filepath.Join(below, "lab.yaml"))
	t.Setenv("TARGETS_FILE", "suites/sdm/lab.yaml")
	g.Expect(Find()).To(Equal(filepath.Join(below, "lab.yaml")))
	t.Setenv("TARGETS_FILE", filepath.Join(below, "lab.yaml"))
	g.Expect(Find()).To(Equal(filepath.Join(below, "lab.yaml")))
	t.Setenv("TARGETS_FILE", "lab.yaml")
	_, err := Find()
	g.Expect(err).To(MatchError("TARGETS_FILE=lab.yaml: tried " + filepath.Join(module, "lab.yaml") +
		": no such file or directory"))
}

func TestFromRootOutsideOfTheSources(t *testing.T) {
	g := NewWithT(t)
	module, below := tree(t)
	g.Expect(FromRoot("reports/")).To(Equal(filepath.Join(module, "reports")))
	g.Expect(os.WriteFile(filepath.Join(module, "go.mod"), []byte("module acme.test/product\n"), 0o600)).To(Succeed())
	g.Expect(FromRoot("reports")).To(Equal(filepath.Join(below, "reports")))
	g.Expect(FromRoot("/x/../reports")).To(Equal("/reports"))
}

func TestCommasWithoutANameSelectNothing(t *testing.T) {
	g := NewWithT(t)
	for given, selected := range map[string][]string{"": nil, "  ": nil, "a, b,": {"a", "b"}, ",": {","},
		" , ,": {", ,"}} {
		t.Setenv("TARGET", given)
		g.Expect(Selection()).To(Equal(selected), "%q", given)
	}
}
