//go:build unit

package redact

import (
	"strings"
	"testing"
	"unicode/utf16"

	. "github.com/onsi/gomega"
	"golang.org/x/text/encoding/charmap"
)

// Bodies in which § marks the beginning and the end of what is to be hidden; everything else stays.
var bodies = map[string]string{
	"JSON":                          `{"login": "qa", "password":"§pa55§", "n": {"token": "§x§", "login": "pa55"}}`,
	"JSON, spaced":                  "\ufeff\r\n [ {\t\"password\" :\n \"§pa55§\" } , \"pa55\" ] ",
	"JSON, elements of an array":    `{"password": ["§pa55§", {"token": "§x§", "a": "§pa55§", "code": "pa55"}, "§y§"], "b": "pa55"}`,
	"JSON, numbers":                 `{"password": §-12.50§e+7, "token": §4711§, "n": 4711}`,
	"JSON, literals":                `{"password": true, "token": null}`,
	"JSON, escaped":                 `{"pass\u0077ord": "§p\u0061\"5\\5§", "a": "\u0061"}`,
	"JSON, empty":                   `{"password": "", "token": ""}`,
	"JSON, cut off":                 `{"login": "qa", "password": "§pa55§`,
	"JSON, comma missing":           `{"login": "qa" "password": "§pa55§" "a": "pa55"`,
	"JSON, quotation marks missing": `{login: qa, password: §pa55§, a: pa55}`,
	"JSON, too many brackets":       `}]}{"password":"§pa55§"}]}`,
	"JSON, not in the end":          `{"password":"§pa55§"}}} "a" {"token":"§x§",`,
	"XML":                           `<?xml version="1.0"?><session><userName>qa</userName><password>§pa55§</password></session>`,
	"XML, prefix and spaces":        "\n<s:session xmlns:s='a5'>\n <s:password >\n  §pa55§\n </s:password></s:session>",
	"XML, references":               `<password>§p&amp;&quot;5§</password><a>&#97;</a>`,
	"XML, CDATA":                    `<password>§p<![CDATA[<a&amp;]]>5§<!-- pa55 -->§5§</password>`,
	"XML, attributes":               `<a password="§pa55§" token='§x§' b="pa55"/><password>§pa55§</password>`,
	"XML, children":                 `<password><a>§pa55§</a>§pa55§<b/></password>pa55`,
	"XML, doctype":                  `<!DOCTYPE a [<!ENTITY b "<password>pa55</password>">]><password>§pa55§</password>`,
	"XML, cut off":                  `<session><password>§pa55§`,
	"XML, no end tags":              `<session><userName>qa<password>§pa55§<other>§pa55§`,
	"XML, lonely signs":             `<password>§p < 5 & 5§</password> < <a b=c password=§pa55§>pa55</a>`,
	"neither":                       `password=§pa55§`,
}

func TestBodiesAreHiddenByPosition(t *testing.T) {
	for name, marked := range bodies {
		t.Run(name, func(t *testing.T) {
			expectMarked(t, marked, func(was []byte) []byte { return hider().Body(Answered, was) })
		})
	}
}

// expectMarked hides a text in which § marks the beginning and the end of what is to be hidden: what stands outside of
// the marks is the same then, what stands within has changed. It gives the parts within.
func expectMarked(t *testing.T, marked string, hide func([]byte) []byte) (within []string) {
	t.Helper()
	g := NewWithT(t)
	was := strings.ReplaceAll(marked, "§", "")
	now := string(hide([]byte(was)))
	g.Expect(now).To(HaveLen(len(was)), now)
	offset := 0
	for i, part := range strings.Split(marked, "§") {
		if is := now[offset : offset+len(part)]; i%2 == 0 {
			g.Expect(is).To(Equal(part), now)
		} else {
			g.Expect(is).NotTo(Equal(part), now)
			within = append(within, part)
		}
		offset += len(part)
	}
	return within
}

func TestAPositionHasTheSameStandInInAnyForm(t *testing.T) {
	g := NewWithT(t)
	h := New()
	stand := h.StandIn(`p<a&5`)
	for _, body := range []string{
		`{"password":"p\u003ca\u00265"}`, `<password>p&lt;a&amp;5</password>`, `<password>p<![CDATA[<a]]>&#x26;5</password>`,
	} {
		hidden := string(h.Body(Answered, []byte(body)))
		g.Expect(json.decode(xml.decode(hidden))).To(ContainSubstring(stand))
	}
}

func TestPathsShowTheInnermostNames(t *testing.T) {
	g := NewWithT(t)
	var paths []string
	note := func(v value) string { paths = append(paths, strings.Join(v.path, "/")); return v.text }
	New().walk(`{"a": {"b": ["x", {"c": 1}], "d": "x"}, "e": "x"}`, nesting, note)
	New().walk(`<a><b c="x" d:e="x">x</b><f/>x</a>`, nesting, note)
	New().walk(`"x"`, nesting, note)
	g.Expect(paths).To(Equal([]string{"a/b", "a/b/c", "a/d", "e", "a/b/@c", "a/b/@e", "a/b", "a", ""}))
	paths = nil
	New().walk(strings.Repeat(`{"a":`, 100_000)+`"x"`, nesting, note)
	g.Expect(paths).To(Equal([]string{strings.Repeat("a/", 31) + "a"}))
}

func TestBodiesInOtherCharacterSets(t *testing.T) {
	g := NewWithT(t)
	h := New()
	text := `<?xml version="1.0" encoding="windows-1251"?><password>Пароль 1</password>`
	want := strings.Replace(text, "Пароль 1", h.StandIn("Пароль 1"), 1)
	cyrillic, _ := charmap.Windows1251.NewEncoder().String(text)
	hidden, _ := charmap.Windows1251.NewDecoder().Bytes(h.Body(Answered, []byte(cyrillic)))
	g.Expect(string(hidden)).To(Equal(want))
	for _, bom := range []string{"", "\ufeff"} {
		hidden = h.Body(Answered, []byte(inUTF16LE(bom+text)))
		g.Expect(string(hidden)).To(Equal(inUTF16LE(bom + want)))
	}
	g.Expect(utf16.Encode([]rune(text))).To(HaveLen(len(hidden)/2 - 1))
}

func TestABodyIsHiddenByValueToo(t *testing.T) {
	g := NewWithT(t)
	h := hider("a5f946dc-4c21-4ccd")
	hidden := h.Body(Answered, []byte(`{"password": "a5f946dc-4c21-4ccd", "error": "no a5f946dc-4c21-4ccd\u0021"}`))
	stand := h.StandIn("a5f946dc-4c21-4ccd")
	g.Expect(string(hidden)).To(Equal(`{"password": "` + stand + `", "error": "no ` + stand + `\u0021"}`))
}
