package hostile

import (
	"bytes"
	"strings"
	"unicode/utf16"
)

// xmlBodies are answers whose XML is an attack on its reader, or in another encoding than it says.
var xmlBodies = []Case{
	xmlCase("xml-entity-bomb", "Its XML has entities that inflate to gigabytes.", func(good string) string {
		var b strings.Builder
		b.WriteString("<?xml version=\"1.0\"?><!DOCTYPE session [<!ENTITY a0 \"aaaaaaaaaa\">")
		for i := 1; i < 10; i++ {
			b.WriteString("<!ENTITY a" + digit(i) + " \"" + strings.Repeat("&a"+digit(i-1)+";", 10) + "\">")
		}
		return b.String() + "]><session><sessionId>&a9;</sessionId></session>"
	}),
	xmlCase("xml-external-entity", "Its XML has an entity that names a file.", func(good string) string {
		return `<?xml version="1.0"?><!DOCTYPE session [<!ENTITY x SYSTEM "file:///etc/passwd">]><session><sessionId>&x;</sessionId></session>`
	}),
	xmlCase("xml-100000-levels", "Its XML has 100,000 levels.", func(string) string {
		return strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000)
	}),
	xmlCase("xml-9000-levels", "Its XML has 9,000 levels around the good answer.", func(good string) string {
		return strings.Repeat("<a>", 9_000) + undeclared(good) + strings.Repeat("</a>", 9_000)
	}),
	xmlCase("xml-lying-encoding", "Its XML says UTF-16 and is UTF-8.", func(good string) string {
		return `<?xml version="1.0" encoding="UTF-16"?>` + undeclared(good)
	}),
	xmlCase("xml-unknown-encoding", "Its XML names an encoding of its own.", func(good string) string {
		return `<?xml version="1.0" encoding="x-own"?>` + undeclared(good)
	}),
	xmlCase("xml-utf-16", "Its XML is UTF-16 with a byte order mark, which XML allows.", func(good string) string {
		var b bytes.Buffer
		b.WriteString("\xfe\xff")
		for _, unit := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + undeclared(good))) {
			b.WriteByte(byte(unit >> 8))
			b.WriteByte(byte(unit))
		}
		return b.String()
	}),
	xmlCase("xml-10000-attributes", "Its XML's root has 10,000 attributes.", func(good string) string {
		var b strings.Builder
		for i := range 10_000 {
			b.WriteString(" a" + strings.Repeat("b", i%50) + digit(i%10) + digit(i/10%10) + digit(i/100%10) + digit(i/1000) +
				`="1"`)
		}
		return strings.Replace(undeclared(good), "<session>", "<session"+b.String()+">", 1)
	}),
	xmlCase("xml-100000-elements", "Its XML's root has 100,000 more elements.", func(good string) string {
		return strings.Replace(undeclared(good), "</session>", strings.Repeat("<more/>", 100_000)+"</session>", 1)
	}),
}

func digit(i int) string { return string(rune('0' + i)) }

// undeclared is a document without its declaration.
func undeclared(document string) string {
	if _, rest, found := strings.Cut(document, "?>"); found {
		return rest
	}
	return document
}

// xmlCase writes the good XML of a login another way.
func xmlCase(name, says string, write func(good string) string) Case {
	return Case{Name: name, Says: says, APIs: []string{"sdm"}, when: labelled("xml"), alter: func(t *turn) {
		t.said.Body = []byte(write(string(t.said.Body)))
		t.said.Header.Set("Content-Type", "application/xml") // without a charset, which would go before the declaration
	}}
}

// labelled are the good answers to logins whose media type has the word.
func labelled(word string) func(*turn) bool {
	return func(t *turn) bool { return opens(t) && strings.Contains(t.said.Header.Get("Content-Type"), word) }
}
