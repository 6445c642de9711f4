package clause

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Source is where a clause stands: a document's file name, or "vendor" or "practice" for extra ones; the section; the
// lines of the file, such as "5" or "25-37, 40"; and what they show word for word, where the clause rests on that.
type Source struct {
	Document string `yaml:"document" json:"document"`
	Section  string `yaml:"section" json:"section"`
	Lines    string `yaml:"lines" json:"lines,omitempty"`
	Shows    string `yaml:"shows" json:"shows,omitempty"`
}

// String is the source in short: "001, response, lines 108-113".
func (s Source) String() string {
	parts := []string{s.Section}
	if document, _, _ := strings.Cut(s.Document, "_"); document != "" {
		parts = append([]string{document}, parts...)
	}
	if s.Lines != "" {
		parts = append(parts, inWords(s.Lines))
	}
	return strings.Join(parts, ", ")
}

// inWords are lines as they are spoken of: "line 5", "lines 25-37, 40".
func inWords(lines string) string {
	if strings.ContainsAny(lines, "-,") {
		return "lines " + lines
	}
	return "line " + lines
}

// Document is one of the texts that the clauses are taken from. The text itself is its vendor's and stands in no file
// of ours.
type Document struct {
	File     string `yaml:"file" json:"file"`
	Title    string `yaml:"title" json:"title"`
	Language string `yaml:"language" json:"language"`
	Remark   string `yaml:"remark" json:"remark,omitempty"`
	SHA256   string `yaml:"sha256" json:"sha256"` // of the file
	Lines    int    `yaml:"lines" json:"lines"`   // that the file has
	Blank    string `yaml:"blank" json:"-"`       // those without a text, as far as no clause names them
	// Rest are the lines that no clause names as its source.
	Rest []Passage `yaml:"rest" json:"rest,omitempty"`
}

// Passage is a part of a document that is no clause's source: clauses judge it all the same, or there is a reason why
// none does.
type Passage struct {
	Lines   string   `yaml:"lines" json:"lines"`
	Is      string   `yaml:"is" json:"is"`
	Clauses []string `yaml:"clauses" json:"clauses,omitempty"`
	Why     string   `yaml:"why" json:"why,omitempty"` // no clause judges it
}

// Where are the passage's lines in words.
func (p Passage) Where() string { return inWords(p.Lines) }

// Document gives the document that a clause is taken from; false where it is taken from none of the list.
func (c *Catalogue) Document(s Source) (Document, bool) {
	i := slices.IndexFunc(c.Documents, func(d Document) bool { return d.File == s.Document })
	if i < 0 {
		return Document{}, false
	}
	return c.Documents[i], true
}

// wrongSource says what is wrong with a clause's source, or is empty.
func (c *Catalogue) wrongSource(k Clause) string {
	d, listed := c.Document(k.Source)
	outside := k.Source.Document == "vendor" || k.Source.Document == "practice"
	switch {
	case !listed && !(outside && k.Tier == Extra):
		return fmt.Sprintf("has the source %q: name a document of the list above, or vendor or practice for an extra one",
			k.Source.Document)
	case !listed || k.Source.Lines == "":
		return ""
	}
	if _, err := linesOf(k.Source.Lines, d.Lines); err != nil {
		return "has source.lines " + err.Error()
	}
	return ""
}

var validSHA256 = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Unplaced lists the clauses of documents that do not say in which lines they stand, and the lines of which nobody says
// who judges them.
func (c *Catalogue) Unplaced() (wrong []string) {
	for _, k := range c.Clauses {
		if d, listed := c.Document(k.Source); listed && k.Source.Lines == "" {
			wrong = append(wrong, fmt.Sprintf("clause %s lacks source.lines: those of %s where it stands, such as 5 or "+
				"\"25-37, 40\"", k.ID, d.File))
		}
	}
	for _, d := range c.Documents {
		if line := slices.Index(c.named(d)[1:], false) + 1; line > 0 {
			wrong = append(wrong, fmt.Sprintf(
				"nobody says who judges line %d of %s: name it in a clause's source, or under rest", line, d.File))
		}
	}
	return wrong
}

// named says of each line of a document whether a clause, the rest or blank names it.
func (c *Catalogue) named(d Document) []bool {
	named := make([]bool, d.Lines+1)
	mark := func(lines string) {
		found, _ := linesOf(lines, d.Lines)
		for _, line := range found {
			named[line] = true
		}
	}
	for _, k := range c.Clauses {
		if k.Source.Document == d.File {
			mark(k.Source.Lines)
		}
	}
	for _, p := range d.Rest {
		mark(p.Lines)
	}
	mark(d.Blank)
	return named
}

// wrongDocument lists what is wrong with a document.
func (c *Catalogue) wrongDocument(d Document) (wrong []string) {
	if d.Title == "" || d.Language == "" || d.Lines < 1 || !validSHA256.MatchString(d.SHA256) {
		return []string{"it lacks one of title, language, lines and sha256"}
	}
	for _, lines := range append([]string{d.Blank}, linesOfRest(d)...) {
		if _, err := linesOf(lines, d.Lines); lines != "" && err != nil {
			wrong = append(wrong, "it has the lines "+err.Error())
		}
	}
	for _, p := range d.Rest {
		if p.Is == "" || (len(p.Clauses) == 0) == (p.Why == "") {
			wrong = append(wrong, fmt.Sprintf("say of its lines %s under is what they are, and either clauses or why", p.Lines))
		}
		for _, id := range p.Clauses {
			if _, known := c.Get(id); !known {
				wrong = append(wrong, fmt.Sprintf("its lines %s name the clause %s, which is not in the list", p.Lines, id))
			}
		}
	}
	return wrong
}

func linesOfRest(d Document) (lines []string) {
	for _, p := range d.Rest {
		lines = append(lines, p.Lines)
	}
	return lines
}

// linesOf reads lines such as "25-37, 40" of a file with so many.
func linesOf(text string, of int) (lines []int, err error) {
	for part := range strings.SplitSeq(text, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			to = from
		}
		first, wrong := strconv.Atoi(from)
		last, alsoWrong := strconv.Atoi(to)
		if wrong != nil || alsoWrong != nil || first < 1 || last < first || last > of {
			return nil, fmt.Errorf("%q: write them as 5 or \"25-37, 40\", from 1 to %d", text, of)
		}
		for line := first; line <= last; line++ {
			lines = append(lines, line)
		}
	}
	return lines, nil
}
