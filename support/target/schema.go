package target

import (
	"bytes"
	_ "embed"
	"reflect"
	"slices"
	"sync"
)

//go:generate go test -tags unit -run TestSchemaFileIsUpToDate -update .

//go:embed targets.schema.json
var schemaText []byte

// Schema returns the JSON Schema of targets.yaml, made from the types that checkShape goes by:
// see schema_made_test.go. Editors use it.
func Schema() []byte { return bytes.Clone(schemaText) }

// keysOf lists the keys of each object in the file, by the name of its Go type.
var keysOf = sync.OnceValue(func() map[string][]string {
	keys := map[string][]string{}
	var add func(of reflect.Type)
	add = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || keys[of.Name()] != nil {
			return
		}
		for _, field := range fieldsOf(of) {
			if key := keyOf(field); !slices.Contains(keys[of.Name()], key) {
				keys[of.Name()] = append(keys[of.Name()], key)
			}
			add(field.Type)
		}
	}
	add(reflect.TypeFor[File]())
	return keys
})

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
