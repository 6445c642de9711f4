//go:build unit

package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	made "github.com/invopop/jsonschema"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"

	"session-conformance/support/target"
)

var update = flag.Bool("update", false, "write results.schema.json and accepted.schema.json")

// schemas are made from the Go types and the comments that stand at them.
func schemas(t *testing.T) map[string]*made.Schema {
	t.Helper()
	reflector := &made.Reflector{Anonymous: true, ExpandedStruct: true}
	if err := reflector.AddGoComments("session-conformance/support/report", "."); err != nil {
		t.Fatal(err)
	}
	accepted := reflector.Reflect(Accepted{})
	accepted.Title = "An accepted state of session-conformance"
	only(accepted, "format", AcceptedFormat)
	one := accepted.Definitions["AcceptedTarget"]
	only(one, "api", target.APIs()...)
	name(one)
	only(accepted.Definitions["AcceptedSpec"], "verdict", words(Verdicts())...)

	// Fields may be added to the results within a format, so a reader ignores those that it does not know.
	reflector.AllowAdditionalProperties = true
	results := reflector.Reflect(Results{})
	results.Title = "The results of a run of session-conformance"
	only(results, "format", Format)
	only(results, "api", target.APIs()...)
	name(results.Definitions["Target"])
	only(results.Definitions["Target"], "verdict", words([]Verdict{Conformant, Partial, NonConformant, Inconclusive})...)
	only(results.Definitions["Result"], "verdict", words(Verdicts())...)
	only(results.Definitions["Result"], "tier", "stated", "shown", "extra")
	return map[string]*made.Schema{"accepted.schema.json": accepted, "results.schema.json": results}
}

// only lists the words that a property takes.
func only(s *made.Schema, key string, words ...string) {
	property, _ := s.Properties.Get(key)
	for _, word := range words {
		property.Enum = append(property.Enum, word)
	}
}

// name says what targets.yaml allows for a target's name: files are named after it.
func name(s *made.Schema) {
	property, _ := s.Properties.Get("name")
	property.Pattern = "^[A-Za-z0-9][A-Za-z0-9.-]*$"
}

func words(verdicts []Verdict) []string {
	var list []string
	for _, v := range verdicts {
		list = append(list, string(v))
	}
	return list
}

// laidOut is JSON in which all that is short stands on one line, so that a property of a type has a line of its own.
func laidOut(value gjson.Result, indent string) string {
	if len(indent)+len(value.Raw) <= 110 || !value.IsObject() && !value.IsArray() {
		return value.Raw
	}
	var lines []string
	value.ForEach(func(key, inner gjson.Result) bool {
		line := indent + " "
		if value.IsObject() {
			line += key.Raw + ": "
		}
		lines = append(lines, line+laidOut(inner, indent+" "))
		return true
	})
	return value.Raw[:1] + "\n" + strings.Join(lines, ",\n") + "\n" + indent + value.Raw[len(value.Raw)-1:]
}

func TestSchemaFilesAreUpToDate(t *testing.T) {
	for file, schema := range schemas(t) {
		whole, err := json.Marshal(schema)
		if err != nil {
			t.Fatal(err)
		}
		text := []byte(laidOut(gjson.ParseBytes(whole), "") + "\n")
		if *update {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(kept, text) {
			t.Errorf("%s differs from the types (%v); run go generate ./support/report", file, err)
		}
	}
}

// compiled is a schema of this folder, itself checked against the draft that it names.
func compiled(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	schema, err := compiler.Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestSchemasAreOnesInTheirDraft(t *testing.T) {
	g := NewWithT(t)
	meta, err := jsonschema.NewCompiler().Compile("https://json-schema.org/draft/2020-12/schema")
	g.Expect(err).NotTo(HaveOccurred())
	for _, file := range []string{"accepted.schema.json", "results.schema.json"} {
		text, err := os.ReadFile(file)
		g.Expect(err).NotTo(HaveOccurred())
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(meta.Validate(document)).To(Succeed())
		schema := document.(map[string]any)
		g.Expect(schema["$schema"]).To(Equal("https://json-schema.org/draft/2020-12/schema"),
			"which is the draft that it is checked against")
		schema["required"] = "format"
		g.Expect(meta.Validate(schema)).NotTo(Succeed())
	}
}

func TestResultsFitTheirSchema(t *testing.T) {
	g := NewWithT(t)
	schema := compiled(t, "results.schema.json")
	for _, r := range []*Results{sample(), {Format: Format, API: "sdm", Started: now, Problems: []string{"no"},
		Targets: []Target{}}} {
		text, err := json.Marshal(r)
		g.Expect(err).NotTo(HaveOccurred())
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(schema.Validate(document)).To(Succeed())
		document.(map[string]any)["api"] = "other"
		g.Expect(schema.Validate(document)).NotTo(Succeed())
	}
}

func TestAcceptedFitsItsSchema(t *testing.T) {
	g := NewWithT(t)
	accepted, err := Accept([]*Results{sample()})
	g.Expect(err).NotTo(HaveOccurred())
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(accepted.JSON()))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(compiled(t, "accepted.schema.json").Validate(document)).To(Succeed())
}

func TestTheSchemasAreUsedInFoldersOfAnyName(t *testing.T) {
	for _, name := range []string{"My Job", "пульт", "^", "{ }", "a|b", "#1", "100%", "[x]"} {
		folder := filepath.Join(t.TempDir(), name)
		if os.Mkdir(folder, 0o700) != nil {
			continue // this system has no such folders
		}
		t.Run(name, func(t *testing.T) {
			t.Chdir(folder)
			g := NewWithT(t)
			g.Expect(validator("urn:session-conformance:accepted.schema.json", acceptedSchema)).NotTo(BeNil())
		})
	}
}
