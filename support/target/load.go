package target

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// Load reads the file at path, checks all of it, and returns the targets that names selects (none: all of them), in
// the file's order, with `${NAME}` resolved for those only. clauses gives the IDs of an API's clauses, which waivers
// may name; a nil function, and a nil list for an API, leave them unchecked. Where the file or the choice is at fault, the error is an *Error that holds
// all that is wrong.
func Load(path string, names []string, clauses func(api string) []string) ([]Target, error) {
	content, err := readFile(path)
	if err != nil {
		return nil, err
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("cannot tell the folder of %s: %w", path, err)
	}
	ps := &problems{path: path, lines: strings.Split(content, "\n")}
	root := ps.parse(content)
	if root == nil {
		return nil, ps.err()
	}
	c := newChecker(ps, root)
	c.folder, c.clauses = folder, clauses
	c.choose(names)
	c.run(root)
	c.checkSchema(root)
	if err := ps.err(); err != nil {
		return nil, err
	}
	var loaded []Target
	for _, t := range c.targets {
		if !t.selected {
			continue
		}
		target, err := c.decode(t)
		if err != nil {
			return nil, fmt.Errorf("%s: target %s: %w", path, t.label, err)
		}
		loaded = append(loaded, target)
	}
	return loaded, nil
}

// decode makes a Target of a checked node: variables resolved, defaults filled in, paths absolute.
func (c *checker) decode(t *targetNode) (Target, error) {
	fields := t.node.plain(func(n *node) string { return resolved(n.text) }, false).(map[string]any)
	timeout := DefaultTimeout
	if s, ok := fields["timeout"].(string); ok {
		timeout, _ = time.ParseDuration(s) // checked
		delete(fields, "timeout")
	}
	whole, err := json.Marshal(fields)
	if err != nil {
		return Target{}, err
	}
	target := Target{Concurrency: DefaultConcurrency}
	d := json.NewDecoder(bytes.NewReader(whole))
	d.UseNumber() // numbers in node stay as they are written
	d.DisallowUnknownFields()
	if err := d.Decode(&target); err != nil {
		return Target{}, err
	}
	target.Timeout = timeout
	target.URL = strings.TrimRight(target.URL, "/")
	if target.API == SDM && target.Version == "" {
		target.Version = DefaultVersion
	}
	if target.API == SDM && target.Probe == "" {
		target.Probe = DefaultProbe
	}
	c.placeFiles(target.TLS)
	if target.Keycloak != nil {
		c.placeFiles(target.Keycloak.TLS)
	}
	return target, nil
}

// placeFiles makes the paths of the files absolute.
func (c *checker) placeFiles(t *TLS) {
	if t == nil {
		return
	}
	for _, path := range []*string{&t.CAFile, &t.CertFile, &t.KeyFile} {
		if *path != "" {
			*path = c.inFolder(*path)
		}
	}
}
