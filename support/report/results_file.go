package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"unique"

	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// encode writes the results as JSON, a target at a time: of a thousand the whole text is as large as all the rest of
// a run. Each of many targets stands on a line of its own.
func (r *Results) encode(to io.Writer) error {
	frame := *r
	frame.Clauses, frame.Targets = r.clauses(), []Target{}
	text, err := json.MarshalIndent(frame, "", " ")
	if err != nil {
		return fmt.Errorf("the results do not encode: %w", err)
	}
	before, after, found := bytes.Cut(text, []byte(`"targets": []`))
	if !found || bytes.Contains(after, []byte(`"`)) {
		return errors.New("the results do not encode: their targets do not stand last")
	}
	if _, err := fmt.Fprintf(to, `%s"targets": [`, sink.JSON(before)); err != nil {
		return err
	}
	between, last := "\n  ", "]"
	for i := range r.Targets {
		text, err := r.encodeTarget(i)
		if err != nil {
			return fmt.Errorf("the results of %s do not encode: %w", r.Targets[i].Name, err)
		}
		if _, err := fmt.Fprintf(to, "%s%s", between, sink.JSON(text)); err != nil {
			return err
		}
		between, last = ",\n  ", "\n ]"
	}
	_, err = fmt.Fprintf(to, "%s%s\n", last, after)
	return err
}

func (r *Results) encodeTarget(i int) ([]byte, error) {
	if len(r.Targets) > manyTargets {
		return json.Marshal(&r.Targets[i])
	}
	return json.MarshalIndent(&r.Targets[i], "  ", " ")
}

// clauses are those that the results name.
func (r *Results) clauses() map[string]Documented {
	all := map[string]Documented{}
	for _, t := range r.Targets {
		for _, s := range t.Results {
			all[s.Clause] = s.Documented
		}
	}
	return all
}

// decode reads results and gives each target to a function, one at a time: all of a thousand are large.
func (r *Results) decode(from io.Reader, give func(Target)) error {
	d := json.NewDecoder(from)
	if token, err := d.Token(); err != nil {
		return err
	} else if token != json.Delim('{') {
		return errors.New("it is no JSON object")
	}
	frame := map[string]json.RawMessage{}
	for d.More() {
		name, err := d.Token()
		if err == nil && name == "targets" {
			err = decodeTargets(d, give)
		} else if err == nil {
			var value json.RawMessage
			err = d.Decode(&value)
			frame[fmt.Sprint(name)] = value
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON object")
	}
	text, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, r)
}

func decodeTargets(d *json.Decoder, give func(Target)) error {
	if token, err := d.Token(); err != nil || token == nil {
		return err
	} else if token != json.Delim('[') {
		return errors.New("targets is no list")
	}
	for d.More() {
		var t Target
		if err := d.Decode(&t); err != nil {
			return err
		}
		give(t)
	}
	_, err := d.Token()
	return err
}

// Read gives the results of the API that lie in the folder.
func (d Dir) Read(api string) (*Results, error) {
	var r Results
	if err := d.readTargets(&r, api, func(t Target) {
		for i := range t.Results {
			s := &t.Results[i] // the results of all targets repeat these: one copy of each is enough
			s.Clause, s.Tier, s.Spec, s.Verdict = one(s.Clause), one(s.Tier), one(s.Spec), one(s.Verdict)
		}
		r.Targets = append(r.Targets, t)
	}); err != nil {
		return nil, err
	}
	d.complete(&r)
	return &r, nil
}

// one is the text itself, of which the program holds one copy.
func one[T ~string](text T) T { return unique.Make(text).Value() }

// complete gives results what their file says once of a clause, and what lies beside it in files of its own, as far as
// it is there: who writes the results elsewhere writes it too.
func (d Dir) complete(r *Results) {
	for _, t := range r.Targets {
		for i := range t.Results {
			t.Results[i].Documented = r.Clauses[t.Results[i].Clause]
		}
	}
	r.Clauses = nil
	for i := range r.Targets {
		d.readScripts(&r.Targets[i])
	}
	if text, err := target.ReadRegular(d.appendix(r.API), resultsLimit); err == nil {
		r.Appendix = text
	}
}

// readTargets reads the results of an API without their targets, each of which it gives to a function.
func (d Dir) readTargets(r *Results, api string, give func(Target)) error {
	file, err := target.OpenRegular(d.json(api), resultsLimit)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := r.decode(file, give); err != nil {
		return fmt.Errorf("%s: not whole results: %w; judge again, or take the file as it was written", d.json(api), err)
	}
	if r.Format != Format {
		return fmt.Errorf("%s: its format is %q, not %q", d.json(api), r.Format, Format)
	}
	return nil
}

// resultsLimit bounds the results of one API, in bytes: ten thousand targets have more than one GiB.
const resultsLimit = 2 << 30

// Load gives the results of all APIs that lie in the folder, as All does, but says what is wrong with one that cannot
// be read: what is compared or accepted must not be missed silently.
func (d Dir) Load() ([]*Results, error) {
	var all []*Results
	for _, api := range target.APIs() {
		text, err := target.ReadRegular(d.json(api), resultsLimit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var r Results
		if err := parse(text, Format, resultsValidator(), &r); err != nil {
			return nil, fmt.Errorf("%s: not results: %w; judge again, or take the file as it was written", d.json(api),
				err)
		}
		if err := r.Sound(api); err != nil {
			return nil, fmt.Errorf("%s: %w", d.json(api), err)
		}
		d.complete(&r)
		all = append(all, &r)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no results lie in %s: judge something first (conformance run)", d.Path)
	}
	return all, nil
}

// Missing are those of an API's reports that a run writes and that are not there. A suite removes one that holds a
// secret.
func (d Dir) Missing(api string) []string {
	var missing []string
	for _, path := range []string{d.json(api), d.junit(api, 1), d.summary(), d.page()} {
		if _, err := os.Stat(path); err != nil {
			missing = append(missing, path)
		}
	}
	return missing
}
