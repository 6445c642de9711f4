package hostile

import (
	"context"
	"io"
	"net"
	"time"

	"session-conformance/support/reference/wire"
)

// connection are servers that do not answer, or stop doing so.
var connection = []Case{
	{Name: "refuses", Says: "Nobody listens at the address.", deaf: true},
	{Name: "silent", Says: "It accepts connections and never answers.", talk: silent},
	{Name: "silent-once", Says: "It never answers the fourth request.", when: once, speak: (*turn).hold},
	{Name: "closes", Says: "It closes each connection at once.", talk: func(context.Context, net.Conn) {}},
	{Name: "closes-once", Says: "It closes the connection in place of the fourth answer.", when: once,
		speak: func(*turn) bool { return false }},
	{Name: "resets", Says: "It resets each connection at once.", talk: func(_ context.Context, c net.Conn) {
		wire.Reset(c)
	}},
	{Name: "resets-once", Says: "It resets the connection in place of the fourth answer.", when: once,
		speak: func(t *turn) bool { return t.reset() }},
	{Name: "resets-after-status", Says: "It resets the connection after the fourth answer's status line.", when: once,
		speak: func(t *turn) bool { return t.write("HTTP/1.1 200 OK\r\n") && t.wait(arrival) && t.reset() }},
	{Name: "resets-in-body", Says: "It resets the connection in the middle of the fourth answer's body.", when: once,
		speak: func(t *turn) bool {
			return t.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":") && t.wait(arrival) && t.reset()
		}},
	{Name: "drips", Says: "It sends the fourth answer one byte a second.", when: once, speak: func(t *turn) bool {
		return t.drip(head(t.said.Status, t.said.Header) + string(t.said.Body))
	}},
	{Name: "drips-body", Says: "It sends the fourth answer's body one byte a second, without end.", when: once,
		speak: func(t *turn) bool {
			return t.write("HTTP/1.1 200 OK\r\n\r\n") && t.forever("x", time.Second)
		}},
	{Name: "dies", Says: "It works for ten requests, and then nobody listens any more.", when: after(10),
		speak: func(t *turn) bool {
			t.running.StopListening()
			return t.reset()
		}},
	{Name: "slows-down", Says: "Each answer takes a fifth of a second longer than the one before.", when: after(0),
		speak: func(t *turn) bool {
			return t.wait(time.Duration(t.number)*200*time.Millisecond) && t.well(t.said)
		}},
	{Name: "answers-another", Says: "From the third request on, the answer is that to the request before.", when: after(2),
		speak: func(t *turn) bool { return t.well(*t.earlier) }},
	{Name: "answers-twice", Says: "Each request is answered twice, on a connection that is kept.", when: after(0),
		speak: func(t *turn) bool { return t.well(t.said) && t.wait(arrival) && t.well(t.said) }},
	{Name: "answers-unasked", Says: "A secret is answered on each new connection before anything is asked.",
		talk: unasked},
}

// arrival is how long a piece has to arrive as one of its own.
const arrival = 20 * time.Millisecond

func silent(_ context.Context, c net.Conn) { io.Copy(io.Discard, c) }

func unasked(_ context.Context, c net.Conn) {
	io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n\"d0c5ab1e-0000-4000-8000-00000badcafe\"")
	io.Copy(io.Discard, c)
}

func (t *turn) reset() bool {
	wire.Reset(t.conn)
	return false
}

// drip sends a byte a second.
func (t *turn) drip(s string) bool {
	for i := range len(s) {
		if !t.write(s[i:i+1]) || !t.wait(time.Second) {
			return false
		}
	}
	return false
}
