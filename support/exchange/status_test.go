//go:build unit

package exchange

import (
	"fmt"
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

func answer(status int, header, value, body string) *Exchange {
	return &Exchange{Answer: &Answer{Status: status, Header: http.Header{header: {value}}, Body: []byte(body)}}
}

func TestSomeStatusesAreNoAnswer(t *testing.T) {
	g := NewWithT(t)
	var none []int
	for status := 100; status < 600; status++ {
		e := answer(status, "X", "", "")
		if !e.Answered() {
			none = append(none, status)
			g.Expect(e.Unanswered()).To(ContainSubstring("%d", status))
			g.Expect(e.Unanswered()).To(ContainSubstring("which neither accepts nor refuses"))
		}
	}
	g.Expect(none).To(Equal([]int{407, 408, 421, 429, 502, 503, 504, 511, 520, 521, 522, 523, 524, 525, 526, 527, 528,
		529, 530}))
}

func TestWhoAnswersInAProductsPlaceIsNamed(t *testing.T) {
	for _, test := range []struct {
		who string
		e   *Exchange
	}{
		{"nginx", answer(502, "Server", "nginx/1.24.0", "")},
		{"nginx", answer(502, "X", "", "<html>\r\n<head><title>502 Bad "+
			"Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body></html>")},
		{"nginx", answer(502, "X", "", "<hr><center>openresty/1.25</center>")},
		{"HAProxy", answer(503, "X", "", "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle "+
			"this request.\n</body></html>\n")},
		{"HAProxy", answer(504, "X", "", "<html><body><h1>504 Gateway Time-out</h1>\nThe server didn't respond in "+
			"time.\n</body></html>\n")},
		{"Cloudflare", answer(522, "Cf-Ray", "8a1b-FRA", "")},
		{"Cloudflare", answer(521, "Server", "cloudflare", "")},
		{"a captive portal", answer(511, "Server", "nginx", "<html><title>Network Authentication Required</title>")},
		{"Zscaler, a corporate proxy", answer(407, "Server", "Zscaler/6.2", "")},
		{"Squid, a proxy", answer(503, "X-Squid-Error", "ERR_CONNECT_FAIL 111", "")},
		{"Apache", answer(502, "X", "",
			"<p>The proxy server received an invalid\r\nresponse from an upstream server.<br />")},
		{"Envoy", answer(503, "X", "", "upstream connect error or disconnect/reset before headers.")},
		{"a proxy that says so in Via", answer(502, "Via", "1.1 gw.acme.test", "")},
		{"", answer(502, "X", "", "bad gateway")},
	} {
		NewWithT(t).Expect(test.e.Middleman()).To(Equal(test.who), fmt.Sprint(test.e.Answer.Header))
		if test.who != "" {
			NewWithT(t).Expect(test.e.Unanswered()).To(HaveSuffix("; " + test.who + " says so"))
		}
	}
}

func TestAPageIsDescribed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(answer(200, "Server", "nginx", "<!DOCTYPE html>\n<html><head><title>\n Log in </title>").Page()).
		To(Equal(`an HTML page with the title "Log in", of nginx`))
	g.Expect(answer(404, "X", "", " <HTML>").Page()).To(Equal("an HTML page"))
	g.Expect(answer(200, "X", "", `"<html>"`).Page()).To(BeEmpty())
}
