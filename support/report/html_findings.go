package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/lang"
)

// finding is a clause that is not met, once however many ways in show it.
type finding struct {
	Result        // of the first spec that shows it
	ID            string
	Page          *page
	Excuse        string // the waiver's reason
	Document      string // the title of its source
	Expected, Got *marked
	Hint          string
	Specs         []*Result
	Exchanges     []exchangeView
	Script        *Script // nil: there is none
}

// Link leads to it from the page of all targets.
func (f *finding) Link() string { return f.Page.link(f.ID) }

// exchangeView is an exchange on a page.
type exchangeView struct {
	*Shown
	Open bool
}

// marked is a text of which some pieces differ from another one.
type marked []piece

type piece struct {
	Text    string
	Differs bool
}

// findings are the clauses that some spec judged so: the stated ones first.
func (p *page) findings(verdicts ...Verdict) (list []*finding) {
	for _, specs := range grouped(p.As(verdicts...), clauseOf) {
		list = append(list, p.finding(specs))
	}
	sortBy(list, func(f *finding) int { return slices.Index(tiers, f.Tier) })
	return list
}

// finding is a clause that the specs show not to be met.
func (p *page) finding(specs []*Result) *finding {
	s := specs[0]
	f := &finding{Result: *s, ID: p.Anchor(s.Clause), Page: p, Specs: specs}
	f.Says = cmp.Or(s.Says, s.Spec)
	number, _, _ := strings.Cut(s.Source, ",")
	for _, d := range p.API.Documents {
		if strings.HasPrefix(d.File, number+"_") {
			f.Document = d.Title
		}
	}
	if i := slices.IndexFunc(p.Scripts, func(of Script) bool { return of.Clause == s.Clause }); p.File != "" &&
		i >= 0 && safeName.MatchString(s.Clause) {
		f.Script = &p.Scripts[i]
	}
	if s.Verdict == Waived {
		f.Excuse = lang.T("Waived: %s", p.excuse(s))
	}
	said := sidesOf(s.Message)
	if f.Hint = lang.Side(said["hint"]); said["expected"] != "" {
		f.Expected, f.Got = differ(said["expected"], said["got"])
		f.Expected.translate()
		f.Got.translate()
	}
	for _, n := range s.Exchanges[max(0, len(s.Exchanges)-4):] {
		if e := p.shown[n]; e != nil {
			f.Exchanges = append(f.Exchanges, exchangeView{Shown: e})
		}
	}
	return f
}

// excuse is why a failure is waived, and until when.
func (p *page) excuse(s *Result) string {
	for _, w := range p.Waivers {
		if w.Clause == s.Clause {
			return lang.T("%s, until %s", w.Reason, w.Until)
		}
	}
	return firstLine(s.Message)
}

// side is a line of a failure's text that begins one of its sides: "  expected  …".
var side = regexp.MustCompile(`^  ([a-z]+) {2,}(.*)$`)

// sidesOf takes a failure's text apart: expected, got, hint and so on. Further lines of a side are set below its first.
func sidesOf(message string) map[string]string {
	sides, at := map[string]string{}, ""
	for line := range strings.SplitSeq(message, "\n") {
		if m := side.FindStringSubmatch(line); m != nil {
			at = m[1]
			if sides[at] != "" {
				sides[at] += "\n"
			}
			sides[at] += m[2]
		} else if at != "" && strings.HasPrefix(line, "            ") {
			sides[at] += "\n" + strings.TrimSpace(line)
		} else {
			at = ""
		}
	}
	return sides
}

// translate says a text in the reader's language, unless its pieces were set against those of another one.
func (m *marked) translate() {
	if len(*m) == 1 && !(*m)[0].Differs {
		(*m)[0].Text = lang.Side((*m)[0].Text)
	}
}

// alike is how many characters two texts must begin with in common for their difference to say something.
const alike = 8

// differ marks where two texts of one line differ, if they are of one kind: two headers, two values.
func differ(expected, got string) (*marked, *marked) {
	a, b := []rune(expected), []rune(got)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	if start < alike || strings.Contains(expected+got, "\n") {
		return &marked{{Text: expected}}, &marked{{Text: got}}
	}
	// Parts stand between semicolons, in headers. In what is expected <…> stands for anything.
	wanted, came := strings.Split(expected, "; "), strings.Split(got, "; ")
	expectedMarks, gotMarks := unlike(wanted, came), unlike(came, wanted)
	asked := func(p piece) bool {
		name, _, _ := strings.Cut(p.Text, "=")
		return p.Differs && slices.ContainsFunc(wanted, func(part string) bool {
			other, _, _ := strings.Cut(part, "=")
			return strings.EqualFold(name, other)
		})
	}
	if slices.ContainsFunc(*gotMarks, asked) { // then what nobody asked for is no difference
		for i, p := range *gotMarks {
			(*gotMarks)[i].Differs = asked(p)
		}
	}
	return expectedMarks, gotMarks
}

// unlike marks the parts that the others do not have.
func unlike(parts, others []string) *marked {
	var m marked
	for i, part := range parts {
		if i > 0 {
			m = append(m, piece{Text: "; "})
		}
		m = append(m, piece{Text: part,
			Differs: !slices.ContainsFunc(others, func(other string) bool { return fits(part, other) || fits(other, part) })})
	}
	return &m
}

// fits says whether a text is as it is expected, where <…> stands for anything.
func fits(expected, text string) bool {
	before, rest, open := strings.Cut(expected, "<")
	if !open {
		return strings.EqualFold(expected, text)
	}
	_, after, _ := strings.Cut(rest, ">")
	return strings.HasPrefix(text, before) && strings.HasSuffix(text, after) && len(text) > len(before)+len(after)
}
