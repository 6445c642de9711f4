package target

import (
	"bytes"
	"encoding/json"
	"sync"

	made "github.com/invopop/jsonschema"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:generate go test -run TestSchemaFileIsUpToDate -update .

// Schema returns the JSON Schema of targets.yaml, generated from the types of this package. The same text is kept in
// targets.schema.json, for editors.
func Schema() []byte { return schemaText() }

var schemaText = sync.OnceValue(func() []byte {
	text, err := json.MarshalIndent(reflected(), "", "  ")
	if err != nil {
		panic("target: its own schema cannot be written: " + err.Error())
	}
	return append(text, '\n')
})

// reflected is the schema that the types give, and the rules that types cannot express. Draft 7 is what all editors
// read.
func reflected() *made.Schema {
	s := (&made.Reflector{Anonymous: true, ExpandedStruct: true}).Reflect(File{})
	s.Version = "http://json-schema.org/draft-07/schema#"
	s.Title = "targets.yaml"
	addRules(s)
	return s
}

var validator = sync.OnceValue(func() *jsonschema.Schema {
	const name = "targets.schema.json"
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		panic("target: its own schema cannot be read: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, doc); err != nil {
		panic("target: its own schema cannot be used: " + err.Error())
	}
	return compiler.MustCompile(name)
})

// keysOf lists the keys of each object in the file, by the name of its Go type.
var keysOf = sync.OnceValue(func() map[string][]string {
	s := reflected()
	keys := map[string][]string{"File": propertyNames(s)}
	for name, def := range s.Definitions {
		keys[name] = propertyNames(def)
	}
	return keys
})

func propertyNames(s *made.Schema) []string {
	var names []string
	for p := s.Properties.Oldest(); p != nil; p = p.Next() {
		names = append(names, p.Key)
	}
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
