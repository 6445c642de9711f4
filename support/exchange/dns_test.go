//go:build unit

package exchange

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"golang.org/x/net/dns/dnsmessage"
)

// resolver asks a name server of our own, which knows the addresses of every name. Without any it answers with the
// code, and never where the code is negative.
func resolver(t *testing.T, code int, addresses ...string) *net.Resolver {
	t.Helper()
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	go func() {
		packet := make([]byte, 4096)
		for {
			n, from, err := c.ReadFrom(packet)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(packet[:n]) != nil || code < 0 {
				continue
			}
			m.Response, m.Additionals, m.RCode = true, nil, dnsmessage.RCode(code)
			for _, address := range addresses {
				if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
					m.Answers = append(m.Answers, dnsmessage.Resource{
						Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
						Body:   &dnsmessage.AResource{A: [4]byte(net.ParseIP(address).To4())}})
				}
			}
			if answer, err := m.Pack(); err == nil {
				_, _ = c.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", c.LocalAddr().String())
	}}
}

// named sends a request to a name that the resolver knows, at a port.
func named(t *testing.T, r *net.Resolver, port int) (*Exchange, time.Duration) {
	t.Helper()
	c := newClient(t)
	c.kept.DialContext = (&net.Dialer{Resolver: r}).DialContext
	began := time.Now()
	return c.Send(context.Background(), get(fmt.Sprintf("http://product.test:%d/", port))), time.Since(began)
}

func TestSendToANameWithoutAnAddress(t *testing.T) {
	g := NewWithT(t)
	for says, code := range map[string]int{"no such host": 3, "server misbehaving": 2,
		"none within the timeout of 2s": -1} {
		e, took := named(t, resolver(t, code), 80)
		g.Expect(e.Unanswered()).To(ContainSubstring(says))
		g.Expect(took).To(BeNumerically("<", 4*time.Second))
	}
}

func TestSendToANameWithDeadAddresses(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	port := server.Listener.Addr().(*net.TCPAddr).Port

	e, _ := named(t, resolver(t, 0, "127.0.0.2", "127.0.0.3", "127.0.0.1"), port)
	g.Expect(e.Status()).To(Equal(200), "the last address is alive: "+e.NoAnswer)
	e, _ = named(t, resolver(t, 0, "127.0.0.2", "127.0.0.3", "127.0.0.4"), port)
	g.Expect(e.Unanswered()).To(ContainSubstring("nothing listens at that address and port"))
}
