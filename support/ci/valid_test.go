//go:build unit

package ci

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schema is a CI's public schema; testdata/README.md says whence.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	g := NewWithT(t)
	packed, err := gzip.NewReader(bytes.NewReader(text(t, "testdata/"+name+".schema.json.gz")))
	g.Expect(err).NotTo(HaveOccurred())
	document, err := jsonschema.UnmarshalJSON(packed)
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	g.Expect(compiler.AddResource("file:///"+name, document)).To(Succeed())
	compiled, err := compiler.Compile("file:///" + name)
	g.Expect(err).NotTo(HaveOccurred())
	return compiled
}

// fits validates a text in YAML.
func fits(t *testing.T, s *jsonschema.Schema, content []byte) error {
	t.Helper()
	converted, err := yaml.YAMLToJSON(content)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(converted))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	if s.Location == "file:///azure-pipelines#" {
		document = untyped(document)
	}
	if err := s.Validate(document); err != nil {
		return errors.New(err.Error()) // as text: the causes of the error refer to each other
	}
	return nil
}

// untyped makes every scalar but a task's inputs a text: so Azure reads YAML, and so its schema takes it.
func untyped(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			if key != "inputs" {
				value[key] = untyped(value[key])
			}
		}
	case []any:
		for i := range value {
			value[i] = untyped(value[i])
		}
	case string:
	default:
		return fmt.Sprint(value)
	}
	return value
}

func TestExamplesFitTheirSchemas(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{} // Azure's has 33,000 lines
	for _, test := range []struct{ file, schema, from, to string }{
		{"github-actions.yml", "github-workflows", "runs-on:", "runs-at:"},
		{"github-actions.yml", "github-workflows", "    steps:", "    step:"},
		{"github-actions-archive.yml", "github-workflows", "runs-on:", "runs-at:"},
		{"gitlab-ci-archive.yml", "gitlab-ci", "when: always", "when: whenever"},
		{"azure-pipelines-archive.yml", "azure-pipelines", "displayName:", "display:"},
		{"gitlab-ci.yml", "gitlab-ci", "when: always", "when: whenever"},
		{"gitlab-ci.yml", "gitlab-ci", "  cache:", "  caches:"},
		{"gitlab-ci.yml", "gitlab-ci", "resource_group:", "resourcegroup:"},
		{"azure-pipelines.yml", "azure-pipelines", "PublishTestResults@2", "PublishTestResults"},
		{"azure-pipelines.yml", "azure-pipelines", "testResultsFiles:", "testResultFiles:"},
		{"azure-pipelines.yml", "azure-pipelines", "displayName:", "display:"},
	} {
		g := NewWithT(t)
		if schemas[test.schema] == nil {
			schemas[test.schema] = schema(t, test.schema)
		}
		s, content := schemas[test.schema], text(t, test.file)
		g.Expect(fits(t, s, content)).To(Succeed(), test.file)
		broken := bytes.Replace(content, []byte(test.from), []byte(test.to), 1)
		g.Expect(broken).NotTo(Equal(content), test.from)
		g.Expect(fits(t, s, broken)).NotTo(Succeed(), "%s is accepted in %s", test.to, test.file)
	}
}

// What is fetched is pinned: an action to a commit, Go to a version that this module can be built with.
func TestExamplesPinWhatTheyFetch(t *testing.T) {
	g := NewWithT(t)
	for file, n := range map[string]int{"github-actions.yml": 5, "github-actions-archive.yml": 2, "action/action.yml": 2} {
		uses := regexp.MustCompile(`uses: (actions/\S+)`).FindAllSubmatch(text(t, file), -1)
		g.Expect(uses).To(HaveLen(n), file)
		for _, u := range uses {
			g.Expect(string(u[1])).To(MatchRegexp(`^actions/[a-z-]+@[0-9a-f]{40}$`))
		}
	}
	mod, err := os.ReadFile("../../go.mod")
	g.Expect(err).NotTo(HaveOccurred())
	minor := regexp.MustCompile(`(?m)^go (\d+\.\d+)\.`).FindSubmatch(mod)
	g.Expect(minor).NotTo(BeNil())
	for file, pattern := range map[string]string{"gitlab-ci.yml": `image: golang:`, "azure-pipelines.yml": `version: `} {
		g.Expect(string(text(t, file))).To(MatchRegexp(`(?m)%s%s\.\d+$`, pattern, regexp.QuoteMeta(string(minor[1]))), file)
	}
}

func TestExamplesKeepTheirReportsWhenRed(t *testing.T) {
	for _, p := range pipelines(t) {
		g := NewWithT(t)
		g.Expect(p.always).To(BeTrue(), p.file)
		g.Expect(p.steps).NotTo(BeEmpty(), p.file)
		g.Expect(p.uploads).NotTo(BeEmpty(), p.file)
		if p.ci == "github" { // which has no reader of JUnit of its own
			g.Expect(p.junit).To(BeEmpty(), p.file)
		} else {
			g.Expect(p.junit).NotTo(BeEmpty(), p.file)
		}
	}
}
