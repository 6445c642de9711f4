package wire

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// answer is what a handler answered. It is the handler's ResponseWriter, too.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the first final status.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if !a.mayHaveBody() {
		return 0, http.ErrBodyNotAllowed
	}
	return a.body.Write(p)
}

// Flush does nothing: how the answer goes out is not the handler's business here.
func (a *answer) Flush() {}

func (a *answer) mayHaveBody() bool {
	return a.status != http.StatusNoContent && a.status != http.StatusNotModified
}

// finish adds what net/http's server adds to every answer.
func (a *answer) finish() {
	a.WriteHeader(http.StatusOK)
	if _, set := a.header["Content-Type"]; !set && a.body.Len() > 0 {
		a.header.Set("Content-Type", http.DetectContentType(a.body.Bytes()))
	}
	if _, set := a.header["Date"]; !set {
		a.header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	for _, framing := range []string{"Content-Length", "Transfer-Encoding", "Trailer"} {
		a.header.Del(framing)
	}
}

// compress writes the body in gzip where the request accepts it.
func (a *answer) compress(accept []string) {
	a.header.Add("Vary", "Accept-Encoding")
	if a.body.Len() == 0 || !acceptsGzip(accept) {
		return
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(a.body.Bytes())
	w.Close()
	a.body = packed
	a.header.Set("Content-Encoding", "gzip")
}

func acceptsGzip(accept []string) bool {
	for _, coding := range strings.Split(strings.ToLower(strings.Join(accept, ",")), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if name == "gzip" {
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
		}
	}
	return false
}

// addProxyHeaders adds what stands between a client and many a server adds.
func (a *answer) addProxyHeaders(number int64) {
	for name, value := range map[string]string{
		"Via":                       "1.1 varnish (Varnish/7.4), 1.1 gateway",
		"X-Forwarded-For":           "127.0.0.1",
		"Server":                    "nginx",
		"Age":                       "0",
		"X-Cache":                   "MISS",
		"X-Request-Id":              fmt.Sprintf("%016x", number),
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains",
		"X-Content-Type-Options":    "nosniff",
		"Alt-Svc":                   "clear",
	} {
		a.header.Set(name, value)
	}
	affinity := []string{fmt.Sprintf("AWSALB=%032x; Path=/; Expires=Fri, 31 Dec 2038 23:59:59 GMT", number)}
	a.header["Set-Cookie"] = append(affinity, a.header["Set-Cookie"]...)
}

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
