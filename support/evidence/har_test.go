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

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	g := NewWithT(t)
	written := []*exchange.Exchange{
		{Number: 1, Scenario: "log in", Step: "first", Started: time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.UTC),
			Took:   12 * time.Millisecond,
			Resent: true, Waited: time.Second, Resends: 2, Mints: true, Configured: true, Notes: map[string]string{"a": "b"},
			Request: exchange.Request{Method: "POST", URL: "http://h/p?q=1", Header: http.Header{"Cookie": {"sid=1; b=2"}},
				Body: []byte("\xff\x00"), Chunked: true},
			Answer: &exchange.Answer{Status: 299, Reason: "Fine", Proto: "HTTP/1.0",
				Header: http.Header{"Set-Cookie": {"b=2; Path=/", "a=1"}},
				Body:   []byte(`"<ü>"`), TooLong: true, Undecoded: "br"}},
		{Number: 2, Scenario: "log in", Step: "second", Started: time.Date(2026, 11, 22, 10, 0, 1, 0, time.UTC),
			NoAnswer: "silence",
			Request:  exchange.Request{Method: "GET", URL: "http://h/", Header: http.Header{}}},
	}
	outcomes := []Outcome{{Scenario: "x", Step: "y", Verdict: Unconfigured, Reason: "not set"}}
	text := encode(Target{target.Target{Name: "lab"}, Course{Stopped: "why"}}, written, outcomes, "v1")
	ev, err := Read(text)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges).To(Equal(written))
	g.Expect(ev.Outcomes).To(Equal(outcomes))
	g.Expect(ev.Target.Stopped).To(Equal("why"))
	g.Expect(encode(ev.Target, ev.Exchanges, ev.Outcomes, "v1")).To(Equal(text), "and writing it again changes nothing")
}

func TestReadRefusesOtherFiles(t *testing.T) {
	for text, says := range map[string]string{
		"":                          "not a HAR file of ours",
		"[]":                        "not a HAR file of ours",
		`{"log": {"version": "1"}}`: "creator",
		`{"log": {"creator": {"name": "Firefox"}, "entries": []}}`:                                                                 "creator",
		`{"log": {"creator": {"name": "session-conformance"}, "_target": {"name": "a"}, "entries": [{"startedDateTime": "now"}]}}`: "log.entries[0]: startedDateTime",
		`{"log": {"creator": {"name": "session-conformance"}, "_target": {"name": "a"}, "entries": [{"startedDateTime": "2026-11-22T10:00:00Z", "response": {"status": 200, "content": {"encoding": "base64", "text": "!"}}}]}}`: "response.content",
	} {
		_, err := Read([]byte(text))
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)), text)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(encode(Target{Target: target.Target{Name: "a"}},
		[]*exchange.Exchange{{Number: 1, Request: exchange.Request{Header: http.Header{}},
			Answer: &exchange.Answer{Status: 200, Header: http.Header{"A": {"b"}}, Body: []byte("x")}}}, nil, "v1"))
	f.Add([]byte(`{"log":{"creator":{"name":"session-conformance"},"_target":{"name":"a"},"entries":[{}]}}`))
	f.Add([]byte(`{"log":{"creator":{"name":"session-conformance"},"_target":{"name":"a"},"entries":[{"startedDateTime":"2026-11-22T10:00:00Z","request":{"headers":[null]}}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if ev, err := Read(text); err == nil {
			for _, e := range ev.Exchanges {
				e.Unanswered()
				e.Cookies()
			}
		}
	})
}

func TestEncodeWritesWhatATerminalObeysAsEscapes(t *testing.T) {
	g := NewWithT(t)
	body := "a\u202eb\u009bc\x7fd\ufeff\x1b[31m"
	har := encode(Target{Target: target.Target{Name: "t"}},
		[]*exchange.Exchange{{Number: 1, Request: exchange.Request{URL: "http://127.0.0.1"},
			Answer: &exchange.Answer{Status: 200, Body: []byte(body)}}}, nil, "v")
	g.Expect(string(har)).NotTo(MatchRegexp("[\x00-\x09\x0b-\x1f\x7f\u0080-\u009f\u202e\ufeff]"))
	ev, err := Read(har)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(ev.Exchanges[0].Body())).To(Equal(body))
}

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
