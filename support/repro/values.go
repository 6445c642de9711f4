package repro

import (
	"encoding/hex"
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"session-conformance/support/exchange"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// The marks around what stands for a value in a template. They stand in no request: one that holds them is sent by no
// script.
const open, closing = "⟦", "⟧"

// value is a text of the evidence that a script must not send as it stands: a stand-in of a secret, or what an answer
// gave.
type value struct {
	text  string
	label string
	name  string // of the variable that holds it
	// from is the exchange whose answer gives it, and how to take it from there; nil: a setting, or made of one.
	from *exchange.Exchange
	take []string
	// base is what it is derived from, whose text is of, and by what.
	base    *value
	of      string
	derived string
	unknown string // why a script cannot make it
	spelt   []form // see forms
}

// shortest is how long a text must be for its place in another one to be no chance.
const shortest = 8

// isSetting says whether a label is that of what targets.yaml gives.
func isSetting(label string) bool {
	first, _, _ := strings.Cut(label, ".")
	return first == "user" || first == "other_user" || len(target.OwnersOf(first)) > 0
}

// secrets are the values that the evidence's stand-ins stand for.
func (f Finding) secrets() []*value {
	var list []*value
	for _, text := range slices.Sorted(maps.Keys(f.Secrets)) {
		label := f.Secrets[text]
		if len(text) < 4 {
			continue
		}
		v := &value{text: text, label: label}
		if !strings.Contains(label, " ") && isSetting(label) {
			v.name = f.variable(label)
		}
		list = append(list, v)
	}
	for _, v := range list {
		if v.name == "" {
			f.derive(v, list)
		}
	}
	return list
}

// variableName is what a script takes for the name of a variable: evidence from elsewhere may hold anything.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,99}$`)

// variable is the environment's variable for a setting: the one that targets.yaml takes it from, or one named after the
// setting.
func (f Finding) variable(label string) string {
	if name := f.Variables[label]; variableName.MatchString(name) {
		return name
	}
	if label == "" || unicode.IsDigit(rune(label[0])) {
		label = "_" + label
	}
	return strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return unicode.ToUpper(c)
		}
		return '_'
	}, label)
}

// made is how a scenario may have made a value, see evidence.Made: evidence from elsewhere may hold anything.
var made = regexp.MustCompile(`^((^|; )((first|last) [0-9]{1,5}|(then|insert [0-9]{1,5}) [!-:<-~]+|` +
	`plus -?[0-9]{1,6} [0-9]{1,5}|(case|other)( [0-9]{1,5})+))+$`)

// derive finds out what a value that a scenario made is made of. Invented ones are sent as they stand.
func (f Finding) derive(v *value, list []*value) {
	how := f.Made[v.text]
	switch {
	case strings.HasPrefix(v.label, "invented"):
	case !made.MatchString(how.How):
		v.unknown = "a script cannot make the " + strings.TrimPrefix(v.label, "the ")
	default:
		v.of, v.derived = how.Of, how.How
		if at := slices.IndexFunc(list, func(o *value) bool { return o.text == v.of && o.name != "" }); at >= 0 {
			v.base = list[at]
		} // else it is made of an answer's value, which is found later
	}
}

// longestAnswer is up to how many bytes of an answer's body are looked through for values.
const longestAnswer = 64 << 10

// minted are the values that the answer to an exchange gives.
func (r *Run) minted(e *exchange.Exchange) []value {
	if r.given == nil {
		r.given = map[*exchange.Exchange][]value{}
	}
	if _, looked := r.given[e]; !looked {
		r.given[e] = minted(e)
	}
	return r.given[e]
}

func minted(e *exchange.Exchange) (list []value) {
	add := func(text string, take ...string) {
		text = strings.Trim(text, `"`)
		if len(text) >= shortest && !slices.ContainsFunc(list, func(v value) bool { return v.text == text }) {
			list = append(list, value{text: text, from: e, take: take})
		}
	}
	secret := func(text string) bool { return len(text) >= 16 && strings.ContainsAny(text, "0123456789") }
	for _, c := range e.Cookies() {
		if !c.Deletes() {
			add(c.Value, "cookie", c.Name)
		}
	}
	body := e.Body()
	if len(body) > longestAnswer {
		return list
	}
	var whole any
	if json.Unmarshal(body, &whole) == nil {
		switch of := whole.(type) {
		case string:
			add(of, "body")
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(of)) {
				if text, ok := of[name].(string); ok && plainName.MatchString(name) && secret(text) {
					add(text, "member", name)
				}
			}
		}
	} else if text := strings.TrimSpace(string(body)); len(text) <= 200 && secret(text) &&
		!strings.ContainsAny(text, " <>\n") {
		add(text, "body")
	}
	if _, rest, found := strings.Cut(string(body), "<sessionId>"); found {
		id, _, _ := strings.Cut(rest, "<")
		add(html.UnescapeString(id), "xml", "sessionId")
	}
	return list
}

// plainName is the name of a member that a script can ask for.
var plainName = regexp.MustCompile(`^[\p{L}\p{Nd}_-]+$`)

// forms are the ways in which a value may stand in a request, by the name that the script's program gives them.
func (v *value) forms() []form {
	if v.spelt == nil {
		v.spelt = []form{{"raw", v.text}, {"json", jsonOf(v.text)}, {"ascii", unitsOf(v.text, false)},
			{"units", unitsOf(v.text, true)}, {"xml", html.EscapeString(v.text)}, {"minimal", minimal.Replace(v.text)},
			{"query", url.QueryEscape(v.text)}}
	}
	return v.spelt
}

type form struct{ way, text string }

// minimal escapes what XML does not take as it stands.
var minimal = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func jsonOf(text string) string {
	encoded := string(sink.Compact(text))
	return encoded[1 : len(encoded)-1]
}

// unitsOf writes each character beyond ASCII as \uXXXX, or every one.
func unitsOf(text string, every bool) string {
	if !every {
		text = jsonOf(text)
	}
	var b strings.Builder
	for _, c := range text {
		if c < 0x80 && !every {
			b.WriteRune(c)
			continue
		}
		for _, unit := range utf16.Encode([]rune{c}) {
			b.WriteString(`\u` + hex.EncodeToString([]byte{byte(unit >> 8), byte(unit)}))
		}
	}
	return b.String()
}
