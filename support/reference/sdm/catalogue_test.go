//go:build long

package sdm_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
)

// clauses reads which clauses there are: false where no spec judges it.
func clauses(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../../suites/sdm/clauses.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Clauses []struct{ ID, Unjudged string }
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	judged := map[string]bool{}
	for _, c := range file.Clauses {
		judged[c.ID] = c.Unjudged == ""
	}
	return judged
}

// sources is the package's code without its lists of faults and variants.
func sources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "faults") || file == "variants.go" {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

var (
	kebab    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sentence = regexp.MustCompile(`^[A-Z].*\.$`)
)

func TestEveryNameIsGoodAndUsed(t *testing.T) {
	g, code, seen := NewWithT(t), sources(t), map[string]bool{}
	check := func(name, says string) {
		g.Expect(name).To(MatchRegexp(kebab.String()))
		g.Expect(says).To(MatchRegexp(sentence.String()), name)
		g.Expect(seen).NotTo(HaveKey(name))
		g.Expect(code).To(ContainSubstring(`"`+name+`"`), "listed, but used nowhere")
		seen[name] = true
	}
	for _, f := range sdm.Faults {
		check(f.Name, f.Says)
	}
	for _, v := range sdm.Variants {
		check(v.Name, v.Says)
	}
	for _, m := range regexp.MustCompile(`Has\("([^"]+)"\)`).FindAllStringSubmatch(code, -1) {
		g.Expect(seen).To(HaveKey(m[1]), "used, but listed nowhere")
	}
}

func TestEveryJudgedClauseHasAFault(t *testing.T) {
	g, judged, broken := NewWithT(t), clauses(t), map[string]bool{}
	for _, f := range sdm.Faults {
		g.Expect(judged).To(HaveKeyWithValue(f.Clause, true), f.Name)
		broken[f.Clause] = true
	}
	for id, isJudged := range judged {
		if isJudged {
			g.Expect(broken).To(HaveKey(id), "no fault breaks it")
		}
	}
}

func TestUnknownPeculiarity(t *testing.T) {
	g, config := NewWithT(t), sdm.Default()
	config.With = []string{"cookie-missing"}
	_, err := sdm.New(config)
	g.Expect(err).To(MatchError(ContainSubstring("cookie-absent")))
}
