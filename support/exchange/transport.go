package exchange

import (
	"context"
	"crypto/tls"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"
)

// HeaderLimit bounds an answer's header, in bytes.
const HeaderLimit = 1 << 20

// NewTransport is how everything is sent: over HTTP/2 where the other side speaks it, through the proxy that the
// environment names, with what it asked for undone by us alone. The TLS settings may be nil.
func NewTransport(trust *tls.Config, keepAlive bool) *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: refuseTunnel,
		TLSClientConfig:        trust.Clone(),
		ForceAttemptHTTP2:      true, // off otherwise wherever there are TLS settings
		DisableKeepAlives:      !keepAlive,
		DisableCompression:     true, // asked for and undone by us, so that evidence shows it
		MaxResponseHeaderBytes: HeaderLimit,
		IdleConnTimeout:        time.Minute,
	}
}

// noTunnel says that a proxy refused to connect to the target.
type noTunnel struct {
	proxy  *url.URL
	status int
}

func (n *noTunnel) Error() string { return fmt.Sprintf("the proxy answered CONNECT with %d", n.status) }

// refuseTunnel keeps the status of a proxy that does not connect: net/http keeps its reason phrase alone, which may be
// empty.
func refuseTunnel(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &noTunnel{proxy, answer.StatusCode}
}

// explain says what a refused tunnel means, and what to do.
func (n *noTunnel) explain(p Party) string {
	said := fmt.Sprintf("%s refused to connect to %s: it answered CONNECT with %s; ", nameProxy(n.proxy, "https"), p.Name,
		statusText(n.status))
	switch {
	case n.status == http.StatusProxyAuthRequired:
		return said + "write the user and password into its address, or except the host in NO_PROXY"
	case n.status >= 500:
		return said + "it did not reach " + p.Name + ": is " + p.URL + " right, or must the host be excepted in NO_PROXY?"
	}
	return said + "have the host allowed there, or except it in NO_PROXY"
}

// nameProxy names a proxy by its address, without the credentials in it, and by the variable that it comes from.
func nameProxy(proxy *url.URL, scheme string) string {
	upper, lower := "HTTP_PROXY", "http_proxy"
	if scheme == "https" {
		upper, lower = "HTTPS_PROXY", "https_proxy"
	}
	if os.Getenv(upper) == "" {
		upper = lower
	}
	return fmt.Sprintf("the proxy %s://%s of $%s", Printable(proxy.Scheme, 20), Printable(proxy.Host, 200), upper)
}

// proxyNote is the note that names the proxy by which a request went that got no answer of the product's.
const proxyNote = "proxy"

// noteProxy notes by which proxy a request went whose answer speaks for somebody on the way.
func (e *Exchange) noteProxy(request *http.Request) {
	if !SpeaksForAnother(e.Status()) || request.URL.Scheme != "http" { // by TLS it is a tunnel, in which no proxy speaks
		return
	}
	if proxy, err := http.ProxyFromEnvironment(request); err == nil && proxy != nil {
		e.Note(proxyNote, nameProxy(proxy, request.URL.Scheme))
	}
}
