//go:build unit

package evidence

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	stdlog "log"
	"net/http"
	"net/http/httptest"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/canary"
	"session-conformance/support/reference/wire"
)

// A certificate may carry a secret in its names, and the errors of TLS quote these.
func TestASecretInTheNamesOfACertificateIsHidden(t *testing.T) {
	for name, trusted := range map[string]bool{"of a trusted certificate for another host": true,
		"of one that nobody vouches for": false} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			j := job("")
			j.Target.User.Password = "sup3r-s3cret-w0rd"
			certificate, pem, err := wire.NewCertificate(func(c *x509.Certificate) {
				c.Subject.CommonName = j.Target.User.Password
				c.DNSNames, c.IPAddresses = []string{j.Target.User.Password + ".example"}, nil
			})
			g.Expect(err).NotTo(HaveOccurred())
			s := httptest.NewUnstartedServer(http.HandlerFunc(fine))
			s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
			s.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
			s.StartTLS()
			defer s.Close()
			roots := x509.NewCertPool()
			if trusted {
				g.Expect(roots.AppendCertsFromPEM(pem)).To(BeTrue())
			}
			j.Target.URL, j.TLS = s.URL, &tls.Config{RootCAs: roots, ServerName: "elsewhere.example"}

			// Go's own error quotes the name: without hiding it would stand in the report.
			client := &http.Client{Transport: &http.Transport{TLSClientConfig: j.TLS.Clone()}}
			_, err = client.Get(s.URL)
			finder := canary.NewFinder([]string{j.Target.User.Password})
			g.Expect(finder.Find([]byte(err.Error()))).To(HaveLen(1), err.Error())

			api := controlled(func(ctx context.Context, t *Caller) { t.Get(ctx, nil, "/", Opens("user")) })
			gathered := gatherWhole(api, j)[0]
			g.Expect(finder.Find(gathered.HAR)).To(BeEmpty())
			ev, err := Read(gathered.HAR)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(ev.Exchanges[0].NoAnswer).To(ContainSubstring("certificate"))
		})
	}
}
