//go:build long

package wire

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func TestWrongOptions(t *testing.T) {
	g := NewWithT(t)
	for _, o := range []Options{
		{Addr: "127.0.0.1:0", With: []string{"nonsense"}},
		{Addr: "0.0.0.0:0"},
		{Addr: ":0"},
		{Addr: "192.0.2.1:0"},
		{Addr: "127.0.0.1"},
	} {
		_, err := Start(http.NotFoundHandler(), o)
		g.Expect(err).To(HaveOccurred(), "%+v", o)
	}
	_, err := StartNull("nonsense", "127.0.0.1:0")
	g.Expect(err).To(MatchError(ContainSubstring("nonsense")))
}

func TestAnAddressInUse(t *testing.T) {
	g := NewWithT(t)
	server, _ := start(t, http.NotFoundHandler(), Options{})
	_, err := Start(http.NotFoundHandler(), Options{Addr: strings.TrimPrefix(server.URL, "http://")})
	g.Expect(err).To(MatchError(ContainSubstring("in use")))
}

func TestCloseEndsAtOnceWhatIsUnderWay(t *testing.T) {
	for _, with := range [][]string{nil, {"slow-answers"}, {"no-date"}} {
		g := NewWithT(t)
		quiet(t)
		var begun atomic.Bool
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun.Store(true)
			if with == nil || with[0] == "no-date" {
				<-r.Context().Done()
			}
		})
		server, err := Start(h, Options{Addr: "127.0.0.1:0", With: with})
		g.Expect(err).NotTo(HaveOccurred())
		c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
		g.Expect(err).NotTo(HaveOccurred())
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
		g.Eventually(begun.Load).Should(BeTrue())
		idleOne, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
		g.Expect(err).NotTo(HaveOccurred())
		before := time.Now()
		g.Expect(server.Close()).To(Succeed())
		g.Expect(time.Since(before)).To(BeNumerically("<", delay))
		g.Expect(server.Close()).To(Succeed(), "a second time changes nothing")
		c.Close()
		idleOne.Close()
	}
}

func TestBrokenRequestsAreRefused(t *testing.T) {
	g := NewWithT(t)
	server, _ := start(t, http.NotFoundHandler(), Options{With: []string{"no-date"}})
	for _, request := range []string{"nonsense\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"} {
		c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
		g.Expect(err).NotTo(HaveOccurred())
		io.WriteString(c, request)
		answer, _ := io.ReadAll(c)
		g.Expect(string(answer)).To(HavePrefix("HTTP/1.1 400 "))
		c.Close()
	}
}
