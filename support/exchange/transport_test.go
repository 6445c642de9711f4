//go:build unit

package exchange

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// speakingHTTP2 is a server that offers HTTP/2, and how to trust it.
func speakingHTTP2(t *testing.T, answer http.HandlerFunc, more ...func(*http.Server)) (url string,
	trust *tls.Config) {
	t.Helper()
	server := httptest.NewUnstartedServer(answer)
	for _, option := range more {
		option(server.Config)
	}
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, &tls.Config{RootCAs: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs}
}

// Over HTTP/2 a request without a body says so at once, and one in chunks has no length.
func TestSendSpeaksHTTP2WithTLSSettings(t *testing.T) {
	g := NewWithT(t)
	url, trust := speakingHTTP2(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Saw", r.Proto)
		if r.ContentLength != int64(len(body)) {
			w.WriteHeader(http.StatusLengthRequired)
		}
	})
	c := newClient(t, func(s *Settings) { s.TLS = trust })
	for _, r := range []Request{post(url, "{}"), get(url), {Method: http.MethodDelete, URL: url, Header: http.Header{}},
		post(url, ""), {Method: http.MethodGet, URL: url, Header: http.Header{}, Fresh: true}} {
		e := c.Send(context.Background(), r)
		g.Expect(e.Status()).To(Equal(200), r.Method)
		g.Expect(e.Header("X-Saw")).To(Equal("HTTP/2.0"))
		g.Expect(e.Answer.Proto).To(Equal("HTTP/2.0"))
	}
	chunked := post(url, "{}")
	chunked.Chunked = true
	g.Expect(c.Send(context.Background(), chunked).Status()).To(Equal(411), "no length was said")
}

// Over HTTP/2 net/http would let requests share a connection that the first of them to end closes.
func TestFreshRequestsHaveConnectionsOfTheirOwn(t *testing.T) {
	g := NewWithT(t)
	var connections atomic.Int32
	url, trust := speakingHTTP2(t, func(http.ResponseWriter, *http.Request) {}, func(s *http.Server) {
		s.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connections.Add(1)
			}
		}
	})
	c := newClient(t, func(s *Settings) { s.TLS, s.Concurrency, s.Timeout = trust, 16, time.Minute })
	var all sync.WaitGroup
	for range 150 {
		all.Go(func() {
			r := post(url, "{}")
			r.Fresh = true
			g.Expect(c.Send(context.Background(), r).Unanswered()).To(BeEmpty())
		})
	}
	all.Wait()
	g.Expect(connections.Load()).To(BeEquivalentTo(150))
}

// net/http reads the variables of proxies once, and excepts this machine: so each case is a process of its own.
func TestAProxyIsNamed(t *testing.T) {
	if target := os.Getenv("TEST_TARGET"); target != "" {
		fmt.Println("said: " + newClient(t).Send(context.Background(), post(target, "{}")).Unanswered())
		return
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.Contains(r.Host, "forbidden"):
			w.WriteHeader(http.StatusForbidden)
		case strings.Contains(r.Host, "down"):
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.WriteHeader(http.StatusProxyAuthRequired)
		}
	}))
	defer proxy.Close()
	with := func(user string) string {
		u, _ := url.Parse(proxy.URL)
		return "http://" + user + u.Host
	}
	for _, test := range []struct {
		target, variable, proxy string
		says                    []string
	}{
		{"http://product.test", "HTTP_PROXY", with(""), []string{"the answer was 407", "by the proxy " + proxy.URL +
			" of $HTTP_PROXY", "NO_PROXY"}},
		{"http://product.test", "http_proxy", with("qa:secret@"), []string{"by the proxy " + proxy.URL + " of $http_proxy"}},
		{"https://product.test", "HTTPS_PROXY", with("qa:secret@"),
			[]string{proxy.URL + " of $HTTPS_PROXY refused to connect to the target: it answered CONNECT with 407 Proxy " +
				"Authentication Required", "user and password"}},
		{"https://forbidden.test", "https_proxy", with(""), []string{"of $https_proxy refused", "403 Forbidden",
			"have the host allowed there"}},
		{"https://down.test", "HTTPS_PROXY", with(""), []string{"502 Bad Gateway; it did not reach the target"}},
		{"https://product.test", "HTTPS_PROXY", "http://127.0.0.1:1",
			[]string{"the proxy of $HTTPS_PROXY or $HTTP_PROXY cannot be used", "the connection was refused"}},
		{"https://product.test", "HTTPS_PROXY", "https" + strings.TrimPrefix(proxy.URL, "http"),
			[]string{"the proxy does not speak TLS there: is the scheme of its address"}},
		{"http://product.test", "HTTP_PROXY", "http://qa:secret%@127.0.0.1:1", []string{"no such host; no proxy was used, " +
			"because $HTTP_PROXY cannot be read", "percent-encoding"}},
		{"http://product.test", "https_proxy", " http://127.0.0.1:1", []string{"because $https_proxy cannot be read"}},
		{"http://product.test", "ALL_PROXY", "socks5://qa:secret@127.0.0.1:1",
			[]string{"no such host; no proxy was used, because $ALL_PROXY is not read here"}},
	} {
		g := NewWithT(t)
		run := exec.Command(os.Args[0], "-test.run", "^TestAProxyIsNamed$", "-test.v")
		run.Env = append(os.Environ(), "TEST_TARGET="+test.target, test.variable+"="+test.proxy, "NO_PROXY=")
		said, err := run.CombinedOutput()
		g.Expect(err).NotTo(HaveOccurred(), string(said))
		for _, says := range test.says {
			g.Expect(string(said)).To(ContainSubstring(says), test.target)
		}
		g.Expect(string(said)).NotTo(MatchRegexp("nil|secret"))
	}
}
