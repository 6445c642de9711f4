package wire

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"session-conformance/support/reference"
)

const (
	idle      = 2 * time.Minute       // a connection's end, where nothing else ends it
	shortIdle = 5 * time.Millisecond  // the same for closes-idle-connections
	pause     = 20 * time.Millisecond // within an answer
	delay     = 300 * time.Millisecond
	leftOver  = 256 << 10 // bytes of a request that a handler need not have read
)

// speaker reads requests, has them handled, and speaks the answers in the way of its variants.
type speaker struct {
	handler http.Handler
	with    reference.Peculiarities
	answers atomic.Int64
}

// talk speaks on one connection.
func (s *speaker) talk(ctx context.Context, c net.Conn) {
	in := bufio.NewReader(c)
	for count := 1; ; count++ {
		wait := idle
		if count > 1 && s.with.Has("closes-idle-connections") {
			wait = shortIdle
		}
		c.SetReadDeadline(time.Now().Add(wait))
		if _, err := in.Peek(1); err != nil {
			return
		}
		c.SetReadDeadline(time.Now().Add(idle))
		r, err := http.ReadRequest(in)
		if err != nil || r.ProtoAtLeast(1, 1) && r.Host == "" {
			io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return
		}
		if count > 1 && s.hangsUp(c, r) || !s.exchange(ctx, c, r) {
			return
		}
	}
}

// hangsUp says whether the connection ends here although a request has come. The request has not been handled.
func (s *speaker) hangsUp(c net.Conn, r *http.Request) bool {
	closes, resets := s.with.Has("closes-at-the-second-request"), s.with.Has("resets-at-the-second-request")
	if closes || resets {
		io.Copy(io.Discard, io.LimitReader(r.Body, leftOver)) // what is left unread would turn a close into a reset
	}
	if resets {
		reset(c)
	}
	return closes || resets
}

// reset makes the connection's end a reset.
func reset(c net.Conn) {
	if secure, ok := c.(*tls.Conn); ok {
		c = secure.NetConn()
	}
	if plain, ok := c.(*net.TCPConn); ok {
		plain.SetLinger(0)
		plain.Close() // before TLS can say goodbye
	}
}

// exchange handles one request and says whether the connection may be used again.
func (s *speaker) exchange(ctx context.Context, c net.Conn, r *http.Request) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if r.Header.Get("Expect") == "100-continue" {
		io.WriteString(c, "HTTP/1.1 100 Continue\r\n\r\n")
	}
	a, ok := Handle(ctx, s.handler, c, r)
	if !ok {
		return false
	}
	for variant := range s.with {
		if form, ok := ErrorsOf(variant); ok {
			form.write(a, r)
		}
	}
	rest, err := io.Copy(io.Discard, io.LimitReader(r.Body, leftOver))
	if s.with.Has("slow-answers") && !sleep(ctx, delay) {
		return false
	}
	keep := !r.Close && err == nil && rest < leftOver && a.Header.Get("Connection") != "close"
	return s.speak(ctx, c, r, a, keep)
}

// sleep waits and says whether the time passed before the server was closed.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// speak writes an answer and says whether the connection may be used again.
func (s *speaker) speak(ctx context.Context, c net.Conn, r *http.Request, a *Said, keep bool) bool {
	if s.with.Has("answers-gzipped") {
		a.compress("gzip", reference.Zipped, r.Header.Values("Accept-Encoding"))
	}
	if s.with.Has("answers-deflated") {
		a.compress("deflate", reference.Deflated, r.Header.Values("Accept-Encoding"))
	}
	if s.with.Has("headers-of-a-proxy") {
		a.addProxyHeaders(s.answers.Add(1))
	}
	if s.with.Has("no-date") {
		a.Header.Del("Date")
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
		a.Header.Set("Transfer-Encoding", "chunked")
		if trailers {
			a.Header.Set("Trailer", "X-Checksum, X-Took")
		}
	case a.mayHaveBody() && !endless:
		a.Header.Set("Content-Length", fmt.Sprint(len(a.Body)))
	}
	switch {
	case !keep && !s.with.Has("http-1-0"):
		a.Header.Set("Connection", "close")
	case keep:
		a.Header.Set("Connection", "keep-alive")
		a.Header.Set("Keep-Alive", "timeout=60")
	}

	out := &writer{ctx: ctx, conn: c}
	s.interim(out, r, old)
	out.write(s.statusLine(a.Status, old) + s.fields(a.Header) + "\r\n")
	if body := string(a.Body); r.Method != http.MethodHead {
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
			value = strings.NewReplacer("\r", " ", "\n", " ").Replace(value)
			b.WriteString(shown + ":" + before + value + after + "\r\n")
		}
	}
	return b.String()
}
