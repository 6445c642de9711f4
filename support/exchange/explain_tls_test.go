//go:build unit

package exchange

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// issued is a certificate with its key, and who made it.
type issued struct {
	c   *x509.Certificate
	key *ecdsa.PrivateKey
}

// issue signs a certificate by another one, or by itself.
func issue(t *testing.T, by *issued, change func(*x509.Certificate)) *issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), NotBefore: time.Now().Add(-time.Hour),
		NotAfter:    time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, BasicConstraintsValid: true}
	change(c)
	signer := by
	if signer == nil {
		signer = &issued{c, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, signer.c, &key.PublicKey, signer.key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return &issued{c, key}
}

func authority(name string) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		c.Subject, c.IsCA, c.KeyUsage = pkix.Name{CommonName: name}, true, x509.KeyUsageCertSign
	}
}

func TestEachFaultOfTLSHasItsRemedy(t *testing.T) {
	root := issue(t, nil, authority("Acme Root"))
	between := issue(t, root, authority("Acme Issuing"))
	for name, test := range map[string]struct {
		by     *issued
		change func(*x509.Certificate)
		server func(*tls.Config)
		says   []string
	}{
		"common name alone": {by: root, change: func(c *x509.Certificate) {
			c.IPAddresses, c.Subject.CommonName = nil,
				"127.0.0.1"
		},
			says: []string{`only as Common Name ("127.0.0.1")`, "subjectAltName", "tls.insecure_skip_verify"}},
		"another host": {by: root, change: func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, []string{"a.test", "b.test", "c.test", "d.test"}
		},
			says: []string{`for another host: "a.test", "b.test", "c.test" and others`, "tls.server_name"}},
		"expired": {by: root, change: func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) },
			says: []string{"the certificate has expired on ", "renew"}},
		"not yet valid": {by: root, change: func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) },
			says: []string{"does not hold yet", "clocks"}},
		"signed by itself": {change: authority("Appliance"), says: []string{`signed by itself ("Appliance")`,
			"tls.ca_file"}},
		"unknown authority": {by: issue(t, nil, authority("Other Root")), change: func(*x509.Certificate) {},
			says: []string{`signed by "Other Root", an authority that is not trusted here`, "tls.ca_file"}},
		"a proxy on the way": {by: issue(t, nil, authority("Zscaler Root CA")), change: func(*x509.Certificate) {},
			says: []string{`"Zscaler Root CA", which looks like a corporate proxy`, "tls.ca_file"}},
		"no intermediate": {by: between, change: func(*x509.Certificate) {},
			says: []string{`signed by "Acme Issuing"`, "the target does not send its intermediate certificates"}},
		"not for servers": {by: root, change: func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}, says: []string{"not one for servers"}},
		"asks for a client's": {by: root, change: func(*x509.Certificate) {},
			server: func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert },
			says:   []string{"asks for a client's certificate, and got none: tls.cert_file and tls.key_file"}},
		"TLS 1.1": {by: root, change: func(*x509.Certificate) {},
			server: func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 },
			says:   []string{"no version of TLS that is still safe"}},
		"RSA key exchange": {by: root, change: func(*x509.Certificate) {}, server: func(c *tls.Config) {
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
		}, says: []string{"no cipher suite in common", "RSA key exchange"}},
		"no name of that kind": {by: root, change: func(*x509.Certificate) {},
			server: func(c *tls.Config) { c.NextProtos = []string{"smtp"} }, says: []string{"neither HTTP/2 nor HTTP/1.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			c := issue(t, test.by, test.change)
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{c.c.Raw}, PrivateKey: c.key}}}
			if test.server != nil {
				test.server(server.TLS)
			}
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.StartTLS()
			defer server.Close()
			pool := x509.NewCertPool()
			pool.AddCert(root.c)
			e := newClient(t, func(s *Settings) { s.TLS = &tls.Config{RootCAs: pool} }).
				Send(context.Background(), get(server.URL))
			for _, says := range test.says {
				g.Expect(e.NoAnswer).To(ContainSubstring(says))
			}
			g.Expect(e.NoAnswer).NotTo(MatchRegexp(`x509:|tls:|remote error|\*`))
		})
	}
}

// These cannot be made with Go's own libraries any more: they are known by their words.
func TestOldCertificatesAreKnownByTheirWords(t *testing.T) {
	p := Party{Name: "the target", URL: "the url", TLS: "tls"}
	for words, says := range map[string]string{
		"tls: failed to parse certificate from server: x509: negative serial number":                                   "negative serial number",
		"x509: certificate signed by unknown authority (… x509: cannot verify signature: insecure algorithm SHA1-RSA)": "SHA-1",
		"tls: failed to verify certificate: crypto/rsa: 512-bit keys are insecure (see https://go.dev/pkg/crypto/rsa)": "too short",
		"tls: failed to parse certificate from server: x509: malformed validity":                                       "cannot be read",
		"tls: server sent certificate containing RSA key larger than 8192 bits":                                        "more than 8192 bits",
		"tls: invalid signature by the server certificate: ECDSA verification failure":                                 "breaks the rules of TLS",
		`net/http: HTTP/1.x transport connection broken: malformed HTTP response "\x15\x03\x01\x00\x02\x02P"`:          "speaks TLS there",
		"stream error: stream ID 3; INTERNAL_ERROR; received from peer":                                                "HTTP/2 stream was reset",
		"http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=\"\"":            "HTTP/2 connection was closed",
		"something that nobody has seen": "please report it",
	} {
		NewWithT(t).Expect(p.Explain(context.Background(), fmt.Errorf("%s", words))).To(ContainSubstring(says), words)
	}
}
