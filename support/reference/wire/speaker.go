package wire

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
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
	a, ok := handle(ctx, s.handler, c, r)
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
	keep := !r.Close && err == nil && rest < leftOver && a.header.Get("Connection") != "close"
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
