package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"session-conformance/support/sink"
	"session-conformance/support/target"
)

//go:embed accepted.schema.json
var acceptedSchema []byte

//go:embed results.schema.json
var resultsSchema []byte

// acceptedLimit bounds an accepted state's file, in bytes. One of 100 targets takes about 2 MiB.
const acceptedLimit = 16 << 20

// ReadAccepted reads an accepted state strictly. The error says the file, the place in it, and what is wrong.
func ReadAccepted(path string) (*Accepted, error) {
	text, err := target.ReadRegular(path, acceptedLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: conformance accept -o %s keeps the last run as the accepted state", err, sink.Shell(path))
	}
	if err != nil {
		return nil, err
	}
	accepted, err := parseAccepted(text)
	if err != nil {
		return nil, fmt.Errorf("%s: not an accepted state: %w; conformance accept -o %s writes the last run's", path, err,
			sink.Shell(path))
	}
	return accepted, nil
}

func parseAccepted(text []byte) (*Accepted, error) {
	var accepted Accepted
	if err := parse(text, AcceptedFormat, acceptedValidator(), &accepted); err != nil {
		return nil, err
	}
	if err := accepted.check(text); err != nil {
		return nil, err
	}
	accepted.sort() // a person may have edited it
	return &accepted, nil
}

// parse decodes a document of ours that has the format and fits the schema.
func parse(text []byte, format string, schema *jsonschema.Schema, into any) error {
	if err := wellFormed(text); err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	// An unknown format comes first: of another one nothing else can be said.
	if object, ok := document.(map[string]any); ok {
		if other, ok := object["format"].(string); ok && other != format {
			return fmt.Errorf("%s: its format is %q, not %q", place(text, []string{"format"}), short200(other), format)
		}
	}
	if err := schema.Validate(document); err != nil {
		return explained(text, err)
	}
	return json.Unmarshal(text, into)
}

// check says what a schema cannot: nothing stands twice. The text gives the places; nil: there is none.
func (a *Accepted) check(text []byte) (wrong error) {
	seen := map[string]bool{}
	once := func(key, what string, location ...string) {
		if wrong == nil && seen[key] {
			at := ""
			if text != nil {
				at = place(text, location) + ": "
			}
			wrong = fmt.Errorf("%s%s stands here twice", at, what)
		}
		seen[key] = true
	}
	for i, t := range a.Targets {
		target, at, name := t.API+" "+t.Name, strconv.Itoa(i), short200(t.Name)
		once(target, fmt.Sprintf("the target %s (%s)", name, t.API), "targets", at)
		for j, s := range t.Specs {
			once(target+"\x00spec\x00"+s.Spec, fmt.Sprintf("the spec %q of %s", short200(s.Spec), name),
				"targets", at, "specs", strconv.Itoa(j))
		}
		for j, o := range t.Observations {
			once(target+"\x00seen\x00"+o.Name, fmt.Sprintf("the observation %q of %s", short200(o.Name), name),
				"targets", at, "observations", strconv.Itoa(j))
		}
	}
	return wrong
}

var (
	acceptedValidator = sync.OnceValue(func() *jsonschema.Schema {
		return validator("urn:session-conformance:accepted.schema.json", acceptedSchema)
	})
	resultsValidator = sync.OnceValue(func() *jsonschema.Schema {
		return validator("urn:session-conformance:results.schema.json", resultsSchema)
	})
)

// validator compiles a schema of ours. Its name is a URN: a relative one is resolved as a file's address against the
// working folder, whose path may be none.
func validator(name string, text []byte) *jsonschema.Schema {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic("report: its own schema cannot be read: " + err.Error())
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(name, document); err != nil {
		panic("report: its own schema cannot be used: " + err.Error())
	}
	return compiler.MustCompile(name)
}

// explained gives the first thing that the schema refuses, with its place.
func explained(text []byte, err error) error {
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return err
	}
	for len(invalid.Causes) > 0 {
		invalid = invalid.Causes[0]
	}
	where := strings.Join(invalid.InstanceLocation, ".")
	if where == "" {
		where = "the whole"
	}
	says := invalid.ErrorKind.LocalizedString(message.NewPrinter(language.English))
	return fmt.Errorf("%s: %s: %s", place(text, invalid.InstanceLocation), short200(where), short200(says))
}

// short200 makes a text of others fit for a line of an error.
func short200(text string) string { return shortened(text, 200) }
