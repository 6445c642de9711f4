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
)

// explain says in a vendor's words why no answer came.
func (c *Client) explain(ctx context.Context, err error) string {
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Sprintf("none within the timeout of %s", c.settings.Timeout)
	case ctx.Err() != nil:
		return "the run was interrupted"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused: nothing listens at that address and port"
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was reset"
	case errors.As(err, &unknown):
		return "the certificate is signed by an authority that is not trusted here (tls.ca_file names one)"
	case errors.As(err, &hostname):
		return "the certificate is for another host (tls.server_name names one)"
	case errors.As(err, &invalid):
		return "the certificate is not valid: " + invalid.Error()
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response to HTTPS client"):
		return "the target does not speak TLS there: is the url's scheme right?"
	case errors.As(err, &dns):
		return "the host's name cannot be resolved: " + dns.Err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection closed before the answer was whole"
	case errors.As(err, &op) && op.Op == "dial":
		return "no connection: " + op.Err.Error()
	}
	return strings.TrimPrefix(err.Error(), "net/http: ")
}
