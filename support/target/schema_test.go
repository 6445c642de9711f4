//go:build unit

package target

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write targets.schema.json")

var validator = sync.OnceValue(compile)

// compile makes the schema ready to check with.
func compile() *jsonschema.Schema {
	// A URN, since a relative name is resolved as a file's address against the working folder, whose path may be none.
	const name = "urn:session-conformance:targets.schema.json"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		panic("target: its own schema cannot be read: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, doc); err != nil {
		panic("target: its own schema cannot be used: " + err.Error())
	}
	return compiler.MustCompile(name)
}

func TestSchemaFileIsUpToDate(t *testing.T) {
	const file = "targets.schema.json"
	wanted := madeSchema(t)
	if *update {
		if err := os.WriteFile(file, wanted, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(kept, wanted) {
		t.Fatalf("%s differs from the types (%v); run go generate ./support/target", file, err)
	}
}

func TestSchemaIsOneInDraft7(t *testing.T) {
	g := NewWithT(t)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	g.Expect(err).NotTo(HaveOccurred())
	meta, err := jsonschema.NewCompiler().Compile("http://json-schema.org/draft-07/schema#")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(meta.Validate(doc)).To(Succeed())
}

// What the schema itself refuses is what editors underline.
func TestSchemaAloneIsStrict(t *testing.T) {
	const user = `"user":{"login":"a","password":"b"}`
	for name, tt := range map[string]struct {
		target string
		fits   bool
	}{
		"the least":  {`{"name":"a","api":"sdm","url":"embedded"}`, true},
		"a real one": {`{"name":"a","api":"sdm","url":"https://h",` + user + `}`, true},
		"variables": {
			`{"name":"a","api":"sdm","url":"${A}","timeout":"${B}","probe":"${C}","version":"${D}",` + user + `}`, true},
		"no user":               {`{"name":"a","api":"sdm","url":"https://h"}`, false},
		"no password":           {`{"name":"a","api":"sdm","url":"https://h","user":{"login":"a"}}`, false},
		"an unknown key":        {`{"name":"a","api":"sdm","url":"embedded","x":1}`, false},
		"an unknown api":        {`{"name":"a","api":"x","url":"embedded"}`, false},
		"another API's key":     {`{"name":"a","api":"sdm","url":"embedded","token":"x"}`, false},
		"another API's feature": {`{"name":"a","api":"sdm","url":"embedded","without":["email"]}`, false},
		"a feature twice":       {`{"name":"a","api":"sdm","url":"embedded","without":["xml","xml"]}`, false},
		"nothing left":          {`{"name":"a","api":"sdm","url":"embedded","without":["xml","json"]}`, false},
		"a time without unit":   {`{"name":"a","api":"sdm","url":"embedded","timeout":"10"}`, false},
		"no concurrency":        {`{"name":"a","api":"sdm","url":"embedded","concurrency":0}`, false},
		"a probe without slash": {`{"name":"a","api":"sdm","url":"embedded","probe":"x"}`, false},
		"a version without v":   {`{"name":"a","api":"sdm","url":"embedded","version":"1.3"}`, false},
		"a blank in a name":     {`{"name":"a b","api":"sdm","url":"embedded"}`, false},
		"a blank in a header":   {`{"name":"a","api":"sdm","url":"embedded","headers":{"a b":"c"}}`, false},
		"an empty keycloak":     {`{"name":"a","api":"saymon","url":"embedded","keycloak":{}}`, false},
		"keycloak's two forms": {`{"name":"a","api":"saymon","url":"embedded","keycloak":{"token":"a","scope":"b"}}`,
			false},
		"refused tokens": {
			`{"name":"a","api":"saymon","url":"embedded","keycloak":{"token":"a","expired_token":"b","other_realm_token":"c"}}`, true},
		"refused tokens alone": {
			`{"name":"a","api":"saymon","url":"embedded","keycloak":{"expired_token":"b","other_realm_token":"c"}}`, false},
		"a username alone": {
			`{"name":"a","api":"saymon","url":"embedded","keycloak":{"issuer":"https://a","client_id":"b","username":"c"}}`,
			false},
		"a certificate alone": {`{"name":"a","api":"sdm","url":"embedded","tls":{"cert_file":"a"}}`, false},
		"a waiver without end": {`{"name":"a","api":"sdm","url":"embedded","waivers":[{"clause":"a","reason":"b"}]}`,
			false},
		"a waiver ending sometimes": {
			`{"name":"a","api":"sdm","url":"embedded","waivers":[{"clause":"a","reason":"b","until":"soon"}]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			var target any
			if err := json.Unmarshal([]byte(tt.target), &target); err != nil {
				t.Fatal(err)
			}
			err := validator().Validate(map[string]any{"targets": []any{target}})
			if fits := err == nil; fits != tt.fits {
				t.Errorf("fits: %v, want %v: %v", fits, tt.fits, err)
			}
		})
	}
}

// What a folder may be named, that a URL, a glob or a regular expression takes for something else.
var oddNames = []string{"My Job", "пульт", "^", "{ }", "a|b", "#1", "100%", "[x]", "a?b", "%zz"}

func TestTheSchemaIsUsedInFoldersOfAnyName(t *testing.T) {
	for _, name := range oddNames {
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Logf("this system has no folder %q: %v", name, err)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Chdir(folder)
			g := NewWithT(t)
			g.Expect(compile().Validate([]any{})).NotTo(Succeed())
			g.Expect(os.WriteFile(FileName, []byte("targets:\n  - {name: a, api: sdm, url: embedded}\n"), 0o600)).To(Succeed())
			path, err := Find()
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(Load(path, nil, nil)).To(HaveLen(1))
		})
	}
}

func TestAByteOrderMarkIsNoPartOfAFile(t *testing.T) {
	g := NewWithT(t)
	path := filepath.Join(t.TempDir(), "file")
	g.Expect(os.WriteFile(path, []byte("\ufefftext"), 0o600)).To(Succeed())
	g.Expect(ReadRegular(path, 100)).To(Equal([]byte("text")))
}
