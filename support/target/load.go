package target

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"
)

// Load reads targets.yaml, or what Documents finds in its place, checks all of it, and returns the targets that names
// selects (none: all of them), in their order, with `${NAME}` resolved for those only. clauses gives the IDs of an
// API's clauses, which waivers may name; a nil function, and a nil list for an API, leave them unchecked. Of a run that
// is shared out only the part that SHARD names is selected. Where a file or the choice is at fault, the error is an
// *Error that holds all that is wrong.
func Load(path string, names []string, clauses func(api string) []string) ([]Target, error) {
	documents, err := documentsAt(path)
	if err != nil {
		return nil, err
	}
	var all []*checker
	for _, d := range documents {
		c, err := d.check(clauses)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	checkNames(all, names)
	part, err := shardFromEnvironment()
	if err != nil {
		return nil, err
	}
	part.take(all)
	var found []Problem
	for _, c := range all {
		if c.root != nil {
			c.run()
		}
		found = append(found, c.sorted()...)
	}
	if len(found) > 0 {
		return nil, &Error{Problems: found}
	}
	var loaded []Target
	for _, c := range all {
		for _, t := range c.targets {
			if !t.selected {
				continue
			}
			target, err := c.decode(t)
			if err != nil {
				return nil, fmt.Errorf("%s: target %s: %w", c.path, t.label, err)
			}
			loaded = append(loaded, target)
		}
	}
	return loaded, nil
}

// check parses a document and finds its targets. What is wrong with it is noted; the root is nil where it has no
// structure.
func (d document) check(clauses func(api string) []string) (*checker, error) {
	folder, err := filepath.Abs(d.folder)
	if err != nil {
		return nil, fmt.Errorf("cannot tell the folder of %s: %w", d.path, err)
	}
	ps := &problems{path: d.path, lines: strings.Split(d.text, "\n"), before: d.before, indent: d.indent}
	c := newChecker(ps, ps.parse(d.text))
	c.folder, c.clauses = folder, clauses
	return c, nil
}

// decode makes a Target of a checked node: variables resolved, defaults filled in, paths absolute.
func (c *checker) decode(t *targetNode) (Target, error) {
	fields := t.node.plain(func(n *node) string { return resolved(n.text) }).(map[string]any)
	pause, idle := DefaultWrongPasswordPause, DefaultSessionIdle
	if fields["url"] == "embedded" {
		pause, idle = 0, EmbeddedSessionIdle
	}
	timeout := takeDuration(fields, "timeout", DefaultTimeout)
	pause = takeDuration(fields, "wrong_password_pause", pause)
	idle = takeDuration(fields, "session_idle", idle)
	whole, err := json.Marshal(fields)
	if err != nil {
		return Target{}, err
	}
	target := Target{Concurrency: DefaultConcurrency, WrongPasswords: DefaultWrongPasswords, Own: Of(t.api).Own}
	if err := json.Unmarshal(whole, &target); err != nil {
		return Target{}, err
	}
	target.Timeout, target.WrongPasswordPause, target.SessionIdle = timeout, pause, idle
	target.Variables = t.named()
	target.URL = scheme.ReplaceAllStringFunc(strings.TrimRight(target.URL, "/"), strings.ToLower)
	c.placeFiles(target.TLS)
	if realm := target.Realm(); realm != nil {
		realm.Issuer = scheme.ReplaceAllStringFunc(realm.Issuer, strings.ToLower)
		c.placeFiles(realm.TLS)
	}
	return target, nil
}

// takeDuration takes a time out of a target's fields, which is checked; without it the default holds.
func takeDuration(fields map[string]any, key string, otherwise time.Duration) time.Duration {
	if s, ok := fields[key].(string); ok {
		otherwise, _ = time.ParseDuration(s)
		delete(fields, key)
	}
	return otherwise
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
