//go:build unit

package match

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/antchfx/xmlquery"
	. "github.com/onsi/gomega"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"session-conformance/support/exchange"
)

func xmlAnswer(mediaType, body string) *exchange.Exchange {
	return &exchange.Exchange{Answer: &exchange.Answer{Status: 200, Header: http.Header{"Content-Type": {mediaType}},
		Body: []byte(body)}}
}

func inUTF16(t *testing.T, order unicode.Endianness, bom unicode.BOMPolicy, text string) string {
	t.Helper()
	s, err := unicode.UTF16(order, bom).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestXMLThatIsOne(t *testing.T) {
	wide := `<?xml version="1.0" encoding="UTF-16"?><session>Zoë</session>`
	latin1, err := charmap.ISO8859_1.NewEncoder().String("<session>Zoë</session>")
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct{ mediaType, body string }{
		"declared": {"application/xml",
			`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><session>Zoë</session>`},
		"declared in single quotes": {"", "<?xml version='1.0'?>\n<session>Zoë</session>"},
		"of version 1.1":            {"", `<?xml version="1.1"?><session>Zoë</session>`},
		"not declared":              {"", `<session>Zoë</session>`},
		"after a byte order mark":   {"", "\ufeff" + `<?xml version="1.0" encoding="utf-8"?><session>Zoë</session>`},
		"UTF-16 little-endian":      {"", inUTF16(t, unicode.LittleEndian, unicode.UseBOM, wide)},
		"UTF-16 big-endian":         {"", inUTF16(t, unicode.BigEndian, unicode.UseBOM, wide)},
		"UTF-16 without a mark": {"application/xml;charset=utf-16le", inUTF16(t, unicode.LittleEndian, unicode.IgnoreBOM,
			wide)},
		"ISO-8859-1 as declared":  {"", `<?xml version="1.0" encoding="ISO-8859-1"?>` + latin1},
		"ISO-8859-1 by its label": {"text/xml; charset=ISO-8859-1", latin1},
		"US-ASCII as declared":    {"", `<?xml version="1.0" encoding="US-ASCII"?><session>Zo&#235;</session>`},
		"UTF-8 with another label": {"text/xml; charset=iso-8859-1",
			`<?xml version="1.0" encoding="UTF-8"?><session>Zoë</session>`},
		"CDATA":                     {"", `<session><![CDATA[Zo]]>ë</session>`},
		"comments and instructions": {"", `<!-- a --><?b c?><session><!-- <d> -->Zo<?e?>ë</session><!-- f --><?g?>` + "\n"},
		"a document type":           {"", `<!DOCTYPE session><session>Zoë</session>`},
		"an entity of its own":      {"", `<!DOCTYPE session [<!ENTITY z "Zo"><!ENTITY e 'ë'>]><session>&z;&e;</session>`},
		"an entity of another one": {"",
			`<!DOCTYPE session [<!ENTITY e "&#235;"><!ENTITY z "Zo&e;"><!ENTITY z "no">]><session>&z;</session>`},
		"an entity behind a comment": {"", "<!DOCTYPE session [<!-- ]> \" --><!ENTITY z 'Zoë'>\n] >\n<session>&z;</session>"},
		"a namespace by prefix":      {"", `<s:session xmlns:s="urn:x">Zoë</s:session>`},
		"attributes of two prefixes": {"", `<session a="1" b:a="2" xmlns:b="urn:b">Zoë</session>`},
		"attributes as they may be": {"", "<session\n a='\"b\"' xml:lang = \"e>n\"\txmlns:x='urn:x' x:a=''>" +
			"<x:a\tx:b='2' />Zoë</session >"},
		"what is no reference": {"", `<session><!-- &#xD83D; --><![CDATA[Zo]]>&#xeb;</session>`},
	} {
		g := NewWithT(t)
		root, err := ParseXML(xmlAnswer(c.mediaType, c.body))
		g.Expect(err).NotTo(HaveOccurred(), what)
		g.Expect(root.Data).To(Equal("session"), what)
		g.Expect(root.InnerText()).To(Equal("Zoë"), what)
	}
}

func TestXMLKeepsItsTree(t *testing.T) {
	g := NewWithT(t)
	root, err := ParseXML(xmlAnswer("",
		`<?a?><!-- b --><session><?c?><d>1<?e?></d><!-- f --><g><h/>2</g><?i?><j>3</j>text<k/></session><?l?>`))
	g.Expect(err).NotTo(HaveOccurred())
	var names []string
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == xmlquery.ElementNode {
			names = append(names, n.Data+" "+n.InnerText())
		}
	}
	g.Expect(names).To(Equal([]string{"d 1", "g 2", "j 3", "k "}))
}

func TestXMLThatDoesNotDecode(t *testing.T) {
	for what, body := range map[string]string{
		"latin 1 declared UTF-8":   "<?xml version=\"1.0\" encoding=\"UTF-8\"?><session>Zo\xeb</session>",
		"latin 1 not declared":     "<session>Zo\xeb</session>",
		"UTF-8 declared ASCII":     `<?xml version="1.0" encoding="US-ASCII"?><session>Zoë</session>`,
		"UTF-8 declared UTF-16":    `<?xml version="1.0" encoding="UTF-16"?><session>Zoë</session>`,
		"an unknown encoding":      `<?xml version="1.0" encoding="x-sdm-8"?><session>Zoe</session>`,
		"UTF-8 cut in a letter":    "<session>Zo\xc3</session>",
		"a mark and other bytes":   "\xef\xbb\xbf<session>Zo\xeb</session>",
		"an odd number of UTF-16":  "\xff\xfe<\x00a",
		"not its many-byte set":    "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><session>\xff\xff</session>",
		"a surrogate on its own":   "\xff\xfe<\x00a\x00\x00\xd8/\x00>\x00",
		"UTF-8 beyond the letters": "<session>\xf5\x80\x80\x80</session>",
	} {
		_, err := DecodeXML(xmlAnswer("application/xml", body))
		NewWithT(t).Expect(err).To(HaveOccurred(), what)
	}
}

func TestXMLThatIsNotWellFormed(t *testing.T) {
	for what, body := range map[string]string{
		"nothing":                      "",
		"text":                         "ok",
		"JSON":                         `{"session": {}}`,
		"no root":                      `<?xml version="1.0"?><!-- only -->`,
		"two roots":                    `<session/><session/>`,
		"text after the root":          `<session/>ok`,
		"text before the root":         `ok<session/>`,
		"space before the declaration": "\n" + `<?xml version="1.0"?><session/>`,
		"two declarations":             `<?xml version="1.0"?><?xml version="1.0"?><session/>`,
		"a declaration inside":         `<session><?xml version="1.0"?></session>`,
		"a declaration without more":   `<?xml?><session/>`,
		"a declaration in bad order":   `<?xml encoding="UTF-8" version="1.0"?><session/>`,
		"cut off":                      `<session><userName>a</userName>`,
		"a wrong end tag":              `<session><a></b></session>`,
		"a bare ampersand":             `<session>a & b</session>`,
		"a bare less-than sign":        `<session>a < b</session>`,
		"an unknown entity":            `<session>&nbsp;</session>`,
		"an entity of itself":          `<!DOCTYPE session [<!ENTITY a "&b;"><!ENTITY b "&a;">]><session>&a;</session>`,
		"a control character":          "<session>\x01</session>",
		"an attribute twice":           `<session a="1" a="2"/>`,
		"attributes without a blank":   `<session a="1"b="2"/>`,
		"an attribute's prefix":        `<session b:a="1"/>`,
		"half a character":             `<session>&#55357;&#56832;</session>`,
		"half a character in a value":  `<session a="&#xD83D;"/>`,
		"an attribute without quotes":  `<session a=1/>`,
		"an unknown prefix":            `<s:session/>`,
		"a document type inside":       `<session><!DOCTYPE session></session>`,
		"two document types":           `<!DOCTYPE session><!DOCTYPE session><session/>`,
		"far too deep":                 strings.Repeat("<a>", 20_000) + strings.Repeat("</a>", 20_000),
	} {
		_, err := ParseXML(xmlAnswer("application/xml", body))
		NewWithT(t).Expect(err).To(HaveOccurred(), what)
	}
}

func TestEntitiesDoNotMultiply(t *testing.T) {
	g := NewWithT(t)
	declared := `<!ENTITY a0 "">`
	for i := range 20 {
		declared += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 40))
	}
	root, err := ParseXML(xmlAnswer("application/xml", "<!DOCTYPE session ["+declared+"]><session>a&a20;</session>"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(root.InnerText()).To(Equal("a"))
}

func TestXMLMatchersSayWhatCame(t *testing.T) {
	g := NewWithT(t)
	for _, m := range []interface {
		Match(any) (bool, error)
		FailureMessage(any) string
	}{BeWellFormedXML(), DecodeAsXML()} {
		met, err := m.Match(xmlAnswer("", "<a>\xff"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(met).To(BeFalse())
		g.Expect(m.FailureMessage(xmlAnswer("", "<a>\xff"))).To(ContainSubstring("does not decode as utf-8"))
		g.Expect(m.Match(xmlAnswer("", "<a/>"))).To(BeTrue())
	}
}

func FuzzParseXML(f *testing.F) {
	f.Add("application/xml", `<?xml version="1.0" encoding="UTF-8"?><session><a>1</a><!-- --><?p?></session><!-- -->`)
	f.Add("text/xml;charset=utf-16", "\xff\xfe<\x00a\x00/\x00>\x00")
	f.Add("", "<?a?><?b?><c><?d?><e/></c><?f?>")
	f.Fuzz(func(t *testing.T, mediaType, body string) {
		root, err := ParseXML(xmlAnswer(mediaType, body))
		if err == nil && (root == nil || root.Data == "") {
			t.Error("no error, and no root")
		}
	})
}
