package hostile

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// xmlBodies are answers whose XML is an attack on its reader, or in another encoding than it says.
func xmlBodies() []Case {
	return []Case{
		xmlCase("xml-entity-bomb", "Its XML has entities that inflate to gigabytes.", func(good string) string {
			text := `<?xml version="1.0"?><!DOCTYPE session [<!ENTITY a0 "aaaaaaaaaa">`
			for i := range 9 {
				text += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
			}
			return text + "]><session><sessionId>&a9;</sessionId></session>"
		}),
		xmlCase("xml-external-entity", "Its XML has an entity that names a file.", func(good string) string {
			return `<?xml version="1.0"?><!DOCTYPE session [<!ENTITY x SYSTEM "file:///etc/passwd">]>` +
				`<session><sessionId>&x;</sessionId></session>`
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
			b := []byte("\xfe\xff")
			for _, unit := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + undeclared(good))) {
				b = append(b, byte(unit>>8), byte(unit))
			}
			return string(b)
		}),
		xmlCase("xml-10000-attributes", "Its XML's root has 10,000 attributes.", func(good string) string {
			var b strings.Builder
			for i := range 10_000 {
				fmt.Fprintf(&b, ` a%s%d%d%d%d="1"`, strings.Repeat("b", i%50), i%10, i/10%10, i/100%10, i/1000)
			}
			return strings.Replace(undeclared(good), "<session>", "<session"+b.String()+">", 1)
		}),
		xmlCase("xml-100000-elements", "Its XML's root has 100,000 more elements.", func(good string) string {
			return strings.Replace(undeclared(good), "</session>", strings.Repeat("<more/>", 100_000)+"</session>", 1)
		}),
	}
}

// undeclared is a document without its declaration.
func undeclared(document string) string {
	if _, rest, found := strings.Cut(document, "?>"); found {
		return rest
	}
	return document
}

// xmlCase writes the good XML of a login another way.
func xmlCase(name, says string, write func(good string) string) Case {
	return Case{Name: name, Says: says, APIs: []string{"sdm"}, when: func(t *turn) bool {
		return opens(t) && strings.Contains(t.said.Header.Get("Content-Type"), "xml")
	}, alter: func(t *turn) {
		t.said.Body = []byte(write(string(t.said.Body)))
		t.said.Header.Set("Content-Type", "application/xml") // without a charset, which would go before the declaration
	}}
}

// jsonBodies are answers whose JSON is an attack on its reader, or none. Where the good JSON is an object they change
// that.
func jsonBodies() []Case {
	return []Case{
		jsonCase("json-100000-levels", "Its JSON has 100,000 levels.", func(string) string {
			return strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
		}),
		jsonCase("json-100000-levels-within", "Its JSON has a member of 100,000 levels.", func(good string) string {
			return withMember(good, `"deep":`+strings.Repeat(`{"a":`, 100_000)+"1"+strings.Repeat("}", 100_000))
		}),
		jsonCase("json-doubled-keys", "Its JSON has each key twice.", func(good string) string {
			if strings.HasPrefix(good, "{") {
				return strings.TrimSuffix(strings.TrimSpace(good), "}") + "," + strings.TrimPrefix(good, "{")
			}
			return good + good
		}),
		jsonCase("json-long-number", "Its JSON has a number of 10,000 digits.", func(good string) string {
			return withMember(good, `"lastFailedLogin":`+strings.Repeat("1", 10_000))
		}),
		jsonCase("json-large-exponent", "Its JSON has the number 1e999999999.", func(good string) string {
			return withMember(good, `"lastFailedLogin":1e999999999,"idleTimeout":1e999999999`)
		}),
		jsonCase("json-nan", "Its JSON has NaN.",
			func(good string) string { return withMember(good, `"lastFailedLogin":NaN`) }),
		jsonCase("json-lone-surrogate", "Its JSON has half a pair of surrogates.", func(good string) string {
			if strings.HasPrefix(good, `"`) {
				return `"\ud800` + good[1:]
			}
			return withMember(good, `"note":"\ud800"`)
		}),
		jsonCase("json-bom", "Its JSON begins with a byte order mark.", func(good string) string { return "\ufeff" + good }),
		jsonCase("json-100000-members", "Its JSON has 100,000 more members.", func(good string) string {
			return withMember(good, strings.Repeat(`"more":1,`, 100_000)+`"end":1`)
		}),
		jsonCase("json-no-utf-8", "Its JSON has bytes that are no UTF-8.", func(good string) string {
			return withMember(good, "\"note\":\"\xff\xfe\"")
		}),
		jsonCase("json-of-prototypes", "Its JSON has members that mean something to scripts.", func(good string) string {
			return withMember(good, `"__proto__":{"polluted":true},"constructor":{"prototype":{}},"toString":"x"`)
		}),
	}
}

// jsonCase writes the good JSON of a login, or of the call that reads, another way.
func jsonCase(name, says string, write func(good string) string) Case {
	return Case{Name: name, Says: says, when: func(t *turn) bool {
		return t.said.Status < 300 && strings.Contains(t.said.Header.Get("Content-Type"), "json")
	}, alter: func(t *turn) { t.said.Body = []byte(write(string(t.said.Body))) }}
}

// withMember puts members before those of an object, or in place of what is none.
func withMember(good, member string) string {
	if rest, is := strings.CutPrefix(good, "{"); is {
		return "{" + member + "," + rest
	}
	return "{" + member + "}"
}
