package hostile

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"session-conformance/support/reference/wire"
)

// server is a good server that a case spoils.
type server struct {
	Case
	good      http.Handler
	listening sync.WaitGroup // until running is set
	running   *wire.Running
	requests  atomic.Int64
	earlier   atomic.Pointer[wire.Said] // the good answer to the request before
}

// turn is one request, and the good server's answer to it.
type turn struct {
	*server
	ctx     context.Context
	conn    net.Conn
	request *http.Request
	number  int64 // of the request at this server, from 1
	said    wire.Said
	earlier *wire.Said // the answer to the request before this one; nil for the first
}

// idle ends a connection on which nothing is asked.
const idle = time.Minute

// serve answers the requests of one connection.
func (s *server) serve(ctx context.Context, c net.Conn) {
	s.listening.Wait()
	in := bufio.NewReader(c)
	for {
		c.SetReadDeadline(time.Now().Add(idle))
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, 16<<20))
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if s.asked != nil {
			s.asked(r)
		}
		said, ok := wire.Handle(ctx, s.good, c, r)
		if !ok {
			return
		}
		t := &turn{server: s, ctx: ctx, conn: c, request: r, number: s.requests.Add(1), said: *said}
		t.earlier = s.earlier.Swap(said)
		if !t.answer() || r.Close {
			return
		}
	}
}

// answer spoils the answer where the case wants it so, and says whether the connection may be used again.
func (t *turn) answer() (keep bool) {
	if t.when != nil && !t.when(t) {
		return t.well(t.said)
	}
	if t.speak != nil {
		return t.speak(t)
	}
	if t.alter != nil {
		t.alter(t)
	}
	return t.well(t.said)
}

// well speaks an answer as HTTP wants it.
func (t *turn) well(a wire.Said) bool {
	a.Header = a.Header.Clone()
	if a.Status != http.StatusNoContent {
		a.Header.Set("Content-Length", fmt.Sprint(len(a.Body)))
	}
	return t.write(head(a.Status, a.Header)) && t.write(string(a.Body))
}

// head is a status line and header fields, with the empty line at their end. Values go out as they are.
func head(status int, h http.Header) string {
	return fmt.Sprintf("HTTP/1.1 %03d %s\r\n", status, http.StatusText(status)) + fields(h) + "\r\n"
}

func fields(h http.Header) string {
	var b bytes.Buffer
	for name, list := range h {
		for _, value := range list {
			b.WriteString(name + ": " + value + "\r\n")
		}
	}
	return b.String()
}

// write sends bytes and says whether the client still takes them.
func (t *turn) write(s string) bool {
	_, err := io.WriteString(t.conn, s)
	return err == nil
}

// wait pauses and says whether the server was not closed meanwhile.
func (t *turn) wait(d time.Duration) bool {
	select {
	case <-t.ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// hold keeps the connection open without a word, until the client or the server ends it.
func (t *turn) hold() bool {
	t.conn.SetReadDeadline(time.Time{})
	io.Copy(io.Discard, t.conn)
	return false
}

// forever sends a piece again and again, as fast as the client takes it, or one every pause.
func (t *turn) forever(piece string, pause time.Duration) bool {
	for t.write(piece) && (pause == 0 || t.wait(pause)) {
	}
	return false
}

// The requests that a case happens to.

// once is the fourth request: every suite asks it alone, and judges it. All before and after it is good.
func once(t *turn) bool { return t.number == 4 }

// reads are the requests that only read.
func reads(t *turn) bool { return t.request.Method == http.MethodGet }

// opens are answers to requests that open or make something.
func opens(t *turn) bool {
	return t.request.Method == http.MethodPost && t.said.Status >= 200 && t.said.Status < 300
}

// after are all requests after so many.
func after(n int64) func(*turn) bool { return func(t *turn) bool { return t.number > n } }
