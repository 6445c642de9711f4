package target

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"
)

//go:generate go test -tags unit -run TestSchemaFileIsUpToDate -update .

//go:embed targets.schema.json
var schemaText []byte

// Schema returns the JSON Schema of targets.yaml, made from the types of this package: see schema_made_test.go.
func Schema() []byte { return bytes.Clone(schemaText) }

// Prepare makes ready what Load needs whatever the file says, so that something else may be done meanwhile.
func Prepare() { validator() }

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

// keysOf lists the keys of each object in the file, by the name of its Go type.
var keysOf = sync.OnceValue(func() map[string][]string {
	schema := gjson.ParseBytes(schemaText)
	keys := map[string][]string{"File": propertiesOf(schema)}
	schema.Get(`\$defs`).ForEach(func(name, object gjson.Result) bool {
		keys[name.String()] = propertiesOf(object)
		return true
	})
	return keys
})

func propertiesOf(object gjson.Result) []string {
	var names []string
	object.Get("properties").ForEach(func(name, _ gjson.Result) bool {
		names = append(names, name.String())
		return true
	})
	return names
}

// knownWords are the words of ours, which errors may always show.
var knownWords = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for _, keys := range keysOf() {
		for _, k := range keys {
			known[k] = true
		}
	}
	return known
})
