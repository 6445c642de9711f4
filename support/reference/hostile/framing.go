package hostile

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The beginnings of good answers.
const (
	ok      = "HTTP/1.1 200 OK\r\n"
	chunked = ok + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
	more    = "X-More: and more\r\n"
)

// framing are answers whose beginning, length or end lies.
func framing() []Case {
	return []Case{
		fourth("length-too-long", "The fourth answer is shorter than its Content-Length.",
			ok+"Content-Length: 1000\r\n\r\n{}"),
		{Name: "length-too-short", Says: "The answers to reading requests are longer than their Content-Length.", when: reads,
			speak: func(t *turn) bool {
				return t.write(ok+"Content-Length: 2\r\n\r\n{}, and so on until the connection is full of it") && t.hold()
			}},
		fourth("length-negative", "The fourth answer's Content-Length is negative.", ok+"Content-Length: -5\r\n\r\n{}"),
		fourth("length-doubled", "The fourth answer has two Content-Length that differ.",
			ok+"Content-Length: 2\r\nContent-Length: 7\r\n\r\n{}"),
		fourth("length-no-number", "The fourth answer's Content-Length is no number.", ok+"Content-Length: two\r\n\r\n{}"),
		fourth("length-and-chunks", "The fourth answer has a Content-Length and chunks.",
			ok+"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n"),
		fourth("chunk-too-large", "A chunk of the fourth answer is shorter than its size says.",
			chunked+"1000\r\n{}\r\n0\r\n\r\n"),
		fourth("chunk-too-small", "A chunk of the fourth answer is longer than its size says.",
			chunked+"1\r\n{}\r\n0\r\n\r\n"),
		fourth("chunk-no-number", "A chunk's size in the fourth answer is no number.", chunked+"two\r\n{}\r\n0\r\n\r\n"),
		fourth("chunk-of-everything", "A chunk's size in the fourth answer has 17 digits.",
			chunked+"10000000000000000\r\n{}\r\n0\r\n\r\n"),
		fourth("transfer-encoding-unknown", "The fourth answer has a Transfer-Encoding of its own.",
			ok+"Transfer-Encoding: shuffled\r\n\r\n{}"),
		endless("chunks-without-end", "The fourth answer's chunks never end.", chunked,
			"1000\r\n"+strings.Repeat("x", 0x1000)+"\r\n", 0),
		endless("chunks-of-nothing", "The fourth answer's chunks have a byte each, and an extension of 2 KiB, without end.",
			chunked, "1;"+strings.Repeat("x", 2000)+"\r\nx\r\n", 0),
		endless("trailers-without-end", "The fourth answer's trailers never end.", chunked+"2\r\n{}\r\n0\r\n", more, 0),
		fourth("no-http", "The fourth answer is no HTTP.", "SSH-2.0-OpenSSH_9.9 \x1b[2J\x1b[31mboo\r\n\r\n"),
		fourth("http-0-9", "The fourth answer is HTTP/0.9: a body and nothing else.", "<html><body>hello</body></html>\r\n"),
		fourth("http-9-9", "The fourth answer's version is HTTP/9.9.", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("status-099", "The fourth answer's status is 099.", "HTTP/1.1 099 Hm\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("status-999", "The fourth answer's status is 999.", "HTTP/1.1 999 Ha\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("status-no-number", "The fourth answer's status is no number.",
			"HTTP/1.1 OK 200\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("status-negative", "The fourth answer's status is negative.",
			"HTTP/1.1 -20 OK\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("switches-protocols", "The fourth answer is 101 Switching Protocols, which nobody asked for.",
			"HTTP/1.1 101 Switching Protocols\r\nUpgrade: spam\r\nConnection: Upgrade\r\n\r\nspam"),
		endless("status-without-end", "The fourth answer's status line never ends.", "HTTP/1.1 200 ",
			strings.Repeat("Oh! ", 1024), 0),
		endless("interim-without-end", "100 Continue comes for ever in place of the fourth answer.", "",
			"HTTP/1.1 100 Continue\r\n\r\n", 0),
		endless("hints-without-end", "103 Early Hints come slowly and for ever in place of the fourth answer.", "",
			"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n", 200*time.Millisecond),
	}
}

// headers are answers whose header is too much, or no header.
func headers() []Case {
	return []Case{
		endless("headers-without-end", "The fourth answer's header never ends.", ok, more, 0),
		endless("headers-drip", "The fourth answer's header never ends, a field every 200 ms.", ok, more,
			200*time.Millisecond),
		{Name: "headers-10000", Says: "Each answer to a reading request has 10,000 header fields.", when: reads,
			alter: func(t *turn) {
				for i := range 10_000 {
					t.said.Header.Set(fmt.Sprintf("X-%d", i), "one of many")
				}
			}},
		{Name: "header-of-10-mib", Says: "The fourth answer has a header field of 10 MiB.", when: once,
			alter: sets("X-Large", strings.Repeat("x", 10<<20))},
		{Name: "header-of-500-kib", Says: "Each answer has a header field of 500 KiB.",
			alter: sets("X-Large", strings.Repeat("large, ", 500<<10/7))},
		{Name: "header-no-text", Says: "Each answer has a header field whose bytes are no text.",
			alter: sets("X-Bytes", "\xff\xfe\x80\xc0\xaf")},
		{Name: "header-with-nul", Says: "The fourth answer has a header field with NUL bytes.", when: once,
			alter: sets("X-Nul", "a\x00b")},
		{Name: "header-with-escapes", Says: "Each answer has terminal escape sequences in a header field and in its media " +
			"type.", alter: sets("X-Escape", "\x1b]0;owned\x07\x1b[2J\x1b[31m", "Content-Type", "text/\x1b[31mred")},
		fourth("header-name-with-blank", "A header field of the fourth answer has a blank in its name.",
			ok+"X Y: z\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("header-without-colon", "A header field of the fourth answer has no colon.",
			ok+"\x1b[31mnonsense\r\nContent-Length: 2\r\n\r\n{}"),
		fourth("header-folded", "A header field of the fourth answer goes on in the next line.",
			ok+"X-A: one\r\n two\r\nContent-Length: 2\r\n\r\n{}"),
		{Name: "media-type-of-100-kib", Says: "Each answer's media type is 100 KiB long.",
			alter: sets("Content-Type", "application/"+strings.Repeat("json", 25<<10))},
		{Name: "reason-of-500-kib", Says: "The reason phrase of each answer to a reading request is 500 KiB long.",
			when: reads, speak: because(strings.Repeat("because ", 500<<10/8))},
		{Name: "reason-with-escapes", Says: "The reason phrase of each answer to a reading request has terminal escape " +
			"sequences, ]]> and a script.", when: reads,
			speak: because("\x1b[31m\x1b]0;owned\x07 ]]> <script>alert(1)</script> =cmd|x")},
	}
}

// fourth is a case that sends these bytes as the fourth answer, and then ends the connection.
func fourth(name, says, bytes string) Case {
	return Case{Name: name, Says: says, when: once, speak: func(t *turn) bool {
		t.write(bytes)
		return false
	}}
}

// endless is a case whose fourth answer begins so, and goes on with a piece again and again.
func endless(name, says, beginning, piece string, pause time.Duration) Case {
	return Case{Name: name, Says: says, when: once, speak: func(t *turn) bool {
		return t.write(beginning) && t.forever(piece, pause)
	}}
}

// sets sets header fields of the good answer: names and values by turns.
func sets(pairs ...string) func(*turn) {
	return func(t *turn) {
		for pair := range slices.Chunk(pairs, 2) {
			t.said.Header.Set(pair[0], pair[1])
		}
	}
}

// because speaks the good answer with the status 299 and a reason phrase.
func because(phrase string) func(*turn) bool {
	return func(t *turn) bool {
		h := t.said.Header.Clone()
		h.Set("Content-Length", fmt.Sprint(len(t.said.Body)))
		return t.write("HTTP/1.1 299 "+phrase+"\r\n"+fields(h)+"\r\n") && t.write(string(t.said.Body))
	}
}
