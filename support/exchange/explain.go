package exchange

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Party is the other side of a connection, as settings name it.
type Party struct {
	Name    string        // who it is: "the target"
	URL     string        // what names its address: "the url"
	TLS     string        // the key of its TLS settings: "tls"
	Timeout time.Duration // how long an answer is waited for
}

// explain says in a vendor's words why no answer came.
func (c *Client) explain(ctx context.Context, err error) string {
	return Party{"the target", "the url", "tls", c.settings.Timeout}.Explain(ctx, err)
}

// Explain says in a vendor's words why no answer came of a request that was sent with the context. It never repeats what came:
// errors of net/http quote the line that they could not read, which may hold a session ID.
func (p Party) Explain(ctx context.Context, err error) string {
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var op *net.OpError
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Sprintf("none within the timeout of %s", p.Timeout)
	case ctx.Err() != nil:
		return "the run was interrupted"
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "the proxy did not connect to " + p.Name + " ($HTTPS_PROXY, $HTTP_PROXY and $NO_PROXY name it)"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused: nothing listens at that address and port"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was reset"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return p.Name + " does not speak TLS there: is the scheme of " + p.URL + " right?"
	case errors.As(err, &dns):
		return "the host's name cannot be resolved: " + Printable(dns.Err, 120)
	case errors.Is(err, errGzip), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return errGzip.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "unexpected EOF"):
		return "the connection closed before the answer was whole"
	}
	if why := p.explainTLS(err); why != "" {
		return why
	}
	at := slices.IndexFunc(malformed, func(m [2]string) bool { return strings.Contains(err.Error(), m[0]) })
	switch {
	case at >= 0:
		return malformed[at][1]
	case op != nil && op.Op == "dial":
		return "no connection: " + op.Err.Error()
	}
	return fmt.Sprintf("the connection failed (%T)", errors.Unwrap(err))
}

// malformed are parts of net/http's errors about an answer, and what they mean.
var malformed = [][2]string{
	{"malformed HTTP", "what came is not HTTP: its status line cannot be read"},
	{"response headers exceeded", fmt.Sprintf("the answer's header was longer than %d MiB, interim answers (1xx) before it included", headerLimit>>20)},
	{"too many 1xx", "interim answers (1xx) came without end, and no final one"},
	{"malformed MIME header", "the answer's header has a line that HTTP does not allow: without a colon, or with control characters"},
	{"Content-Length", "the answer's Content-Length is no length, or it has several that differ"},
	{"transfer encoding", "the answer has a Transfer-Encoding that is not in HTTP/1.1"},
	{"trailer", "the answer's trailer is broken, or too long"},
	{"too much non-data", "the answer's chunks are made of little but their sizes"},
	{"chunk", "the answer's chunks are broken: a size is wrong"},
	{"readLoopPeekFailLocked", "bytes came on the connection before anything was asked"},
	{"line too long", "the answer's chunks are broken: a size's line is too long"},
}

// explainTLS says why a handshake failed, or is empty.
func (p Party) explainTLS(err error) string {
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var alert *net.OpError
	switch {
	case errors.As(err, &unknown):
		return "the certificate is signed by an authority that is not trusted here (" + p.TLS + ".ca_file names one)"
	case errors.As(err, &hostname):
		return "the certificate is for another host (" + p.TLS + ".server_name names one)"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate has expired, or does not hold yet: " + invalid.Detail
	case errors.As(err, &invalid):
		return "the certificate is not valid"
	case strings.Contains(err.Error(), "unsupported protocol version"), strings.Contains(err.Error(), "protocol version not supported"):
		return p.Name + " speaks no version of TLS that is still safe: 1.2 or newer"
	case strings.Contains(err.Error(), "certificate required"), strings.Contains(err.Error(), "bad certificate"):
		return p.Name + " asks for a client's certificate, or refuses the one it got (" + p.TLS + ".cert_file and " + p.TLS + ".key_file name one)"
	case errors.As(err, &alert) && alert.Op == "remote error": // the alert's text is of crypto/tls
		return p.Name + " broke the TLS handshake off: " + strings.TrimPrefix(alert.Err.Error(), "tls: ")
	case strings.Contains(err.Error(), "tls: "):
		return "the TLS handshake failed"
	}
	return ""
}
