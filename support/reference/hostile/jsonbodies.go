package hostile

import "strings"

// jsonBodies are answers whose JSON is an attack on its reader, or none. Where the good JSON is an object they change
// that.
var jsonBodies = []Case{
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
