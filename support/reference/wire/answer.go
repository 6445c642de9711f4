package wire

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

// Said is what a handler answered, before anyone speaks it.
type Said struct {
	Status int
	Header http.Header // without what frames the body
	Body   []byte
}

// Handle gives a request that came over the connection what net/http's server gives it, and has a handler answer. ok is
// false where it panicked: net/http would end the connection without an answer.
func Handle(ctx context.Context, h http.Handler, c net.Conn, r *http.Request) (said *Said, ok bool) {
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
	recorded := httptest.NewRecorder()
	h.ServeHTTP(recorded, r)
	said = &Said{recorded.Code, recorded.Result().Header, nil}
	if said.mayHaveBody() {
		said.Body = recorded.Body.Bytes()
	}
	if _, set := said.Header["Date"]; !set {
		said.Header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	for _, framing := range []string{"Content-Length", "Transfer-Encoding", "Trailer"} {
		said.Header.Del(framing)
	}
	return said, true
}

func (a *Said) mayHaveBody() bool {
	return a.Status != http.StatusNoContent && a.Status != http.StatusNotModified
}

// compress writes the body in a coding where the request accepts that.
func (a *Said) compress(coding string, write func(string) string, accept []string) {
	a.Header.Add("Vary", "Accept-Encoding")
	if len(a.Body) == 0 || !accepts(coding, accept) {
		return
	}
	a.Body = []byte(write(string(a.Body)))
	a.Header.Set("Content-Encoding", coding)
}

func accepts(wanted string, accept []string) bool {
	for _, coding := range strings.Split(strings.ToLower(strings.Join(accept, ",")), ",") {
		name, weight, _ := strings.Cut(strings.ReplaceAll(coding, " ", ""), ";")
		if name == wanted {
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
		}
	}
	return false
}

// addProxyHeaders adds what stands between a client and many a server adds.
func (a *Said) addProxyHeaders(number int64) {
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
		a.Header.Set(name, value)
	}
	affinity := []string{fmt.Sprintf("AWSALB=%032x; Path=/; Expires=Fri, 31 Dec 2038 23:59:59 GMT", number)}
	a.Header["Set-Cookie"] = append(affinity, a.Header["Set-Cookie"]...)
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
