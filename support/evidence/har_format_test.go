//go:build unit

package evidence

import (
	"net/http"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"session-conformance/support/exchange"
	"session-conformance/support/formats"
	"session-conformance/support/target"
)

// hostile are texts that a header, a body or an address may hold.
var hostile = rapid.OneOf(rapid.String(),
	rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	rapid.SampledFrom([]string{"", "\xff\xfe", "sid=1; b", "=;=", "sid=a; Expires=nonsense; Path", "a\x00b", "]]>",
		"http://[::1", "%zz", "text/html; charset=\xe9"}))

func anyHeader(t *rapid.T, label string) http.Header {
	h := http.Header{}
	for _, name := range []string{"Content-Type", "Location", "Cookie", "Set-Cookie", "X-\xff"} {
		if values := rapid.SliceOfN(hostile, 0, 3).Draw(t, label+" "+name); len(values) > 0 {
			h[name] = values
		}
	}
	return h
}

// Whatever a target answers, its evidence is HAR 1.2 by the public schema, and can be read back.
func TestEvidenceIsHAR(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		e := &exchange.Exchange{Number: 1, Scenario: "s", Step: hostile.Draw(t, "step"),
			NoAnswer: hostile.Draw(t, "no answer"),
			Started: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "started"), rapid.Int64Range(0, 999999999).
				Draw(t, "nanoseconds")),
			Took: time.Duration(rapid.Int64Range(0, 1e12).Draw(t, "took")),
			Request: exchange.Request{Method: "POST", URL: "http://127.0.0.1:80/p?q=%20", Header: anyHeader(t, "request"),
				Body: []byte(hostile.Draw(t, "request body"))}}
		if rapid.Bool().Draw(t, "answered") {
			e.Answer = &exchange.Answer{Status: rapid.IntRange(0, 999).Draw(t, "status"), Reason: hostile.Draw(t, "reason"),
				Proto:  hostile.Draw(t, "proto"),
				Header: anyHeader(t, "answer"), Body: []byte(hostile.Draw(t, "body")), Undecoded: hostile.Draw(t, "undecoded")}
		}
		text := encode(Target{Target: target.Target{Name: "lab"}}, []*exchange.Exchange{e}, nil, "v1")
		g.Expect(formats.HAR(text)).To(Succeed(), string(text))
		_, err := Read(text)
		g.Expect(err).NotTo(HaveOccurred())
	})
}
