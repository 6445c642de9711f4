//go:build unit

package evidence

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	"session-conformance/support/target"
)

// genuine is evidence as the suite writes it.
func genuine() []byte {
	started := time.Date(2026, 11, 22, 10, 0, 0, 123456000, time.UTC)
	return encode(Target{Target: target.Target{Name: "lab"}}, []*exchange.Exchange{
		{Number: 1, Scenario: "log in", Step: "first", Started: started, Took: 12345 * time.Microsecond,
			Request: exchange.Request{Method: "POST", URL: "https://h/p?q=1", Header: http.Header{"Cookie": {"sid=1"}},
				Body: []byte(`{"login":"qa"}`)},
			Answer: &exchange.Answer{Status: 200, Proto: "HTTP/2.0", Header: http.Header{"Set-Cookie": {"sid=2; Path=/"}},
				Body: []byte(`"<ü>"`)}},
		{Number: 2, Scenario: "use it", Step: "second", Started: started.Add(time.Second), NoAnswer: "silence",
			Request: exchange.Request{Method: "GET", URL: "https://h/", Header: http.Header{}}},
	}, []Outcome{{Scenario: "x", Verdict: Unconfigured, Reason: "not set"}}, "v1")
}

// decodedHAR is a HAR file as JSON.parse gives it.
func decodedHAR(t *testing.T, text []byte) (whole map[string]any, log map[string]any) {
	t.Helper()
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	return whole, whole["log"].(map[string]any)
}

func TestADigestTellsWhatWasAltered(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Altered(genuine())).To(BeEmpty())
	whole, log := decodedHAR(t, genuine())
	again, err := json.Marshal(whole)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Altered(again)).To(BeEmpty(), "another layout and order of keys alters nothing")
	log["comment"] = "from the archive"
	again, _ = json.Marshal(whole)
	g.Expect(Altered(again)).To(BeEmpty(), "nor does a remark")
	for what, alter := range map[string]func(log map[string]any){
		"a cookie": func(log map[string]any) {
			headers := log["entries"].([]any)[0].(map[string]any)["response"].(map[string]any)["headers"].([]any)
			headers[0].(map[string]any)["value"] = "[redacted]"
		},
		"an entry":   func(log map[string]any) { log["entries"] = log["entries"].([]any)[:1] },
		"the target": func(log map[string]any) { log["_target"].(map[string]any)["without"] = []string{"email"} },
		"an outcome": func(log map[string]any) { log["_outcomes"] = []any{} },
		"the digest": func(log map[string]any) { delete(log, "_digest") },
	} {
		whole, log := decodedHAR(t, genuine())
		alter(log)
		text, _ := json.Marshal(whole)
		_, err := Read(text)
		g.Expect(err).NotTo(HaveOccurred(), what)
		g.Expect(Altered(text)).To(ContainSubstring("altered after it was written"), what)
	}
}

// Digests are as encoding/json writes what they are of, so that evidence of earlier versions keeps its own.
func TestADigestIsThatOfEarlierVersions(t *testing.T) {
	g := NewWithT(t)
	text := "{\"log\": {\"_target\": {\"z\": 1.50, \"a\": [1e3, -0.000001, 12345678901234567890, true, null]},\n" +
		`"entries": ` +
		`[{"ü": "<&>\u2028\u00e9\ud83d\ude00\b\f\n\u001f", "": "\/"}], "x": {}}}`
	var f struct {
		Log struct {
			Entries  any `json:"entries"`
			Target   any `json:"_target"`
			Outcomes any `json:"_outcomes"`
		} `json:"log"`
	}
	g.Expect(json.Unmarshal([]byte(text), &f)).To(Succeed())
	whole, err := json.Marshal(f)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(digestOf([]byte(text))).To(Equal(fmt.Sprintf("sha256:%x", sha256.Sum256(whole))))
}

func TestMissingNamesWhatAnotherToolTookAway(t *testing.T) {
	g := NewWithT(t)
	g.Expect(Missing(genuine())).To(BeEmpty())
	whole, log := decodedHAR(t, genuine())
	entry := log["entries"].([]any)[1].(map[string]any)
	delete(entry, "_step")
	delete(entry["request"].(map[string]any), "headers")
	text, _ := json.Marshal(whole)
	g.Expect(Missing(text)).To(Equal("log.entries[1]._step, log.entries[1].request.headers"))
	browser := `{"log":{"version":"1.2","creator":{"name":"Firefox","version":"140"},"pages":[],"entries":[` +
		`{"startedDateTime":"2026-11-22T10:00:00Z","request":{"headers":[]},"response":{"headers":[]}}]}}`
	_, err := Read([]byte(browser))
	g.Expect(err).To(MatchError(And(ContainSubstring(`its log.creator.name is not "session-conformance"`),
		ContainSubstring("log._target"), ContainSubstring("log.entries[0]._scenario"))))
}

// What the importers of Firefox (devtools, har-importer.js) and Safari (Web Inspector, NetworkManager.processHAR and
// LocalResource.fromHAREntry) read without asking whether it is there, beside the pages that Chrome does without.
func TestEvidenceOpensInBrowsers(t *testing.T) {
	empty := encode(Target{Target: target.Target{Name: "lab"}}, nil, nil, "v1")
	for name, text := range map[string][]byte{"whole": genuine(), "empty": empty} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, log := decodedHAR(t, text)
			g.Expect(log["version"]).To(Equal("1.2"), "Safari takes no other")
			pages := log["pages"].([]any)
			_, err := time.Parse(time.RFC3339, pages[0].(map[string]any)["startedDateTime"].(string))
			g.Expect(err).NotTo(HaveOccurred(), "Safari counts all times from it")
			ids := map[any]bool{}
			for _, page := range pages {
				p := page.(map[string]any)
				g.Expect(ids).NotTo(HaveKey(p["id"]))
				ids[p["id"]] = true
				g.Expect(p["title"]).NotTo(BeEmpty())
				g.Expect(p["pageTimings"]).To(Equal(map[string]any{"onContentLoad": -1.0, "onLoad": -1.0}))
			}
			for _, one := range log["entries"].([]any) {
				e := one.(map[string]any)
				g.Expect(ids).To(HaveKey(e["pageref"]))
				_, err := time.Parse(time.RFC3339, e["startedDateTime"].(string))
				g.Expect(err).NotTo(HaveOccurred())
				g.Expect(e["time"]).To(BeAssignableToTypeOf(1.0))
				g.Expect(e["timings"]).To(Equal(map[string]any{"blocked": -1.0, "dns": -1.0, "connect": -1.0, "ssl": -1.0,
					"send": 0.0, "wait": e["time"], "receive": 0.0}), "Safari adds each that is not -1, also one that is not there")
				g.Expect(e["cache"]).To(Equal(map[string]any{}), "Firefox reads within it")
				address, err := url.Parse(e["request"].(map[string]any)["url"].(string))
				g.Expect(err).NotTo(HaveOccurred(), "older ones of Firefox open no file with another address")
				g.Expect(address.Scheme).To(HavePrefix("http"))
				g.Expect(address.Host).NotTo(BeEmpty())
				for _, side := range []string{"request", "response"} {
					m := e[side].(map[string]any)
					g.Expect(m["headers"]).To(BeAssignableToTypeOf([]any{}))
					g.Expect(m["cookies"]).To(BeAssignableToTypeOf([]any{}))
					for _, pair := range append(m["headers"].([]any), m["cookies"].([]any)...) {
						g.Expect(pair).To(And(HaveKeyWithValue("name", BeAssignableToTypeOf("")),
							HaveKeyWithValue("value", BeAssignableToTypeOf(""))))
						g.Expect(pair).NotTo(HaveKeyWithValue("expires", ""), "Chrome opens no file with a date that is none")
					}
					g.Expect(m).To(HaveKey("headersSize"))
					g.Expect(m).To(HaveKey("bodySize"))
					g.Expect(m["httpVersion"]).To(BeElementOf("HTTP/2", "HTTP/1.1"))
				}
				content := e["response"].(map[string]any)["content"].(map[string]any)
				g.Expect(content).To(And(HaveKeyWithValue("size", BeAssignableToTypeOf(1.0)),
					HaveKeyWithValue("mimeType", BeAssignableToTypeOf(""))))
				g.Expect(e).NotTo(Or(HaveKey("_initiator"), HaveKey("_webSocketMessages")), "Chrome has its own of these names")
			}
		})
	}
}

func TestTheSecondVersionOfHTTPIsNamed(t *testing.T) {
	g := NewWithT(t)
	g.Expect(strings.Count(string(genuine()), `"httpVersion": "HTTP/2"`)).To(Equal(2), "of the request and of its answer")
	ev, err := Read(genuine())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges[0].Answer.Proto).To(Equal("HTTP/2"))
}
