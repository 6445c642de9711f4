package target

import (
	"bytes"
	_ "embed"
)

//go:generate go test -tags unit -run TestSchemaFileIsUpToDate -update .

//go:embed targets.schema.json
var schemaText []byte

// Schema returns the JSON Schema of targets.yaml, made from the types that checkShape goes by:
// see schema_made_test.go. Editors use it.
func Schema() []byte { return bytes.Clone(schemaText) }
