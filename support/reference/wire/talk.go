package wire

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
)

// Said is what a handler answered, before anyone speaks it.
type Said struct {
	Status int
	Header http.Header // without what frames the body
	Body   []byte
}

// Handle lets a handler answer a request that came over the connection. ok is false where it panicked: net/http would
// end the connection without an answer.
func Handle(ctx context.Context, h http.Handler, c net.Conn, r *http.Request) (said Said, ok bool) {
	a, ok := handle(ctx, h, c, r)
	if !ok {
		return Said{}, false
	}
	return Said{a.status, a.header, a.body.Bytes()}, true
}

// handle gives the request what net/http's server gives it, and has it handled.
func handle(ctx context.Context, h http.Handler, c net.Conn, r *http.Request) (a *answer, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	r = r.WithContext(context.WithValue(ctx, http.LocalAddrContextKey, c.LocalAddr()))
	r.RemoteAddr = c.RemoteAddr().String()
	if secure, ok := c.(*tls.Conn); ok {
		state := secure.ConnectionState()
		r.TLS = &state
	}
	a = &answer{header: http.Header{}}
	h.ServeHTTP(a, r)
	a.finish()
	return a, true
}

// Talk listens on a loopback address and lets talk speak on each connection, over TLS where a configuration is given. A
// connection is closed when talk returns; all are, and the context ends, when the server is closed.
func Talk(addr string, secure *tls.Config, talk func(context.Context, net.Conn)) (*Running, error) {
	l, r, err := listen(addr, false)
	if err != nil {
		return nil, err
	}
	if secure != nil {
		l = tls.NewListener(l, secure)
		r.URL = strings.Replace(r.URL, "http:", "https:", 1)
	}
	r.serve(l, talk)
	return r, nil
}

// StopListening lets nobody connect any more. The connections that are open stay.
func (r *Running) StopListening() { r.deaf() }

// Reset makes the connection's end a reset.
func Reset(c net.Conn) { reset(c) }
