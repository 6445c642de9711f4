package sdm

import (
	_ "embed"
	"encoding/xml"
	"fmt"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// What the document's sample clients send, as it was recorded: see support/samples. {userName} and {password} stand for
// the values.
var (
	//go:embed samples/curl.http
	curlSample string
	//go:embed samples/python.http
	pythonSample string
)

// sample is a recorded request as options and a body.
type sample struct {
	headers map[string]string
	body    string
	written func(value string) string // how the client writes a value
}

func sampleOf(recorded string, written func(string) string) sample {
	head, body, _ := strings.Cut(recorded, "\r\n\r\n")
	s := sample{headers: map[string]string{}, body: body, written: written}
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, value, _ := strings.Cut(line, ": ")
		s.headers[name] = value
	}
	return s
}

// options are the request's header fields. A client that takes no encoding says so.
func (s sample) options() []Option {
	all := []Option{Header("Accept-Encoding", "identity")}
	for name, value := range s.headers {
		all = append(all, Header(name, value))
	}
	return all
}

// of is the body with the values of a login.
func (s sample) of(right session.Fields) Body {
	pairs := []string{}
	for _, f := range right {
		pairs = append(pairs, "{"+f.Name+"}", s.written(f.Value.(string)))
	}
	return Raw{ContentType: s.headers["Content-Type"], Text: strings.NewReplacer(pairs...).Replace(s.body)}
}

var (
	asCurl   = sampleOf(curlSample, inUTF8)
	asPython = sampleOf(pythonSample, inASCII)
)

// inUTF8 is XML as people type it into a file.
func inUTF8(value string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(value)) // a Builder cannot fail
	return b.String()
}

// inASCII is XML as lxml writes it: characters beyond ASCII by their numbers, quotation marks as they are.
func inASCII(value string) string {
	var b strings.Builder
	for _, c := range value {
		switch {
		case c > 0x7e:
			fmt.Fprintf(&b, "&#%d;", c)
		case strings.ContainsRune("&<>", c):
			b.WriteString(inUTF8(string(c)))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// firstLetter writes a value with its first letter in another way.
func firstLetter(value string, first func(c rune) string, rest func(string) string) string {
	for _, c := range value {
		return first(c) + rest(value[len(string(c)):])
	}
	return ""
}

func byNumber(value string) string {
	return firstLetter(value, func(c rune) string { return fmt.Sprintf("&#%d;", c) }, inUTF8)
}

func byHexadecimal(value string) string {
	return firstLetter(value, func(c rune) string { return fmt.Sprintf("&#x%X;", c) }, inUTF8)
}

func jsonEscaped(all bool) func(value string) string {
	return func(value string) string {
		if all {
			return vary.JSONEscaped(value, true)
		}
		first := firstLetter(value, func(c rune) string { return strings.Trim(vary.JSONEscaped(string(c), true), `"`) },
			func(rest string) string { return strings.TrimPrefix(vary.JSON(rest), `"`) })
		return `"` + first
	}
}
