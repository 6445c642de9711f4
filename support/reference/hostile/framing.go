package hostile

import (
	"strings"
	"time"
)

// framing are answers whose beginning, length or end lies.
var framing = []Case{
	fourth("length-too-long", "The fourth answer is shorter than its Content-Length.",
		"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{}"),
	{Name: "length-too-short", Says: "The answers to reading requests are longer than their Content-Length.", when: reads,
		speak: func(t *turn) bool {
			return t.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}, and so on until the connection is full of it") &&
				t.hold()
		}},
	fourth("length-negative", "The fourth answer's Content-Length is negative.",
		"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}"),
	fourth("length-doubled", "The fourth answer has two Content-Length that differ.",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\n{}"),
	fourth("length-no-number", "The fourth answer's Content-Length is no number.",
		"HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}"),
	fourth("length-and-chunks", "The fourth answer has a Content-Length and chunks.",
		"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}\r\n"),
	fourth("chunk-too-large", "A chunk of the fourth answer is shorter than its size says.",
		chunked+"1000\r\n{}\r\n0\r\n\r\n"),
	fourth("chunk-too-small", "A chunk of the fourth answer is longer than its size says.",
		chunked+"1\r\n{}\r\n0\r\n\r\n"),
	fourth("chunk-no-number", "A chunk's size in the fourth answer is no number.", chunked+"two\r\n{}\r\n0\r\n\r\n"),
	fourth("chunk-of-everything", "A chunk's size in the fourth answer has 17 digits.",
		chunked+"10000000000000000\r\n{}\r\n0\r\n\r\n"),
	fourth("transfer-encoding-unknown", "The fourth answer has a Transfer-Encoding of its own.",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: shuffled\r\n\r\n{}"),
	{Name: "chunks-without-end", Says: "The fourth answer's chunks never end.", when: once, speak: func(t *turn) bool {
		return t.write(chunked) && t.forever("1000\r\n"+strings.Repeat("x", 0x1000)+"\r\n", 0)
	}},
	{Name: "chunks-of-nothing", Says: "The fourth answer's chunks have a byte each, and an extension of 2 KiB, without end.", when: once, speak: func(t *turn) bool {
		return t.write(chunked) && t.forever("1;"+strings.Repeat("x", 2000)+"\r\nx\r\n", 0)
	}},
	{Name: "trailers-without-end", Says: "The fourth answer's trailers never end.", when: once, speak: func(t *turn) bool {
		return t.write(chunked+"2\r\n{}\r\n0\r\n") && t.forever("X-More: and more\r\n", 0)
	}},
	fourth("no-http", "The fourth answer is no HTTP.", "SSH-2.0-OpenSSH_9.9 \x1b[2J\x1b[31mboo\r\n\r\n"),
	fourth("http-0-9", "The fourth answer is HTTP/0.9: a body and nothing else.", "<html><body>hello</body></html>\r\n"),
	fourth("http-9-9", "The fourth answer's version is HTTP/9.9.", "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("status-099", "The fourth answer's status is 099.", "HTTP/1.1 099 Hm\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("status-999", "The fourth answer's status is 999.", "HTTP/1.1 999 Ha\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("status-no-number", "The fourth answer's status is no number.",
		"HTTP/1.1 OK 200\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("status-negative", "The fourth answer's status is negative.", "HTTP/1.1 -20 OK\r\nContent-Length: 2\r\n\r\n{}"),
	fourth("switches-protocols", "The fourth answer is 101 Switching Protocols, which nobody asked for.",
		"HTTP/1.1 101 Switching Protocols\r\nUpgrade: spam\r\nConnection: Upgrade\r\n\r\nspam"),
	{Name: "status-without-end", Says: "The fourth answer's status line never ends.", when: once,
		speak: func(t *turn) bool {
			return t.write("HTTP/1.1 200 ") && t.forever(strings.Repeat("Oh! ", 1024), 0)
		}},
	{Name: "interim-without-end", Says: "100 Continue comes for ever in place of the fourth answer.", when: once,
		speak: func(t *turn) bool {
			return t.forever("HTTP/1.1 100 Continue\r\n\r\n", 0)
		}},
	{Name: "hints-without-end", Says: "103 Early Hints come slowly and for ever in place of the fourth answer.",
		when: once, speak: func(t *turn) bool {
			return t.forever("HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n", 200*time.Millisecond)
		}},
}

const chunked = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

// fourth is a case that sends these bytes as the fourth answer, and then ends the connection.
func fourth(name, says, bytes string) Case {
	return Case{Name: name, Says: says, when: once, speak: func(t *turn) bool {
		t.write(bytes)
		return false
	}}
}
