package wire

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sort"
	"strings"
)

// speak writes an answer and says whether the connection may be used again.
func (s *speaker) speak(ctx context.Context, c net.Conn, r *http.Request, a *answer, keep bool) bool {
	if s.with.Has("answers-gzipped") {
		a.compress(r.Header.Values("Accept-Encoding"))
	}
	if s.with.Has("headers-of-a-proxy") {
		a.addProxyHeaders(s.answers.Add(1))
	}
	if s.with.Has("no-date") {
		a.header.Del("Date")
	}
	old := s.with.Has("http-1-0") || !r.ProtoAtLeast(1, 1)
	trailers := s.with.Has("answers-with-trailers")
	chunks := a.mayHaveBody() && !old && !s.with.Has("answers-until-close") &&
		(trailers || s.with.Has("answers-in-chunks"))
	endless := a.mayHaveBody() && !chunks && (s.with.Has("http-1-0") || s.with.Has("answers-until-close"))
	if old || endless || s.with.Has("closes-after-each-answer") {
		keep = false
	}
	switch {
	case chunks:
		a.header.Set("Transfer-Encoding", "chunked")
		if trailers {
			a.header.Set("Trailer", "X-Checksum, X-Took")
		}
	case a.mayHaveBody() && !endless:
		a.header.Set("Content-Length", fmt.Sprint(a.body.Len()))
	}
	switch {
	case !keep && !s.with.Has("http-1-0"):
		a.header.Set("Connection", "close")
	case keep:
		a.header.Set("Connection", "keep-alive")
		a.header.Set("Keep-Alive", "timeout=60")
	}

	out := &writer{ctx: ctx, conn: c}
	s.interim(out, r, old)
	out.write(s.statusLine(a.status, old) + s.fields(a.header) + "\r\n")
	if body := a.body.String(); r.Method != http.MethodHead {
		switch {
		case chunks:
			s.inChunks(out, body, trailers)
		case s.with.Has("answers-in-two-writes") && len(body) > 1:
			out.write(body[:len(body)/2])
			out.wait()
			out.write(body[len(body)/2:])
		default:
			out.write(body)
		}
	}
	return out.err == nil && keep
}

// interim writes the answers that come before the answer. HTTP/1.0 has none.
func (s *speaker) interim(out *writer, r *http.Request, old bool) {
	if old {
		return
	}
	if s.with.Has("continue-first") && r.Header.Get("Expect") == "" {
		out.write("HTTP/1.1 100 Continue\r\n\r\n")
	}
	if s.with.Has("early-hints") {
		out.write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n")
	}
}

func (s *speaker) statusLine(status int, old bool) string {
	version, reason := "HTTP/1.1", http.StatusText(status)
	if old {
		version = "HTTP/1.0"
	}
	switch {
	case s.with.Has("no-reason-phrase"):
		reason = ""
	case s.with.Has("another-reason-phrase"):
		reason = "As You Wish"
	}
	return fmt.Sprintf("%s %03d %s\r\n", version, status, reason)
}

// fields writes the header in the order of the names.
func (s *speaker) fields(header http.Header) string {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	for _, name := range names {
		shown, before, after := name, " ", ""
		if s.with.Has("header-names-in-lower-case") {
			shown = strings.ToLower(name)
		}
		if s.with.Has("header-values-with-white-space") {
			before, after = " \t  ", "  \t"
		}
		for _, value := range header[name] {
			b.WriteString(shown + ":" + before + strings.NewReplacer("\r", " ", "\n", " ").Replace(value) + after + "\r\n")
		}
	}
	return b.String()
}

// inChunks writes a body a few bytes at a time: a large one in larger chunks, so that it does not take for ever.
func (s *speaker) inChunks(out *writer, body string, trailers bool) {
	extension, size := "", max(7, len(body)/16)
	if trailers {
		extension = `;part="one of several"`
	}
	for at := 0; at < len(body); at += size {
		if at > 0 && at < 4*size {
			out.wait() // so that the first ones arrive one by one
		}
		part := body[at:min(at+size, len(body))]
		out.write(fmt.Sprintf("%04X%s\r\n%s\r\n", len(part), extension, part))
	}
	out.write("0\r\n")
	if trailers {
		out.write("X-Checksum: none\r\nX-Took: 1\r\n")
	}
	out.write("\r\n")
}

// writer writes to a connection until something goes wrong.
type writer struct {
	ctx  context.Context
	conn net.Conn
	err  error
}

func (w *writer) write(s string) {
	if w.err == nil && s != "" {
		_, w.err = w.conn.Write([]byte(s))
	}
}

func (w *writer) wait() {
	if w.err == nil && !sleep(w.ctx, pause) {
		w.err = w.ctx.Err()
	}
}
