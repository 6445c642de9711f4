package hostile

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"time"

	"session-conformance/support/reference/wire"
)

// handshakes are servers over TLS with whom nobody should shake hands.
var handshakes = []Case{
	{Name: "tls-expired", Says: "Its certificate is over.", tls: with(func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-24*time.Hour)
	}, nil)},
	{Name: "tls-not-yet-valid", Says: "Its certificate holds from tomorrow on.", tls: with(func(c *x509.Certificate) {
		c.NotBefore = time.Now().Add(24 * time.Hour)
	}, nil)},
	{Name: "tls-self-signed", Says: "Its certificate vouches for itself, and nobody else does.",
		tls: func() (*tls.Config, []byte, error) {
			config, _, err := with(nil, nil)()
			return config, nil, err
		}},
	{Name: "tls-wrong-name", Says: "Its certificate is for another host.", tls: with(func(c *x509.Certificate) {
		c.DNSNames, c.IPAddresses = []string{"elsewhere.invalid"}, nil
	}, nil)},
	{Name: "tls-name-with-escapes", Says: "Its certificate is for a host with terminal escape sequences in its name.",
		tls: with(func(c *x509.Certificate) {
			c.DNSNames, c.IPAddresses = []string{"x"}, nil
			c.Subject.CommonName = "\x1b[31m<script>alert(1)</script>]]>"
		}, nil)},
	{Name: "tls-1-0", Says: "It speaks nothing newer than TLS 1.0.", tls: with(nil, func(c *tls.Config) {
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10
	})},
	{Name: "tls-asks-for-a-certificate", Says: "It demands a client certificate.", tls: with(nil, func(c *tls.Config) {
		c.ClientAuth = tls.RequireAnyClientCert
	})},
	{Name: "tls-half", Says: "Its handshake stops in the middle.", talk: func(_ context.Context, c net.Conn) {
		io.ReadFull(c, make([]byte, 5))
		io.WriteString(c, "\x16\x03\x03\x02\x00\x02\x00\x01\xfc\x03\x03") // the beginning of a ServerHello
		io.Copy(io.Discard, c)
	}},
	{Name: "tls-hangs-up", Says: "It hangs up in the middle of the handshake.", talk: func(_ context.Context, c net.Conn) {
		io.ReadFull(c, make([]byte, 5))
		io.WriteString(c, "\x16\x03\x03\x02\x00\x02")
	}},
	{Name: "tls-alert", Says: "It answers each handshake with an alert.", talk: func(_ context.Context, c net.Conn) {
		io.ReadFull(c, make([]byte, 5))
		io.WriteString(c, "\x15\x03\x03\x00\x02\x02\x50") // fatal: internal error
		io.Copy(io.Discard, c)
	}},
	{Name: "tls-plain", Says: "It speaks plain HTTP where https is expected.", talk: func(_ context.Context, c net.Conn) {
		io.ReadFull(c, make([]byte, 5))
		io.WriteString(c, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
		io.Copy(io.Discard, c)
	}},
}

// with makes a configuration with a certificate of its own, and changes both.
func with(certificate func(*x509.Certificate), config func(*tls.Config)) func() (*tls.Config, []byte, error) {
	return func() (*tls.Config, []byte, error) {
		made, pem, err := wire.NewCertificate(certificate)
		if err != nil {
			return nil, nil, err
		}
		c := &tls.Config{Certificates: []tls.Certificate{made}}
		if config != nil {
			config(c)
		}
		return c, pem, nil
	}
}
