//go:build long

package sessions

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// catalogue is what these tests need of clauses.yaml.
type catalogue struct {
	Clauses []struct {
		ID       string `yaml:"id"`
		Unjudged string `yaml:"unjudged"`
	} `yaml:"clauses"`
}

// judged reads the clauses: their IDs, and whether a spec judges them.
func judged(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../../suites/sessions/clauses.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c catalogue
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, clause := range c.Clauses {
		all[clause.ID] = clause.Unjudged == ""
	}
	return all
}

func TestEveryPeculiarityIsNamedOnceAndSaysWhat(t *testing.T) {
	seen := map[string]bool{}
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)+$`)
	for _, q := range quirks {
		if seen[q.name] || !kebab.MatchString(q.name) {
			t.Errorf("the name %q is there twice or not in kebab-case", q.name)
		}
		if !strings.HasSuffix(q.says, ".") {
			t.Errorf("%s says no sentence: %q", q.name, q.says)
		}
		seen[q.name] = true
	}
}

func TestEveryJudgedClauseHasAFault(t *testing.T) {
	clauses, broken := judged(t), map[string]bool{}
	for _, f := range Faults {
		if !clauses[f.Clause] {
			t.Errorf("%s breaks %s, which does not exist or is not judged", f.Name, f.Clause)
		}
		broken[f.Clause] = true
	}
	for id, isJudged := range clauses {
		if isJudged && !broken[id] {
			t.Errorf("no fault breaks %s", id)
		}
	}
}

// A quirk without an effect of its own must be asked for by name, and nothing else may be asked for.
func TestEveryNameIsUsed(t *testing.T) {
	asked := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, found := range regexp.MustCompile(`Has\("([^"]+)"\)`).FindAllStringSubmatch(string(text), -1) {
			asked[found[1]] = true
		}
	}
	for _, q := range quirks {
		if q.do == nil && !asked[q.name] {
			t.Errorf("nothing asks for %s", q.name)
		}
		if q.do != nil && len(q.at) == 0 {
			t.Errorf("%s applies nowhere", q.name)
		}
		delete(asked, q.name)
	}
	for name := range asked {
		t.Errorf("%s is asked for and not listed", name)
	}
}

func TestUnknownNamesAreRefused(t *testing.T) {
	_, err := New(Config{With: []string{"status-zero"}})
	if err == nil || !strings.Contains(err.Error(), "status-200") {
		t.Errorf("got %v", err)
	}
}
