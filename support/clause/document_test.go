//go:build unit

package clause

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	made "github.com/invopop/jsonschema"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:generate go test -tags unit -run TestTheSchemaIsUpToDate -update .

var update = flag.Bool("update", false, "write clauses.schema.json")

// accepting is a document whose texts are markup wherever they may be.
func accepting(t *testing.T) Acceptance {
	t.Helper()
	c, err := Read("demo", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	c.Clauses[0].Source.Shows = `<b>"sid"</b>`
	c.Clauses[0].Note = "any 2xx is *one*"
	c.Clauses[0].Contradiction = "One says so, the other not."
	return Accepting(c, Ledger{"demo-a": {"it is so"}}, Ledger{"demo-a": {"log in", "ask", "log in"}})
}

func TestEachFormatHoldsAllThatIsKnown(t *testing.T) {
	a := accepting(t)
	for _, format := range Formats() {
		g := NewWithT(t)
		text, err := a.Write(format)
		g.Expect(err).NotTo(HaveOccurred())
		for _, has := range []string{"demo-a", "A is a.", "GET /a", "001", "One", "Intro", "line", "any 2xx is",
			"One says so, the other not.", "it is so",
			"demo-b", "Nobody can see it.", "English", a.APIs[0].Documents[0].SHA256} {
			g.Expect(text).To(ContainSubstring(has), format)
		}
		if format == "html" || format == "md" {
			g.Expect(text).NotTo(ContainSubstring("<b>"), format)
			g.Expect(text).To(ContainSubstring("&lt;b&gt;"), format)
		}
	}
	_, err := a.Write("pdf")
	NewWithT(t).Expect(err).To(MatchError(`there is no format "pdf": use text, json, html, md`))
}

func TestOneTierOnly(t *testing.T) {
	g := NewWithT(t)
	c, err := Read("demo", []byte(good))
	g.Expect(err).NotTo(HaveOccurred())
	a := Accepting(c, Ledger{}, nil).Only(Extra)
	g.Expect(a.APIs[0].Clauses).To(HaveLen(1))
	_, found := a.Of("demo-a")
	g.Expect(found).To(BeFalse())
	k, found := a.Of("demo-b")
	g.Expect(found).To(BeTrue())
	g.Expect(k.Text()).To(Equal("demo-b (extra) GET /a\n  B is b.\n  source: practice, sense\n" +
		"  not judged: Nobody can see it.\n"))
}

func TestTheSchemaIsUpToDate(t *testing.T) {
	g := NewWithT(t)
	reflector := &made.Reflector{Anonymous: true, ExpandedStruct: true, AllowAdditionalProperties: true}
	g.Expect(reflector.AddGoComments("session-conformance/support/clause", ".")).To(Succeed())
	schema := reflector.Reflect(Acceptance{})
	schema.Title = "The clauses of session-conformance as a document to agree on"
	text, err := json.MarshalIndent(schema, "", "  ")
	g.Expect(err).NotTo(HaveOccurred())
	text = append(text, '\n')
	const file = "clauses.schema.json"
	if *update {
		g.Expect(os.WriteFile(file, text, 0o644)).To(Succeed())
	}
	kept, err := os.ReadFile(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(kept)).To(Equal(string(text)), "go generate ./support/clause writes it anew")

	compiler := jsonschema.NewCompiler()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(kept))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(compiler.AddResource("https://clauses.test/schema.json", doc)).To(Succeed())
	compiled, err := compiler.Compile("https://clauses.test/schema.json")
	g.Expect(err).NotTo(HaveOccurred())
	written, err := accepting(t).Write("json")
	g.Expect(err).NotTo(HaveOccurred())
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(written)))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(compiled.Validate(value)).To(Succeed())
}
