//go:build e2e

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/saymon"
	"session-conformance/support/reference/wire"
	"session-conformance/support/report"
)

// A target behind a proxy is reached through $HTTPS_PROXY, under the name that only the proxy resolves.
func TestRunThroughAProxy(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	c := saymon.Default()
	server, err := saymon.New(c)
	g.Expect(err).NotTo(HaveOccurred())
	running, err := wire.Start(server, wire.Options{Addr: "127.0.0.1:0", TLS: true})
	g.Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { _ = running.Close() })
	var asked atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != "saymon.acme.test:443" {
			http.Error(w, "not for this proxy", http.StatusForbidden)
			return
		}
		asked.Add(1)
		out, err := net.Dial("tcp", strings.TrimPrefix(running.URL, "https://"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		in, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		fmt.Fprint(in, "HTTP/1.1 200 Connection established\r\n\r\n")
		go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
		_, _ = io.Copy(in, out)
		_ = in.Close()
	}))
	t.Cleanup(proxy.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	g.Expect(os.WriteFile(ca, running.CA, 0o600)).To(Succeed())
	password, _ := json.Marshal(c.User.Password)
	targets := fmt.Sprintf("targets:\n  - {name: far, api: saymon, url: https://saymon.acme.test, user: {login: %s, "+
		"password: %s}, tls: {ca_file: %s, server_name: 127.0.0.1}}\n",
		c.User.Login, password, ca)
	r := call(t, targets, []string{"HTTPS_PROXY=" + proxy.URL}, program, "run")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.results(t, "saymon").Targets[0].Verdict).To(Equal(report.Partial))
	g.Expect(asked.Load()).To(BeNumerically(">", 0))
}

// Over http a proxy answers in the product's place: whoever is refused there reads of it.
func TestAProxyThatRefusesTheLoginIsNamed(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "not allowed", http.StatusForbidden)
	}))
	t.Cleanup(proxy.Close)
	targets := "targets:\n  - {name: far, api: saymon, url: http://saymon.acme.test, user: {login: qa, password: " +
		"not-sent}}\n"
	r := call(t, targets, []string{"HTTP_PROXY=" + proxy.URL}, program, "check", "--online")
	g.Expect(r.exit).To(Equal(3), r.output)
	g.Expect(r.output).To(ContainSubstring("the answer is that of the proxy " + proxy.URL + " of $HTTP_PROXY"))
}
