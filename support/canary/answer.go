package canary

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

// answer is what a server sends, which net/http would refuse to send.
type answer struct {
	before string // ahead of the status line: an interim answer
	line   string // the status line; empty: that of the status
	status int
	header http.Header
	more   []string // lines of the header as they stand
	body   []byte
	chunks string // in place of the body: chunks and trailers as they stand
}

// labelled replaces the body.
func (a *answer) labelled(mediaType string, body string) {
	a.header.Set("Content-Type", mediaType)
	a.header.Del("Content-Encoding")
	a.body = []byte(body)
	if a.status == http.StatusNoContent {
		a.status = http.StatusOK
	}
}

func (a *answer) encode() []byte {
	var b bytes.Buffer
	b.WriteString(a.before)
	if a.line == "" {
		a.line = fmt.Sprintf("HTTP/1.1 %d %s", a.status, http.StatusText(a.status))
	}
	b.WriteString(a.line + "\r\n")
	a.header.Del("Content-Length")
	a.header.Del("Transfer-Encoding")
	a.header.Set("Connection", "close")
	_ = a.header.Write(&b)
	for _, line := range a.more {
		b.WriteString(line + "\r\n")
	}
	switch {
	case a.chunks != "":
		b.WriteString("Transfer-Encoding: chunked\r\n\r\n" + a.chunks)
	case a.status == http.StatusNoContent || strings.Contains(strings.Join(a.more, ""), "Content-Length"):
		b.WriteString("\r\n")
	default:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(a.body))
		b.Write(a.body)
	}
	return b.Bytes()
}
