package exchange

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
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

// Explain says in a vendor's words why no answer came of a request that was sent with the context.
func (p Party) Explain(ctx context.Context, err error) string {
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Sprintf("none within the timeout of %s", p.Timeout)
	case ctx.Err() != nil:
		return "the run was interrupted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused: nothing listens at that address and port"
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was reset"
	case errors.As(err, &unknown):
		return "the certificate is signed by an authority that is not trusted here (" + p.TLS + ".ca_file names one)"
	case errors.As(err, &hostname):
		return "the certificate is for another host (" + p.TLS + ".server_name names one)"
	case errors.As(err, &invalid):
		return "the certificate is not valid: " + invalid.Error()
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return p.Name + " does not speak TLS there: is the scheme of " + p.URL + " right?"
	case errors.As(err, &dns):
		return "the host's name cannot be resolved: " + dns.Err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection closed before the answer was whole"
	case errors.As(err, &op) && op.Op == "dial":
		return "no connection: " + op.Err.Error()
	}
	return strings.TrimPrefix(err.Error(), "net/http: ")
}
