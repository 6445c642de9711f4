// Package clause holds the catalogue of documented behaviours: clauses.yaml, read strictly.
package clause

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Tier says what a clause rests on.
type Tier string

const (
	Stated Tier = "stated" // prose or a table of a document says it
	Shown  Tier = "shown"  // only an example of a document shows it
	Extra  Tier = "extra"  // vendors' other pages, real clients or good practice say it: it warns
)

// Clause is one documented behaviour.
type Clause struct {
	ID            string `yaml:"id"`
	Tier          Tier   `yaml:"tier"`
	Call          string `yaml:"call"` // the documented call: "POST /session/login"
	Says          string `yaml:"says"`
	Source        Source `yaml:"source"`
	Note          string `yaml:"note"`
	Contradiction string `yaml:"contradiction"` // what the documents contradict, and which reading is taken
	Unjudged      string `yaml:"unjudged"`      // why no spec judges it
}

// Source is where a clause stands: a document's file name, or "vendor" or "practice" for extra ones; and the section.
type Source struct {
	Document string `yaml:"document"`
	Section  string `yaml:"section"`
}

// String is the source in short: "001, Response".
func (s Source) String() string {
	document, _, _ := strings.Cut(s.Document, "_")
	return strings.Trim(document+", "+s.Section, ", ")
}

// Document is one of the texts that the clauses are taken from.
type Document struct {
	File  string `yaml:"file"`
	Title string `yaml:"title"`
}

// Catalogue is the content of one clauses.yaml.
type Catalogue struct {
	API       string     `yaml:"api"`
	Documents []Document `yaml:"documents"`
	Clauses   []Clause   `yaml:"clauses"`
}

var validID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)

// Read parses a clauses.yaml and checks it. The error lists all that is wrong, each with its clause.
func Read(api string, text []byte) (*Catalogue, error) {
	var c Catalogue
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.DisallowUnknownField())
	if err := decoder.Decode(&c); err != nil {
		return nil, fmt.Errorf("suites/%s/clauses.yaml: %w", api, err)
	}
	var wrong []string
	say := func(id, format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("suites/%s/clauses.yaml: clause %q %s", api, id, fmt.Sprintf(format, args...)))
	}
	if c.API != api {
		wrong = append(wrong, fmt.Sprintf("suites/%s/clauses.yaml: its api is %q, not %q", api, c.API, api))
	}
	seen := map[string]bool{}
	for _, k := range c.Clauses {
		if !validID.MatchString(k.ID) || !strings.HasPrefix(k.ID, api+"-") {
			say(k.ID, "has an unusual ID: begin with %s- and use lower-case words and hyphens", api)
		}
		if seen[k.ID] {
			say(k.ID, "is there twice")
		}
		seen[k.ID] = true
		if k.Says == "" || k.Call == "" || k.Source.Section == "" {
			say(k.ID, "lacks one of says, call, source.section")
		}
		if !slices.Contains([]Tier{Stated, Shown, Extra}, k.Tier) {
			say(k.ID, "has the tier %q: use stated, shown or extra", k.Tier)
		}
		listed := slices.ContainsFunc(c.Documents, func(d Document) bool { return d.File == k.Source.Document })
		outside := k.Source.Document == "vendor" || k.Source.Document == "practice"
		if !listed && !(outside && k.Tier == Extra) {
			say(k.ID, "has the source %q: name a document of the list above, or vendor or practice for an extra one", k.Source.Document)
		}
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return &c, nil
}

// Get gives the clause with that ID.
func (c *Catalogue) Get(id string) (Clause, bool) {
	i := slices.IndexFunc(c.Clauses, func(k Clause) bool { return k.ID == id })
	if i < 0 {
		return Clause{}, false
	}
	return c.Clauses[i], true
}

// IDs lists the IDs in the catalogue's order.
func (c *Catalogue) IDs() []string {
	var ids []string
	for _, k := range c.Clauses {
		ids = append(ids, k.ID)
	}
	return ids
}
