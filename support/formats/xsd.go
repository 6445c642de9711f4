package formats

import (
	"encoding/xml"
	"fmt"
	"regexp"
)

// xsd is the part of XML Schema that junit-10.xsd makes use of: named elements whose children come in any order and
// number.
type xsd struct {
	Types []struct {
		Name    string `xml:"name,attr"`
		Pattern struct {
			Value string `xml:"value,attr"`
		} `xml:"restriction>pattern"`
	} `xml:"simpleType"`
	Elements []xsdElement `xml:"element"`
}

type xsdElement struct {
	Name    string      `xml:"name,attr"`
	Type    string      `xml:"type,attr"`
	Complex *xsdComplex `xml:"complexType"`
}

type xsdComplex struct {
	Mixed      bool           `xml:"mixed,attr"`
	Attributes []xsdAttribute `xml:"attribute"`
	Choice     *xsdGroup      `xml:"choice"`
	Sequence   *xsdGroup      `xml:"sequence"`
}

type xsdAttribute struct {
	Name string `xml:"name,attr"`
	Type string `xml:"type,attr"`
	Use  string `xml:"use,attr"`
}

type xsdGroup struct {
	Max      string        `xml:"maxOccurs,attr"`
	Elements []xsdParticle `xml:"element"`
	Choice   *xsdGroup     `xml:"choice"`
}

type xsdParticle struct {
	Ref string `xml:"ref,attr"`
	Max string `xml:"maxOccurs,attr"`
}

// rule is what one element may hold.
type rule struct {
	attributes map[string]*regexp.Regexp // a nil one allows any text
	required   []string
	children   map[string]bool
	text       bool
}

// rules reads a schema. It refuses one that says something which rule cannot: a check that looks away is none. An
// element of a type that is not understood gets no rule, so that it is refused where it occurs.
func rules(text []byte) (map[string]*rule, error) {
	var schema xsd
	if err := xml.Unmarshal(text, &schema); err != nil {
		return nil, err
	}
	patterns := map[string]*regexp.Regexp{"xs:string": nil}
	for _, t := range schema.Types {
		pattern, err := regexp.Compile("^(?:" + t.Pattern.Value + ")$")
		if err != nil {
			return nil, err
		}
		patterns[t.Name] = pattern
	}
	all := map[string]*rule{}
	for _, e := range schema.Elements {
		r := &rule{attributes: map[string]*regexp.Regexp{}, children: map[string]bool{}, text: e.Type == "xs:string"}
		if e.Complex == nil {
			if r.text {
				all[e.Name] = r
			}
			continue
		}
		r.text = e.Complex.Mixed
		for _, a := range e.Complex.Attributes {
			pattern, known := patterns[a.Type]
			if !known {
				return nil, fmt.Errorf("element %s: the type %s of the attribute %s is not understood", e.Name, a.Type, a.Name)
			}
			r.attributes[a.Name] = pattern
			if a.Use == "required" {
				r.required = append(r.required, a.Name)
			}
		}
		for _, group := range []*xsdGroup{e.Complex.Choice, e.Complex.Sequence} {
			if err := r.allow(e.Name, group, group == e.Complex.Choice); err != nil {
				return nil, err
			}
		}
		all[e.Name] = r
	}
	return all, nil
}

// allow takes in the children of a group that holds them in any order and number: a choice that may be repeated, or a
// sequence of one such thing.
func (r *rule) allow(element string, group *xsdGroup, choice bool) error {
	if group == nil {
		return nil
	}
	switch {
	case choice && group.Max == "unbounded" && group.Choice == nil:
	case !choice && group.Choice != nil && len(group.Elements) == 0:
		return r.allow(element, group.Choice, true)
	case !choice && group.Choice == nil && len(group.Elements) == 1 && group.Elements[0].Max == "unbounded":
	default:
		return fmt.Errorf("element %s: its content is not understood", element)
	}
	for _, e := range group.Elements {
		r.children[e.Ref] = true
	}
	return nil
}
