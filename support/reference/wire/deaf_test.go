//go:build unit

package wire

import (
	"net"
	"strings"
	"syscall"
	"testing"

	. "github.com/onsi/gomega"
)

func TestNobodyListensAtADeafAddressAndNobodyElseCan(t *testing.T) {
	g := NewWithT(t)
	r, err := Deaf("127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	at := strings.TrimPrefix(r.URL, "http://")
	_, err = net.Dial("tcp", at)
	g.Expect(err).To(MatchError(syscall.ECONNREFUSED))
	_, err = net.Listen("tcp", at)
	g.Expect(err).To(MatchError(syscall.EADDRINUSE))
	_, err = Deaf(at)
	g.Expect(err).To(MatchError(And(ContainSubstring(at+" cannot be taken"), ContainSubstring("in use"))))
	g.Expect(r.Close()).To(Succeed())
	l, err := net.Listen("tcp", at)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(l.Close()).To(Succeed())
}

func TestADeafAddressIsALoopbackOne(t *testing.T) {
	for addr, wrong := range map[string]string{"0.0.0.0:0": "no address of this machine alone", "here": "missing port",
		"127.0.0.1:x": "unknown port",
		"[::1]:0":     "no suitable address"} {
		_, err := Deaf(addr)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(wrong)), addr)
	}
}
