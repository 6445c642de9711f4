package hostile

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"

	"session-conformance/support/reference"
)

// bodies are answers whose body is too much, or not encoded as they say.
func bodies() []Case {
	return []Case{
		{Name: "body-of-1-gib", Says: "The answers to reading requests have a body of 1 GiB.", when: reads,
			speak: func(t *turn) bool {
				t.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n")
				for range 1 << 14 {
					if !t.write(strings.Repeat("x", 1<<16)) {
						return false
					}
				}
				return true
			}},
		{Name: "body-of-4-mib", Says: "Each answer has a body of just 4 MiB.", alter: func(t *turn) {
			answers(t.said.Status, "text/plain", strings.Repeat("some text, and ", 4<<20/15))(t)
		}},
		{Name: "body-of-ids", Says: "Each answer has a body of 1 MiB that is full of IDs.", alter: func(t *turn) {
			answers(t.said.Status, "application/json", manyIDs())(t)
		}},
		{Name: "gzip-bomb", Says: "The answers to reading requests are a few KiB of gzip that inflate to 1 GiB.", when: reads,
			alter: func(t *turn) { answers(200, "application/json", bomb(), "Content-Encoding", "gzip")(t) }},
		encoded("gzip-broken", "The answers to reading requests say gzip and are none.", "gzip", `{"id": 1}`),
		encoded("gzip-cut", "The answers to reading requests are half a gzip file.", "gzip",
			reference.Zipped(strings.Repeat("half ", 100))[:20]),
		encoded("gzip-with-a-tail", "The answers to reading requests are gzip with more bytes behind it.", "gzip",
			reference.Zipped("{}")+"and more"),
		encoded("gzip-twice", "The answers to reading requests are zipped twice.", "gzip, gzip",
			reference.Zipped(reference.Zipped("{}"))),
		encoded("brotli", "The answers to reading requests are encoded in brotli, which nobody asked for.", "br",
			"\x0b\x02\x80{\"id\"}\x03"),
		encoded("encoding-unknown", "The answers to reading requests have an encoding of their own, with escape sequences "+
			"in its name.", "\x1b[31mrot13", "uryyb"),
		encoded("encoding-of-100-kib", "The answers to reading requests have an encoding of a name of 100 KiB.",
			strings.Repeat("zip", 33<<10), "hello"),
		{Name: "body-of-noise", Says: "The answers to reading requests have a body of random bytes.", when: reads,
			alter: func(t *turn) {
				source, b := rand.NewChaCha8([32]byte{7}), make([]byte, 4<<10)
				source.Read(b)
				answers(200, "application/json", string(b))(t)
			}},
		{Name: "body-with-escapes", Says: "The answers to reading requests have a body of escape sequences, ]]>, scripts " +
			"and formulas.", when: reads,
			alter: answers(200, "application/json", "=cmd|' /C calc'!A0\x1b]0;owned\x07\x1b[2J\x00\u202e ]]> "+
				"<script>alert(1)</script> <img src=x onerror=alert(2)>")},
		{Name: "body-where-none-belongs", Says: "A body follows each answer 204.",
			when: func(t *turn) bool { return t.said.Status == http.StatusNoContent },
			APIs: []string{"sessions"}, speak: func(t *turn) bool {
				return t.write(head(http.StatusNoContent, t.said.Header)) && t.write("{}") && t.hold()
			}},
	}
}

// encoded is a case whose reading requests are answered with a body under a Content-Encoding.
func encoded(name, says, encoding, body string) Case {
	return Case{Name: name, Says: says, when: reads,
		alter: answers(200, "application/json", body, "Content-Encoding", encoding)}
}

// bomb is 1 GiB of zeros, in gzip: members of a few KiB, each of which inflates to 4 MiB.
var bomb = sync.OnceValue(func() string {
	return strings.Repeat(reference.Zipped(strings.Repeat("\x00", 4<<20)), 1<<8)
})

// manyIDs is a JSON array of 1 MiB with more than 20,000 IDs.
var manyIDs = sync.OnceValue(func() string {
	source := rand.New(rand.NewChaCha8([32]byte{9}))
	var b strings.Builder
	b.WriteString("[")
	for b.Len() < 1<<20 {
		fmt.Fprintf(&b, `"%08x-%04x-4%03x-8%03x-%012x",`, source.Uint32(), source.Uint32()&0xffff, source.Uint32()&0xfff,
			source.Uint32()&0xfff, source.Uint64()>>16)
	}
	return b.String() + `"end"]`
})
