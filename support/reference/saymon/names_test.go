//go:build long

package saymon

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// catalogue is the part of clauses.yaml that the tests need.
type catalogue struct {
	Clauses []struct{ ID, Unjudged string }
}

func readCatalogue(t *testing.T) catalogue {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "suites", "saymon", "clauses.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var c catalogue
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestNamesAreUniqueAndExplained(t *testing.T) {
	seen := map[string]bool{}
	check := func(name, says string) {
		if seen[name] {
			t.Errorf("%s stands twice", name)
		}
		seen[name] = true
		if !kebab.MatchString(name) {
			t.Errorf("%q is not of lower-case words with hyphens", name)
		}
		if len(says) < 15 || !strings.HasSuffix(says, ".") {
			t.Errorf("%s has no sentence: %q", name, says)
		}
	}
	for _, f := range Faults {
		check(f.Name, f.Says)
	}
	for _, v := range Variants {
		check(v.Name, v.Says)
	}
}

func TestFaultsAndClausesMatch(t *testing.T) {
	judged, broken := map[string]bool{}, map[string]bool{}
	for _, c := range readCatalogue(t).Clauses {
		judged[c.ID] = c.Unjudged == ""
	}
	for _, f := range Faults {
		if !judged[f.Clause] {
			t.Errorf("%s breaks %s, which is no clause that a spec judges", f.Name, f.Clause)
		}
		broken[f.Clause] = true
	}
	for id, is := range judged {
		if is && !broken[id] {
			t.Errorf("no fault breaks %s", id)
		}
	}
}

// code returns the package's sources without tests and lists of names.
func code(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "faults") || name == "variants.go" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// used says whether the code asks for a name, as a whole or put together of a way in or a refusal's kind.
func used(code, name string) bool {
	if strings.Contains(code, `"`+name+`"`) {
		return true
	}
	for _, in := range ways {
		if begin, ok := strings.CutSuffix(name, string(in.way)); ok && strings.Contains(code, `"`+begin+`"`) {
			return true
		}
	}
	for _, end := range []string{"-accepted", "-answered-200", "-answered-500", "-leaves-live-cookie", "-leaves-live-id", "-leaves-live-token"} {
		if kind, ok := strings.CutSuffix(name, end); ok && strings.Contains(code, `"`+end+`"`) {
			return strings.Contains(code, `refusal{"`+kind+`"`)
		}
	}
	return false
}

func TestNamesAreUsed(t *testing.T) {
	code, listed := code(t), map[string]bool{}
	for _, f := range Faults {
		listed[f.Name] = true
	}
	for _, v := range Variants {
		listed[v.Name] = true
	}
	for name := range listed {
		if !used(code, name) {
			t.Errorf("%s is listed and not used", name)
		}
	}
	for _, asked := range regexp.MustCompile(`Has\("([^"]+)"\)`).FindAllStringSubmatch(code, -1) {
		if !listed[asked[1]] {
			t.Errorf("%s is used and not listed", asked[1])
		}
	}
}
