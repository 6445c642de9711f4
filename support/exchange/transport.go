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
func (e *Exchange) noteProxy() {
	if proxy := e.Request.Proxy(); proxy != "" && SpeaksForAnother(e.Status()) {
		e.Note(proxyNote, proxy)
	}
}

// Proxy names the proxy by which the request goes and that may answer it itself; empty where there is none. By TLS it
// is a tunnel, in which no proxy speaks.
func (r Request) Proxy() string {
	request, err := http.NewRequest(http.MethodGet, r.URL, nil)
	if err != nil || request.URL.Scheme != "http" {
		return ""
	}
	proxy, err := http.ProxyFromEnvironment(request)
	if err != nil || proxy == nil {
		return ""
	}
	return nameProxy(proxy, request.URL.Scheme)
}

// unusedProxy says that a variable of proxies was not followed; empty where each was. net/http says nothing of it.
func unusedProxy() string {
	used := false
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"} {
		value := os.Getenv(name)
		_, err := url.Parse(value)
		if _, bare := url.Parse("http://" + value); err != nil && bare != nil {
			return fmt.Sprintf("; no proxy was used, because $%s cannot be read as an address: in its user and password all "+
				"but letters and digits needs percent-encoding, and quotation marks and blanks must go", name)
		}
		used = used || value != ""
	}
	for _, name := range []string{"ALL_PROXY", "all_proxy"} {
		if !used && os.Getenv(name) != "" {
			return fmt.Sprintf("; no proxy was used, because $%s is not read here: name it in HTTP_PROXY and HTTPS_PROXY", name)
		}
	}
	return ""
}
