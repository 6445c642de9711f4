package formats

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/antchfx/xmlquery"
)

//go:embed junit/junit-10.xsd
var junitSchema []byte

// rule is what one element may hold; children come in any order and number.
type rule struct {
	attributes map[string]*regexp.Regexp // a nil one allows any text
	required   []string
	children   map[string]bool
	text       bool
}

// junitRules are what that schema makes use of. An element of a type that has parts gets no rule, so that it is refused
// where it occurs. A full validator agrees: see readers_test.go.
var junitRules = sync.OnceValues(func() (map[string]*rule, error) {
	schema, err := xmlquery.Parse(bytes.NewReader(junitSchema))
	if err != nil {
		return nil, err
	}
	patterns := map[string]*regexp.Regexp{}
	for _, t := range xmlquery.Find(schema, "//xs:simpleType") {
		patterns[t.SelectAttr("name")] = regexp.MustCompile("^(?:" + t.SelectElement("//xs:pattern").
			SelectAttr("value") + ")$")
	}
	all := map[string]*rule{}
	for _, e := range xmlquery.Find(schema, "/xs:schema/xs:element[@type='xs:string' or xs:complexType]") {
		r := &rule{attributes: map[string]*regexp.Regexp{}, children: map[string]bool{},
			text: e.SelectAttr("type") != "" || e.SelectElement("xs:complexType").SelectAttr("mixed") == "true"}
		for _, a := range xmlquery.Find(e, "//xs:attribute") {
			name := a.SelectAttr("name")
			if r.attributes[name] = patterns[a.SelectAttr("type")]; a.SelectAttr("use") == "required" {
				r.required = append(r.required, name)
			}
		}
		for _, child := range xmlquery.Find(e, "//xs:element/@ref") {
			r.children[child.InnerText()] = true
		}
		all[e.SelectAttr("name")] = r
	}
	return all, nil
})

// JUnit says what keeps a file from being JUnit by the schema of Jenkins' xUnit plugin, the strictest of the common
// readers: the first element or attribute that it does not know, misses or finds malformed, with its line.
func JUnit(text []byte) error {
	all, err := junitRules()
	if err != nil {
		return fmt.Errorf("the schema of JUnit cannot be used: %w", err)
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	var open []string
	roots := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && roots == 1 {
			return nil // the decoder itself refuses an end within an element
		}
		if err != nil {
			return fmt.Errorf("the file is no XML: %w", err)
		}
		if _, starts := token.(xml.StartElement); starts && len(open) == 0 {
			roots++
		}
		if err := step(all, &open, token); err != nil {
			line, _ := decoder.InputPos()
			return fmt.Errorf("the file is no JUnit: line %d: %w", line, err)
		}
	}
}

// step judges one token; open are the elements that it stands in.
func step(all map[string]*rule, open *[]string, token xml.Token) error {
	within := ""
	if len(*open) > 0 {
		within = (*open)[len(*open)-1]
	}
	switch token := token.(type) {
	case xml.StartElement:
		name := token.Name.Local
		r := all[name]
		switch {
		case r == nil || token.Name.Space != "":
			return fmt.Errorf("the element %s is not known", name)
		case within != "" && !all[within].children[name]:
			return fmt.Errorf("the element %s may not stand in %s", name, within)
		}
		*open = append(*open, name)
		return r.check(token)
	case xml.EndElement:
		*open = (*open)[:len(*open)-1]
	case xml.CharData:
		if strings.TrimSpace(string(token)) != "" && (within == "" || !all[within].text) {
			return fmt.Errorf("text stands in %q, which holds none", within)
		}
	}
	return nil
}

func (r *rule) check(element xml.StartElement) error {
	seen := map[string]bool{}
	for _, a := range element.Attr {
		pattern, known := r.attributes[a.Name.Local]
		switch {
		case !known || a.Name.Space != "":
			return fmt.Errorf("the element %s has the attribute %s, which is not known", element.Name.Local, a.Name.Local)
		case pattern != nil && !pattern.MatchString(a.Value):
			return fmt.Errorf("the element %s has %s=%q, which is malformed", element.Name.Local, a.Name.Local, a.Value)
		}
		seen[a.Name.Local] = true
	}
	for _, name := range r.required {
		if !seen[name] {
			return fmt.Errorf("the element %s lacks the attribute %s", element.Name.Local, name)
		}
	}
	return nil
}
