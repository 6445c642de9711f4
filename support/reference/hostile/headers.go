package hostile

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"session-conformance/support/reference/wire"
)

// headers are answers whose header is too much, or no header.
var headers = []Case{
	{Name: "headers-without-end", Says: "The fourth answer's header never ends.", when: once, speak: func(t *turn) bool {
		return t.write("HTTP/1.1 200 OK\r\n") && t.forever("X-More: and more\r\n", 0)
	}},
	{Name: "headers-drip", Says: "The fourth answer's header never ends, a field every 200 ms.", when: once,
		speak: func(t *turn) bool {
			return t.write("HTTP/1.1 200 OK\r\n") && t.forever("X-More: and more\r\n", 200*time.Millisecond)
		}},
	{Name: "headers-10000", Says: "Each answer to a reading request has 10,000 header fields.", when: reads,
		alter: func(t *turn) {
			for i := range 10_000 {
				t.said.Header.Set(fmt.Sprintf("X-%d", i), "one of many")
			}
		}},
	{Name: "header-of-10-mib", Says: "The fourth answer has a header field of 10 MiB.", when: once, alter: func(t *turn) {
		t.said.Header.Set("X-Large", strings.Repeat("x", 10<<20))
	}},
	{Name: "header-of-500-kib", Says: "Each answer has a header field of 500 KiB.", alter: func(t *turn) {
		t.said.Header.Set("X-Large", strings.Repeat("large, ", 500<<10/7))
	}},
	{Name: "header-no-text", Says: "Each answer has a header field whose bytes are no text.", alter: func(t *turn) {
		t.said.Header.Set("X-Bytes", "\xff\xfe\x80\xc0\xaf")
	}},
	{Name: "header-with-nul", Says: "The fourth answer has a header field with NUL bytes.", when: once,
		alter: set("X-Nul", "a\x00b")},
	{Name: "header-with-escapes", Says: "Each answer has terminal escape sequences in a header field and in its media type.", alter: func(t *turn) {
		t.said.Header.Set("X-Escape", "\x1b]0;owned\x07\x1b[2J\x1b[31m")
		t.said.Header.Set("Content-Type", "text/\x1b[31mred")
	}},
	fourth("header-name-with-blank", "A header field of the fourth answer has a blank in its name.",
		"HTTP/1.1 200 OK\r\nX Y: z\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("header-without-colon", "A header field of the fourth answer has no colon.",
		"HTTP/1.1 200 OK\r\n\x1b[31mnonsense\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("header-folded", "A header field of the fourth answer goes on in the next line.",
		"HTTP/1.1 200 OK\r\nX-A: one\r\n two\r\nContent-Length: 2\r\n\r\n{}"),
	{Name: "media-type-of-100-kib", Says: "Each answer's media type is 100 KiB long.", alter: func(t *turn) {
		t.said.Header.Set("Content-Type", "application/"+strings.Repeat("json", 25<<10))
	}},
	{Name: "reason-of-500-kib", Says: "The reason phrase of each answer to a reading request is 500 KiB long.",
		when: reads, speak: func(t *turn) bool {
			return t.reason(299, strings.Repeat("because ", 500<<10/8))
		}},
	{Name: "reason-with-escapes", Says: "The reason phrase of each answer to a reading request has terminal escape " +
		"sequences, ]]> and a script.", when: reads, speak: func(t *turn) bool {
		return t.reason(299, "\x1b[31m\x1b]0;owned\x07 ]]> <script>alert(1)</script> =cmd|x")
	}},
}

func set(name, value string) func(*turn) { return func(t *turn) { t.said.Header.Set(name, value) } }

// reason speaks the good answer with another status and reason phrase.
func (t *turn) reason(status int, phrase string) bool {
	h := t.said.Header.Clone()
	h.Set("Content-Length", fmt.Sprint(len(t.said.Body)))
	return t.write(fmt.Sprintf("HTTP/1.1 %d %s\r\n", status, phrase)+fields(h)+"\r\n") && t.write(string(t.said.Body))
}

// answered replaces the good answer, cookies and all.
func (t *turn) answered(status int, mediaType, body string) {
	t.said = wire.Said{Status: status, Header: http.Header{"Content-Type": {mediaType}}, Body: []byte(body)}
}
