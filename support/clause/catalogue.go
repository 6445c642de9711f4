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

// Tiers are all of them.
func Tiers() []Tier { return []Tier{Stated, Shown, Extra} }

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
	Ru            Texts  `yaml:"ru"`            // in Russian; a text that an earlier clause has in Russian may be left out
}

// Texts are those of a clause for people to read.
type Texts struct {
	Says          string `yaml:"says"`
	Note          string `yaml:"note"`
	Contradiction string `yaml:"contradiction"`
	Unjudged      string `yaml:"unjudged"`
}

// Catalogue is the content of one clauses.yaml.
type Catalogue struct {
	API       string     `yaml:"api"`
	Documents []Document `yaml:"documents"`
	Clauses   []Clause   `yaml:"clauses"`
	// Ru is the Russian of what documents are called and made of, and of sections in our own words.
	Ru map[string]string `yaml:"ru"`
}

var (
	validID   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)+$`)
	validCall = regexp.MustCompile(`^(GET|POST|PUT|PATCH|DELETE) /\S*$`)
)

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
		if !slices.Contains(Tiers(), k.Tier) {
			say(k.ID, "has the tier %q: use stated, shown or extra", k.Tier)
		}
		if k.Call != "" && !validCall.MatchString(k.Call) {
			say(k.ID, "has the call %q: write a method and a path, such as GET /session", k.Call)
		}
		if problem := c.wrongSource(k); problem != "" {
			say(k.ID, "%s", problem)
		}
	}
	for _, d := range c.Documents {
		for _, problem := range c.wrongDocument(d) {
			wrong = append(wrong, fmt.Sprintf("suites/%s/clauses.yaml: document %s: %s", api, d.File, problem))
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
