package report

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"session-conformance/support/exchange"
	"session-conformance/support/sink"
)

// ownHeaders are not worth repeating in a curl line.
var ownHeaders = []string{"User-Agent", "Accept-Encoding", "Authorization", "Cookie", "Transfer-Encoding"}

// longestBody is up to how many bytes of a body a curl line holds: nobody reads a longer one, nor does every shell take
// it.
const longestBody = 16 << 10

// Curl writes requests of a target as lines for the shell.
type Curl struct{ words shellWords }

// NewCurl names the stand-ins of the target's evidence: "user.password" becomes the variable that targets.yaml takes it
// from, or else
// $USER_PASSWORD. What a scenario invented is no secret, and is sent as it stands.
func NewCurl(secrets, variables map[string]string) Curl {
	return Curl{newShellWords(secrets, variables)}
}

// Line is the line that sends an exchange's request again, with variables of the shell in place of secrets; sessions
// that the
// evidence does not name become $SESSION. Within a body of JSON or XML a program escapes the variable's value as the
// body needs it. It is empty where it would be longer than a terminal takes, and where no shell can pass it: with a
// NUL.
func (c Curl) Line(e *exchange.Exchange) string {
	if len(e.Request.URL)+len(e.Request.Header.Get("Cookie")) > curlLimit ||
		strings.Contains(e.Request.URL+string(e.Request.Body), "\x00") {
		return ""
	}
	w := c.words
	line := []string{"curl -sS -i"}
	if e.Request.Method != http.MethodGet {
		line = append(line, "-X "+sink.ShellLine(e.Request.Method))
	}
	line = append(line, w.word(e.Request.URL))
	names := make([]string, 0, len(e.Request.Header))
	for name := range e.Request.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(ownHeaders, name) {
			line = append(line, "-H "+w.word(name+": "+e.Request.Header.Get(name)))
		}
	}
	if scheme, credentials, ok := strings.Cut(e.Request.Header.Get("Authorization"), " "); ok &&
		strings.EqualFold(scheme, "Basic") {
		if plain, err := base64.StdEncoding.DecodeString(credentials); err == nil {
			login, password, _ := strings.Cut(string(plain), ":")
			line = append(line, "-u "+sink.ShellLine(login+":")+w.value(password))
		}
	}
	if cookie := e.Request.Header.Get("Cookie"); cookie != "" {
		line = append(line, "-H "+w.cookies(cookie))
	}
	if e.Request.Chunked {
		line = append(line, "-H 'Transfer-Encoding: chunked'")
	}
	switch n := len(e.Request.Body); {
	case e.Request.LeftOut > 0:
		line = append(line, fmt.Sprintf(
			"--data-binary @body.txt # %d bytes; the evidence leaves out %d of a repeated character", n+e.Request.LeftOut,
			e.Request.LeftOut))
	case n > longestBody:
		line = append(line, fmt.Sprintf("--data-binary @body.txt # %d bytes, which stand in the evidence", n))
	case n > 0:
		line = append(line, "--data-raw "+w.within(e.Request.Body))
	}
	return strings.Join(line, " ")
}

// curlLimit is how long the address and the cookies of a line may be, in bytes: a target may set a cookie of a
// megabyte.
const curlLimit = 8 << 10

// shortestForm is how long a stand-in must be to be looked for within a text: shorter ones stand there by chance.
const shortestForm = 8

// shellWords makes words for the shell, with variables in place of stand-ins.
type shellWords struct {
	forms     []string          // in which stand-ins stand in a request, the longest first
	variables map[string]string // by form
}

func newShellWords(secrets, variables map[string]string) shellWords {
	w := shellWords{variables: map[string]string{}}
	for standIn, label := range secrets {
		if standIn == "" || strings.HasPrefix(label, "invented") {
			continue
		}
		variable := `"$` + variableOf(label, variables) + `"`
		escaped, _ := json.Marshal(standIn)
		for _, form := range []string{standIn, string(escaped[1 : len(escaped)-1]), url.QueryEscape(standIn),
			html.EscapeString(standIn), jsonText(standIn)} {
			if w.variables[form] == "" && len(form) >= shortestForm {
				w.forms = append(w.forms, form)
			}
			w.variables[form] = variable
		}
	}
	slices.SortFunc(w.forms, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return w
}

// jsonText is a text as it stands in JSON that leaves <, > and & alone.
func jsonText(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always encodes
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`)
}

// word is a text as one word for the shell.
func (w shellWords) word(text string) string {
	for _, form := range w.forms {
		if before, after, found := strings.Cut(text, form); found {
			return w.part(before) + w.variables[form] + w.part(after)
		}
	}
	return sink.ShellLine(text)
}

// variableName is what may stand as a variable in a line for the shell: evidence from elsewhere may hold anything.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,99}$`)

// variableOf is the variable for a secret: the one that targets.yaml takes it from, or one named after its label.
func variableOf(label string, variables map[string]string) string {
	if name := variables[label]; variableName.MatchString(name) {
		return name
	}
	name := strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return unicode.ToUpper(c)
		}
		return '_'
	}, label)
	if name == "" || unicode.IsDigit(rune(name[0])) {
		name = "_" + name
	}
	return name
}

// The programs that escape a value for the text around it; a secret holds no control characters.
const (
	forJSON = `sed 's/[\\"]/\\&/g'`
	forXML  = `sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'`
)

// within is a body as one word for the shell: where it is JSON or XML, what a variable holds is escaped for it.
func (w shellWords) within(body []byte) string {
	program := ""
	switch text := bytes.TrimSpace(body); {
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")), bytes.HasPrefix(text, []byte(`"`)):
		program = forJSON
	case bytes.HasPrefix(text, []byte("<")):
		program = forXML
	}
	if program == "" {
		return w.word(string(body))
	}
	escaped := shellWords{w.forms, map[string]string{}}
	for form, variable := range w.variables {
		// no printf %s: Ginkgo's console would fill that in
		escaped.variables[form] = `"$(` + program + ` <<<` + variable + `)"`
	}
	return escaped.word(string(body))
}

// value is a text that is a secret as a whole.
func (w shellWords) value(text string) string {
	if variable := w.variables[text]; variable != "" {
		return variable
	}
	return w.part(text)
}

// part is a piece of a word: nothing where it is empty.
func (w shellWords) part(text string) string {
	if text == "" {
		return ""
	}
	return w.word(text)
}

// cookies is a Cookie header. A value that is no known secret's is that of a session which the evidence does not hold.
func (w shellWords) cookies(header string) string {
	word := sink.ShellLine("Cookie: ")
	for i, pair := range strings.Split(header, "; ") {
		name, value, _ := strings.Cut(pair, "=")
		if i > 0 {
			name = "; " + name
		}
		variable := w.variables[strings.Trim(value, `"`)]
		if variable == "" {
			variable = `"$SESSION"`
		}
		word += sink.ShellLine(name+"=") + variable // where the value was quoted, the variable holds the quotation marks
	}
	return word
}
