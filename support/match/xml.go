package match

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/onsi/gomega/types"

	"session-conformance/support/exchange"
)

// Bounds of what a reader may cost: how deep elements may be nested, and how many there may be. Each spec that reads an
// answer pays for it, and a documented one has some ten elements.
const (
	xmlDepth    = 10_000
	xmlElements = 20_000
)

// xmlDeclaration is the whole of an XML declaration.
var xmlDeclaration = regexp.MustCompile(`^<\?xml\s+version\s*=\s*(?:"1\.[0-9]+"|'1\.[0-9]+')` +
	`(?:\s+encoding\s*=\s*(?:"[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?` +
	`(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>`)

// rememberedXML is up to how many bytes of XML are parsed once only. A tree is some ten times as large, and an answer
// of this API has some hundred bytes.
const rememberedXML = 16 << 10

// ParseXML reads the body as one well-formed XML document and gives its root element, to be read only. The error says
// what keeps it from being one.
func ParseXML(e *exchange.Exchange) (*xmlquery.Node, error) {
	if e.Answer == nil || len(e.Body()) > rememberedXML {
		return parseXML(e)
	}
	root, err := e.Answer.Document(func() (any, error) { return parseXML(e) })
	if err != nil {
		return nil, err
	}
	return root.(*xmlquery.Node), nil
}

func parseXML(e *exchange.Exchange) (*xmlquery.Node, error) {
	text, err := DecodeXML(e)
	if err != nil {
		return nil, err
	}
	// The declaration goes: its encoding is dealt with, and encoding/xml takes no version but 1.0.
	if declared := xmlDeclaration.FindString(text); declared != "" {
		text = text[len(declared):]
	}
	if begins := strings.TrimLeft(text, " \t\r\n"); !strings.HasPrefix(begins, "<") {
		return nil, errors.New("it does not begin as XML does") // told at once, also of megabytes
	}
	text = withOwnEntities(text)
	if err := wellFormed(text); err != nil {
		return nil, err
	}
	return parseTree(text)
}

// parseTree reads a well-formed document without its declaration. Its names' prefixes must be declared.
func parseTree(text string) (root *xmlquery.Node, err error) {
	defer func() {
		if failure := recover(); failure != nil {
			root, err = nil, fmt.Errorf("the XML cannot be read: %v", failure)
		}
	}()
	document, err := xmlquery.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	for n := document.FirstChild; n != nil; n = n.NextSibling {
		// xmlquery makes a declaration where there is none, and may hang the root below it or beside it.
		for inner := n; inner != nil; inner = inner.FirstChild {
			if inner.Type == xmlquery.ElementNode {
				return inner, nil
			}
		}
	}
	return nil, errors.New("there is no root element")
}

// wellFormed checks what encoding/xml checks and what it leaves out: that there is one root and no text outside it,
// that an instruction called xml stands nowhere, that tags and references are as they must be written, and that a
// document type comes once and before the root.
func wellFormed(text string) error {
	if strings.Count(text, "=") > xmlElements { // a start tag is read as a whole, however many it has
		return fmt.Errorf("there are more than %d attributes, which no documented answer has", xmlElements)
	}
	d := xml.NewDecoder(strings.NewReader(text))
	depth, roots, types, elements := 0, 0, 0, 0
	spaces := map[string]bool{"http://www.w3.org/XML/1998/namespace": true} // which xml: stands for
	for {
		from := d.InputOffset()
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			if depth++; depth > xmlDepth {
				return fmt.Errorf("elements are nested deeper than %d", xmlDepth)
			}
			if elements++; elements > xmlElements {
				return fmt.Errorf("there are more than %d elements, which no documented answer has", xmlElements)
			}
			if err := checkTag(text[from:d.InputOffset()], token, spaces); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && strings.Trim(string(token), " \t\r\n") != "" {
				return errors.New("there is text outside the root element")
			}
			if err := checkText(text[from:d.InputOffset()]); err != nil {
				return err
			}
		case xml.ProcInst:
			if strings.EqualFold(token.Target, "xml") {
				return errors.New("an XML declaration stands elsewhere than at the very beginning, or is not well-formed")
			}
		case xml.Directive:
			if types++; types > 1 || roots > 0 || !strings.HasPrefix(string(token), "DOCTYPE") {
				return errors.New("there is a declaration other than one document type before the root element")
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("there are %d root elements", roots)
	}
	return nil
}

// BeWellFormedXML is met by a body that is one well-formed XML document.
func BeWellFormedXML() types.GomegaMatcher {
	return InShell("xml", readsBy("one well-formed XML document", func(e *exchange.Exchange) error {
		_, err := ParseXML(e)
		return err
	}))
}

// DecodeAsXML is met by a body that decodes in an encoding which a byte order mark, its XML declaration or its media
// type names, or in UTF-8 where nothing names one.
func DecodeAsXML() types.GomegaMatcher {
	return readsBy("XML that decodes in the encoding that it declares", func(e *exchange.Exchange) error {
		_, err := DecodeXML(e)
		return err
	})
}

// readsBy is met by a body that can be read without an error.
func readsBy(expected string, read func(*exchange.Exchange) error) types.GomegaMatcher {
	return Meet(expected, func(e *exchange.Exchange) bool { return read(e) == nil },
		func(e *exchange.Exchange) string { return read(e).Error() + ": " + Shown(e) })
}
