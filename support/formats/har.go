// Package formats checks what we write against the definitions that others publish: HAR 1.2 and JUnit.
//
// The definitions stand in this folder as they were published. har-1.2 is the npm package har-schema 2.0.0 (ISC
// licence, in the folder); junit/junit-10.xsd is the schema of Jenkins' xUnit plugin (MIT licence, in the file) as
// pytest 8.4.2 carries it.
package formats

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed har-1.2/*.json
var harSchemas embed.FS

var harSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	files, err := harSchemas.ReadDir("har-1.2")
	if err != nil {
		return nil, err
	}
	const base = "file:///har-1.2/" // the schemas refer to each other by their file names
	for _, file := range files {
		text, err := harSchemas.ReadFile(path.Join("har-1.2", file.Name()))
		if err != nil {
			return nil, err
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
		document.(map[string]any)["type"] = "object" // which cache.json and timings.json leave out, so that they take null
		if err := compiler.AddResource(base+file.Name(), document); err != nil {
			return nil, err
		}
	}
	return compiler.Compile(base + "har.json")
})

// HAR says what keeps a file from being HAR 1.2 by its public schema.
func HAR(text []byte) error {
	schema, err := harSchema()
	if err != nil {
		return fmt.Errorf("the schema of HAR 1.2 cannot be used: %w", err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("the file is no JSON: %w", err)
	}
	if err := schema.Validate(document); err != nil {
		return fmt.Errorf("the file is no HAR 1.2: %w", err)
	}
	return nil
}
