package report

import (
	"encoding/xml"
	"fmt"
	"iter"
	"slices"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// The elements of JUnit that its common readers share: formats.JUnit holds us to them. Ginkgo's own types have
// attributes that strict readers refuse.
type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	XMLName    xml.Name        `xml:"testsuite"`
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Class     string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Skipped   *junitMessage `xml:"skipped"`
	Failure   *junitMessage `xml:"failure"`
	SystemOut string        `xml:"system-out,omitempty"`

	of *Result // the spec whose case it is; nil: none
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// suites are the testsuites, with their texts made such that no reader obeys them.
func (r *Results) suites(folder string) iter.Seq[junitSuite] {
	return func(yield func(junitSuite) bool) {
		if len(r.Problems) > 0 {
			s := r.suite(r.API+".configuration", 0)
			s.fails("the configuration can be used", "configuration", strings.Join(r.Problems, "\n"))
			if s.seal(); !yield(s) {
				return
			}
		}
		for i := range r.Targets {
			s := r.junitTarget(&r.Targets[i], folder)
			if s.seal(); !yield(s) {
				return
			}
		}
		for _, gone := range r.Gone {
			s := r.suite(strings.Replace(gone, " ", ".", 1), 0)
			s.fails("the target is judged", "change", "it stands in "+r.Since+" and has no results")
			if s.seal(); !yield(s) {
				return
			}
		}
	}
}

// seal counts the cases, and makes the texts such that no reader obeys them: but for the output, which is the name of a
// file as we write it.
func (s *junitSuite) seal() {
	s.Name = sink.Line(s.Name)
	for i := range s.Properties {
		s.Properties[i].Value = sink.Text(s.Properties[i].Value)
	}
	for i := range s.Cases {
		c := &s.Cases[i]
		c.Name, c.Class = sink.Text(c.Name), sink.Line(c.Class)
		for _, m := range []*junitMessage{c.Skipped, c.Failure} {
			if m != nil {
				m.Message, m.Type, m.Text = sink.Text(m.Message), sink.Line(m.Type), sink.Text(m.Text)
			}
		}
	}
	counted := s.count()
	s.Tests, s.Failures, s.Skipped = counted.tests, counted.failures, counted.skipped
}

// suite is a testsuite of a run, which holds nothing yet.
func (r *Results) suite(name string, took float64) junitSuite {
	return junitSuite{Name: name, Time: seconds(took), Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
}

// fails adds a failing case that is no spec.
func (s *junitSuite) fails(name, kind, text string) {
	s.Cases = append(s.Cases, junitCase{Name: name, Class: s.Name, Time: seconds(0),
		Failure: &junitMessage{Message: firstLine(text), Type: kind, Text: text}})
}

func (r *Results) junitTarget(t *Target, folder string) junitSuite {
	name := r.API + "." + t.Name
	attachment := ""
	if safeName.MatchString(t.Name) {
		attachment = attached(folder + "evidence/" + t.Name + ".har")
	}
	s := r.suite(name, r.Seconds)
	s.Properties = []junitProperty{{"target", t.Name}, {"url", t.URL}, {"verdict", string(t.Verdict)},
		{"judged", t.From(lang.English) + ", " + t.JudgedOf(lang.English) + " specs"},
		{"requests", fmt.Sprint(t.Requests)}, {"suite_version", r.SuiteVersion}}
	for _, notice := range r.heads(lang.English) {
		s.Properties = append(s.Properties, junitProperty{"notice", notice})
	}
	if r.Since != "" {
		s.Properties = append(s.Properties, junitProperty{"since", r.Since})
		for _, change := range t.Changes {
			s.Properties = append(s.Properties,
				junitProperty{change.Kind, change.Subject + change.values(lang.English)})
		}
	}
	for i := range t.Results {
		result := &t.Results[i]
		c := junitCase{Name: result.Spec, Class: name, Time: seconds(result.Seconds), of: result}
		text := result.Message
		switch result.Verdict {
		case Pass:
		case Fail:
			if r.Since != "" && !t.worse(result.Spec) {
				c.Skipped = &junitMessage{Message: "accepted: " + firstLine(text), Text: "accepted: " + text}
				break
			}
			c.Failure = &junitMessage{Message: firstLine(text), Type: result.Clause, Text: text}
			c.SystemOut = attachment
		default:
			text := string(result.Verdict) + ": " + text
			c.Skipped = &junitMessage{Message: firstLine(text)}
			if text != c.Skipped.Message {
				c.Skipped.Text = text
			}
		}
		s.Cases = append(s.Cases, c)
	}
	for _, w := range t.Waivers {
		if w.Stale != "" && r.Since == "" {
			s.fails("the waiver of "+w.Clause+" still holds", "waiver",
				fmt.Sprintf("the waiver of %s is stale: %s. Take it out of targets.yaml.", w.Clause, w.Stale))
		}
	}
	for _, change := range t.Changes {
		if change.Worse && change.Now != string(Fail) { // a failing spec has its own case
			s.fails(change.Kind+": "+change.Subject, "change", change.String())
		}
	}
	if text := t.WhyShort(); text != "" && r.Since == "" {
		s.fails("the target was judged in full", string(Partial), text)
	}
	if t.Verdict == Inconclusive && r.Since == "" {
		s.fails("the target could be judged", string(Inconclusive), t.WhyInconclusive())
		s.Cases[len(s.Cases)-1].SystemOut = attachment
	}
	return s
}

// short says that the target was judged in part, and that is not enough for it.
func (t *Target) short() bool { return t.Full && t.Verdict == Partial }

// WhyShort says what a target lacks of which all is to be judged; empty: nothing, or parts are enough.
func (t *Target) WhyShort() string { return t.whyShort(lang.English) }

func (t *Target) whyShort(in lang.Language) string {
	if !t.short() {
		return ""
	}
	c := t.Count()
	return in.T("%s is partial, and full asks for all: %s judged, %d unconfigured, %d waived", t.Name, t.JudgedOf(in),
		c[Unconfigured], c[Waived])
}

// Reddens is what fails a run beside the verdict, for the reader: that full asks for all, and stale waivers.
func (t *Target) Reddens() (texts []string) {
	if why := t.whyShort(lang.Reader()); why != "" {
		texts = append(texts, why)
	}
	for _, w := range t.Waivers {
		if w.Stale != "" {
			texts = append(texts, lang.T("stale waiver of %s: %s", w.Clause, w.Why()))
		}
	}
	return texts
}

// WhyInconclusive says in a sentence what kept an inconclusive target from being judged.
func (t *Target) WhyInconclusive() string {
	if t.Stopped != "" {
		return fmt.Sprintf("%s is inconclusive: %s", t.Name, t.Stopped)
	}
	open := t.As(Inconclusive)
	if i := slices.IndexFunc(open, weighty); i >= 0 {
		return fmt.Sprintf("%s is inconclusive: %d specs could not be judged, the first of them of %s: %s",
			t.Name, len(open), open[i].Clause, open[i].Message)
	}
	return t.Name + " is inconclusive"
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

// firstLine is the first line of a text, with the next one where it only leads to that: "nothing was sent, because:".
func firstLine(text string) string {
	line, rest, more := strings.Cut(text, "\n")
	if next, _, _ := strings.Cut(rest, "\n"); more && strings.HasSuffix(line, ":") {
		return line + " " + strings.TrimSpace(next)
	}
	return line
}

// attached is the line by which a case of JUnit names a file that belongs to it. Jenkins takes each such line, GitLab
// the first; what stands on the line besides they would take for a part of the path.
func attached(path string) string { return "[[ATTACHMENT|" + path + "]]" }
