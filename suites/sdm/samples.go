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

// What the document's sample clients send.
var (
	//go:embed samples/curl.http
	curlSample string
	//go:embed samples/python.http
	pythonSample string

	asCurl   = session.ReadSample(curlSample, inUTF8)
	asPython = session.ReadSample(pythonSample, inASCII)
)

// optionsOf are a client's header fields. One that takes no encoding says so.
func optionsOf(s session.Sample) []Option {
	return s.Options(Header("Accept-Encoding", "identity"), Header("Content-Type", s.Headers["Content-Type"]))
}

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
