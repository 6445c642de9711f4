package exchange

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"crypto/tls"
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

// Explain says in a vendor's words why no answer came of a request that was sent with the context. It never repeats
// what came: errors of net/http quote the line that they could not read, which may hold a session ID.
func (p Party) Explain(ctx context.Context, err error) string {
	why := p.why(ctx, err)
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" || timedOut(ctx, err) {
		why += unusedProxy()
	}
	return why
}

func timedOut(ctx context.Context, err error) bool {
	return errors.Is(context.Cause(ctx), context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded)
}

func (p Party) why(ctx context.Context, err error) string {
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var op *net.OpError
	var corrupt flate.CorruptInputError
	var tunnel *noTunnel
	switch {
	case timedOut(ctx, err):
		return fmt.Sprintf("none within the timeout of %s", p.Timeout)
	case ctx.Err() != nil:
		return "the run was interrupted"
	case errors.As(err, &tunnel):
		return tunnel.explain(p)
	case errors.As(err, &op) && op.Op == "proxyconnect":
		proxy := Party{Name: "the proxy", URL: "its address in $HTTPS_PROXY or $HTTP_PROXY", TLS: "tls", Timeout: p.Timeout}
		return "the proxy of $HTTPS_PROXY or $HTTP_PROXY cannot be used (except the host in $NO_PROXY, if none is needed): " +
			proxy.Explain(ctx, op.Err)
	case lacksMeans(err):
		return "it could not be sent, because this machine has no means left for a connection: raise its limit of open " +
			"files, or ask fewer targets at once with TARGETS_AT_ONCE"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused: nothing listens at that address and port"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was reset"
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return p.Name + " does not speak TLS there: is the scheme of " + p.URL + " right?"
	case strings.Contains(err.Error(), `malformed HTTP response "\x15\x03`):
		return p.Name + " speaks TLS there: is the scheme of " + p.URL + " right? It would be https"
	case errors.As(err, &dns):
		return "the host's name cannot be resolved: " + Printable(dns.Err, 120)
	case errors.Is(err, errGzip), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum),
		errors.As(err, &corrupt):
		return errGzip.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "unexpected EOF"):
		return "the connection closed before the answer was whole"
	}
	if why := p.explainTLS(err, time.Now()); why != "" {
		return why
	}
	at := slices.IndexFunc(malformed, func(m [2]string) bool { return strings.Contains(err.Error(), m[0]) })
	switch {
	case at >= 0:
		return malformed[at][1]
	case op != nil && op.Op == "dial":
		return "no connection: " + op.Err.Error()
	}
	return "the connection failed for a reason that has no sentence here yet: please report it"
}

// lacksMeans says that this machine, and not the other side, kept a connection from being made: it has no file, memory
// or port left for one.
func lacksMeans(err error) bool {
	return slices.ContainsFunc(withoutMeans, func(means error) bool { return errors.Is(err, means) })
}

// withoutMeans are the system's errors of that kind; the numbers are WSAEMFILE and WSAENOBUFS of Windows.
var withoutMeans = []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.EADDRNOTAVAIL,
	syscall.Errno(10024), syscall.Errno(10055)}

// malformed are parts of net/http's errors about an answer, and what they mean.
var malformed = [][2]string{
	{"GOAWAY", "the HTTP/2 connection was closed before the answer was whole"},
	{"stream error", "the HTTP/2 stream was reset before the answer was whole"},
	{"http2: Transport: cannot retry", "the HTTP/2 stream was reset before the answer was whole"},
	{"http2: ", "what came is not HTTP/2 that can be read"},
	{"malformed HTTP", "what came is not HTTP: its status line cannot be read"},
	{"response headers exceeded", fmt.Sprintf("the answer's header was longer than %d MiB, interim answers (1xx) "+
		"before it included", HeaderLimit>>20)},
	{"too many 1xx", "interim answers (1xx) came without end, and no final one"},
	{"malformed MIME header", "the answer's header has a line that HTTP does not allow: without a colon, or with " +
		"control characters"},
	{"Content-Length", "the answer's Content-Length is no length, or it has several that differ"},
	{"transfer encoding", "the answer has a Transfer-Encoding that is not in HTTP/1.1"},
	{"trailer", "the answer's trailer is broken, or too long"},
	{"too much non-data", "the answer's chunks are made of little but their sizes"},
	{"chunk", "the answer's chunks are broken: a size is wrong"},
	{"readLoopPeekFailLocked", "bytes came on the connection before anything was asked"},
	{"line too long", "the answer's chunks are broken: a size's line is too long"},
}
