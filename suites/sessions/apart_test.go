package sessions

import (
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// A product that keeps whole seconds is given more than one of them.
func TestApart(t *testing.T) {
	g := NewWithT(t)
	login := func(body string) *exchange.Exchange {
		return &exchange.Exchange{Answer: &exchange.Answer{Status: 201, Body: []byte(body)}}
	}
	whole, fine := login(`{"lastSuccessfulLogin": 1700000000000}`), login(`{"lastSuccessfulLogin": 1700000000001}`)
	for _, none := range []*exchange.Exchange{whole, login(`{}`), login(`null`), login(`{"lastSuccessfulLogin": null}`),
		{NoAnswer: "reset"}} {
		g.Expect(apart(none, none)).To(Equal(1100 * time.Millisecond))
	}
	tenths, hundredths := login(`{"lastSuccessfulLogin": 1700000000300}`), login(`{"lastSuccessfulLogin": 1700000000340}`)
	g.Expect(apart(whole, tenths)).To(Equal(150 * time.Millisecond))
	for _, finer := range []*exchange.Exchange{fine, hundredths} {
		g.Expect(apart(whole, finer)).To(Equal(50 * time.Millisecond))
		g.Expect(apart(finer, tenths)).To(Equal(50 * time.Millisecond))
	}
}
