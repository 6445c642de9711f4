package clause

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// Format is what the JSON of an acceptance document calls its own form: see clauses.schema.json.
const Format = "session-conformance/clauses/1"

// Acceptance is the catalogue of some APIs as a document to agree on: what is demanded, where it stands, how it is
// judged, and what is not judged and why.
type Acceptance struct {
	Format string      `json:"format"`
	Tier   Tier        `json:"tier,omitempty"` // where it is of one tier only
	APIs   []AcceptAPI `json:"apis"`
}

// AcceptAPI is one API of it.
type AcceptAPI struct {
	API       string     `json:"api"`
	Documents []Document `json:"documents"`
	Clauses   []Accept   `json:"clauses"`
}

// Accept is one clause of it.
type Accept struct {
	ID            string   `json:"id"`
	Tier          Tier     `json:"tier"`
	Call          string   `json:"call"`
	Says          string   `json:"says"`
	Source        Source   `json:"source"`
	Title         string   `json:"title,omitempty"`         // of the source's document
	Note          string   `json:"note,omitempty"`          // what is tolerated, and what is not meant
	Contradiction string   `json:"contradiction,omitempty"` // what the documents contradict, and which reading is taken
	Unjudged      string   `json:"unjudged,omitempty"`      // why no spec judges it
	Specs         []string `json:"specs"`                   // that judge it
	Scenarios     []string `json:"scenarios,omitempty"`     // whose requests these specs read
}

// Accepting makes the document of a catalogue, of the specs that judge it, and of the scenarios that these read.
func Accepting(c *Catalogue, ledger, reads Ledger) Acceptance {
	api := AcceptAPI{API: c.API, Documents: c.Documents, Clauses: []Accept{}}
	for _, k := range c.Clauses {
		d, _ := c.Document(k.Source)
		api.Clauses = append(api.Clauses, Accept{ID: k.ID, Tier: k.Tier, Call: k.Call, Says: k.Says, Source: k.Source,
			Title: d.Title, Note: k.Note, Contradiction: k.Contradiction, Unjudged: k.Unjudged,
			Specs: append([]string{}, ledger[k.ID]...), Scenarios: slices.Compact(slices.Sorted(slices.Values(reads[k.ID])))})
	}
	return Acceptance{Format: Format, APIs: []AcceptAPI{api}}
}

// Only is the document with the clauses of one tier; empty: with all.
func (a Acceptance) Only(tier Tier) Acceptance {
	if tier == "" {
		return a
	}
	one := Acceptance{Format: a.Format, Tier: tier}
	for _, api := range a.APIs {
		api.Clauses = slices.DeleteFunc(slices.Clone(api.Clauses), func(k Accept) bool { return k.Tier != tier })
		one.APIs = append(one.APIs, api)
	}
	return one
}

// IDs are those of its clauses.
func (a Acceptance) IDs() (ids []string) {
	for _, api := range a.APIs {
		for _, k := range api.Clauses {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// Formats are the ones in which the document is written.
func Formats() []string { return []string{"text", "json", "html", "md"} }

// Write gives the document in one of the Formats.
func (a Acceptance) Write(format string) (string, error) {
	switch format {
	case "text":
		return a.text(), nil
	case "md":
		return a.markdown(), nil
	case "json":
		text, err := json.MarshalIndent(a, "", "  ")
		return string(text) + "\n", err
	case "html":
		var b strings.Builder
		err := page.Execute(&b, a)
		return b.String(), err
	}
	return "", fmt.Errorf("there is no format %q: use %s", format, strings.Join(Formats(), ", "))
}

//go:embed document.html
var pageText string

var page = template.Must(template.New("clauses").Funcs(template.FuncMap{"t": lang.T, "n": lang.N, "lang": lang.Reader,
	"source": lang.Source}).Parse(pageText))

// details are what there is to say of a clause beside its sentence, each with what it is.
func (k Accept) details() [][2]string {
	list := [][2]string{}
	add := func(what, text string) {
		if text != "" {
			list = append(list, [2]string{what, text})
		}
	}
	add(lang.T("source"), k.Where())
	add(lang.T("shows"), k.Source.Shows)
	add(lang.T("note"), lang.T(k.Note))
	add(lang.T("contradiction"), lang.T(k.Contradiction))
	add(lang.T("not judged"), lang.T(k.Unjudged))
	return list
}

// Where is the clause's source in words, with the title of its document.
func (k Accept) Where() string {
	if k.Title == "" {
		return lang.Source(k.Source.String())
	}
	number, rest, _ := strings.Cut(lang.Source(k.Source.String()), ", ")
	return fmt.Sprintf("%s %q, %s", number, k.Title, rest)
}

// Of gives the document's entry of one clause; false where it has none.
func (a Acceptance) Of(id string) (Accept, bool) {
	for _, api := range a.APIs {
		if i := slices.IndexFunc(api.Clauses, func(k Accept) bool { return k.ID == id }); i >= 0 {
			return api.Clauses[i], true
		}
	}
	return Accept{}, false
}

// Text is a clause for a terminal.
func (k Accept) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s) %s\n  %s\n", k.ID, lang.T(string(k.Tier)), k.Call, lang.T(k.Says))
	for _, d := range k.details() {
		fmt.Fprintf(&b, "  %s: %s\n", d[0], d[1])
	}
	for _, scenario := range k.Scenarios {
		fmt.Fprintf(&b, "  %s: %s\n", lang.T("sends"), scenario)
	}
	for _, spec := range k.Specs {
		fmt.Fprintf(&b, "  - %s\n", spec)
	}
	return b.String()
}

func (a Acceptance) text() string {
	var b strings.Builder
	for _, api := range a.APIs {
		fmt.Fprintf(&b, "%s\n", api.API)
		for _, d := range api.Documents {
			fmt.Fprintf(&b, "  %s\n", strings.Join(d.lines(), "\n    "))
		}
		b.WriteByte('\n')
		for _, k := range api.Clauses {
			b.WriteString(k.Text())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// lines describe a document: which file it is, and who judges the lines that are no clause's source.
func (d Document) lines() []string {
	list := []string{fmt.Sprintf("%s %q (%s), %s, SHA-256 %s", d.File, d.Title, d.about(),
		lang.N(d.Lines, "%d line", "%d lines"), d.SHA256)}
	for _, p := range d.Rest {
		list = append(list, fmt.Sprintf("%s: %s: %s", lang.Source(p.Where()), lang.T(p.Is), lang.T(p.Judged())))
	}
	return list
}

func (d Document) about() string { return strings.Trim(lang.T(d.Language)+"; "+lang.T(d.Remark), "; ") }

// Judged says which clauses judge a passage, or why none does.
func (p Passage) Judged() string {
	if p.Why != "" {
		return p.Why
	}
	return strings.Join(p.Clauses, ", ")
}

func (a Acceptance) markdown() string {
	var b strings.Builder
	for _, api := range a.APIs {
		fmt.Fprintf(&b, "# %s\n\n", api.API)
		for _, d := range api.Documents {
			for i, line := range d.lines() {
				fmt.Fprintf(&b, "%s- %s\n", strings.Repeat("  ", min(i, 1)), inMarkdown(line))
			}
		}
		for _, k := range api.Clauses {
			fmt.Fprintf(&b, "\n## %s\n\n%s (%s, `%s`)\n\n", k.ID, inMarkdown(lang.T(k.Says)), lang.T(string(k.Tier)), k.Call)
			for _, d := range k.details() {
				fmt.Fprintf(&b, "- %s: %s\n", d[0], inMarkdown(d[1]))
			}
			for _, spec := range k.Specs {
				fmt.Fprintf(&b, "- %s: %s\n", lang.T("judged by"), inMarkdown(spec))
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// inMarkdown keeps a text from being read as markup.
func inMarkdown(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "|",
		`\|`).Replace(text)
}
