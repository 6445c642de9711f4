package evidence

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/chromedp/cdproto/har"

	"session-conformance/support/exchange"
	"session-conformance/support/sink"
)

// CreatorName stands in each HAR file that we write.
const CreatorName = "session-conformance"

// file is a HAR 1.2 file with our own fields, whose names begin with an underscore as HAR asks.
type file struct {
	Log log `json:"log"`
}

type log struct {
	Version  string       `json:"version"`
	Creator  *har.Creator `json:"creator"`
	Digest   string       `json:"_digest,omitempty"` // see digestOf
	Pages    []har.Page   `json:"pages"`
	Entries  []entry      `json:"entries"`
	Target   Target       `json:"_target"`
	Outcomes []Outcome    `json:"_outcomes"`
}

// entry shadows those of HAR's fields whose Go types lose what we need: an untranslated body, our own fields.
type entry struct {
	har.Entry
	Request    request           `json:"request"`
	Response   response          `json:"response"`
	Number     int               `json:"_number"`
	Scenario   string            `json:"_scenario"`
	Step       string            `json:"_step"`
	TryOf      string            `json:"_tryOf,omitempty"`
	Mints      bool              `json:"_mints,omitempty"`
	Configured bool              `json:"_configured,omitempty"`
	NoAnswer   string            `json:"_noAnswer,omitempty"`
	Resent     bool              `json:"_resent,omitempty"`
	Waited     float64           `json:"_waitedSeconds,omitempty"`
	Resends    int               `json:"_sentAgainAfterWaiting,omitempty"`
	Notes      map[string]string `json:"_notes,omitempty"`
}

type request struct {
	har.Request
	PostData *postData `json:"postData,omitempty"`
	Chunked  bool      `json:"_chunked,omitempty"`
	NoLength bool      `json:"_noLength,omitempty"`
}

type postData struct {
	MimeType string               `json:"mimeType"`
	Params   []*har.NameValuePair `json:"params"`
	Text     string               `json:"text"`
	Encoding string               `json:"_encoding,omitempty"`
	LeftOut  int                  `json:"_leftOut,omitempty"` // bytes of a repeated character
}

type response struct {
	har.Response
	Content   content `json:"content"`
	TooLong   bool    `json:"_tooLong,omitempty"`
	Undecoded string  `json:"_undecoded,omitempty"`
}

type content struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"`
}

// encode writes the exchanges of a target as a HAR file.
func encode(t Target, exchanges []*exchange.Exchange, outcomes []Outcome, version string) []byte {
	f := file{Log: log{Version: "1.2", Creator: &har.Creator{Name: CreatorName, Version: version}, Entries: []entry{},
		Target: t, Outcomes: outcomes}}
	for _, e := range exchanges {
		f.Log.Entries = append(f.Log.Entries, encodeEntry(e))
	}
	f.Log.Pages, f.Log.Digest = pagesOf(exchanges), noDigest
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(f); err != nil {
		panic("a HAR file of plain strings does not encode: " + err.Error())
	}
	return sealed(sink.JSON(b.Bytes()))
}

// pagesOf gives a page for each scenario: the network panels of Firefox and Safari open no file without one.
func pagesOf(exchanges []*exchange.Exchange) (pages []har.Page) {
	if len(exchanges) == 0 {
		exchanges = []*exchange.Exchange{{Scenario: "nothing was asked", Started: time.Unix(0, 0)}}
	}
	for _, e := range exchanges {
		if !slices.ContainsFunc(pages, func(p har.Page) bool { return p.ID == e.Scenario }) {
			pages = append(pages, har.Page{ID: e.Scenario, Title: e.Scenario,
				StartedDateTime: e.Started.UTC().Format(time.RFC3339Nano),
				PageTimings:     &har.PageTimings{OnContentLoad: &unknown, OnLoad: &unknown}})
		}
	}
	return pages
}

// unknown is a time of which HAR says that there is none.
var unknown = -1.0

// protocol is how HAR names a version of HTTP: the second has no minor one.
func protocol(proto string) string {
	switch proto {
	case "HTTP/2.0":
		return "HTTP/2"
	case "HTTP/3.0":
		return "HTTP/3"
	}
	return proto
}

func encodeEntry(e *exchange.Exchange) entry {
	took := float64(e.Took.Microseconds()) / 1000
	out := entry{
		Entry: har.Entry{Pageref: e.Scenario, StartedDateTime: e.Started.UTC().Format(time.RFC3339Nano), Time: took,
			Cache: &har.Cache{},
			// Safari takes for a time what is not there, and counts on from it: no entry would end.
			Timings: &har.Timings{Blocked: &unknown, DNS: &unknown, Connect: &unknown, Ssl: &unknown, Wait: took}},
		Number: e.Number, Scenario: e.Scenario, Step: e.Step, TryOf: e.TryOf, Mints: e.Mints, Configured: e.Configured,
		NoAnswer: e.NoAnswer, Resent: e.Resent,
		Waited: e.Waited.Seconds(), Resends: e.Resends, Notes: e.Notes,
		Request: request{Request: har.Request{Method: e.Request.Method, URL: e.Request.URL, HTTPVersion: "HTTP/1.1",
			Cookies: requestCookies(e.Request.Header), Headers: pairs(e.Request.Header), QueryString: query(e.Request.URL),
			HeadersSize: -1, BodySize: int64(len(e.Request.Body) + e.Request.LeftOut)}, Chunked: e.Request.Chunked,
			NoLength: e.Request.NoLength},
		Response: response{Response: har.Response{Cookies: []*har.Cookie{}, Headers: []*har.NameValuePair{},
			HTTPVersion: "HTTP/1.1",
			HeadersSize: -1, BodySize: -1}},
	}
	if len(e.Request.Body) > 0 {
		text, encoding := textOf(e.Request.Body)
		out.Request.PostData = &postData{e.Request.Header.Get("Content-Type"), []*har.NameValuePair{}, text, encoding,
			e.Request.LeftOut}
	}
	if a := e.Answer; a != nil {
		text, encoding := textOf(a.Body)
		if version := protocol(a.Proto); version != "HTTP/1.0" { // which answers a request of 1.1
			out.Request.HTTPVersion = version
		}
		out.Response = response{Response: har.Response{Status: int64(a.Status), StatusText: a.Reason,
			HTTPVersion: protocol(a.Proto),
			Cookies:     responseCookies(e), Headers: pairs(a.Header), RedirectURL: a.Header.Get("Location"), HeadersSize: -1,
			BodySize: -1},
			Content: content{len(a.Body), a.Header.Get("Content-Type"), text, encoding}, TooLong: a.TooLong,
			Undecoded: a.Undecoded}
	}
	return out
}

// textOf gives a body as HAR keeps it: as text, or in base64 where it is no UTF-8.
func textOf(body []byte) (text, encoding string) {
	if utf8.Valid(body) {
		return string(body), ""
	}
	return base64.StdEncoding.EncodeToString(body), "base64"
}

// pairs lists headers by name, the values of one name in their order.
func pairs(h map[string][]string) []*har.NameValuePair {
	list := []*har.NameValuePair{}
	for _, name := range slices.Sorted(maps.Keys(h)) {
		for _, value := range h[name] {
			list = append(list, &har.NameValuePair{Name: name, Value: value})
		}
	}
	return list
}

func query(address string) []*har.NameValuePair {
	u, err := url.Parse(address)
	if err != nil {
		return pairs(nil)
	}
	return pairs(u.Query())
}

func requestCookies(h http.Header) []*har.Cookie {
	list := []*har.Cookie{}
	for _, line := range h.Values("Cookie") {
		for pair := range strings.SplitSeq(line, ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
			list = append(list, &har.Cookie{Name: name, Value: value})
		}
	}
	return list
}

func responseCookies(e *exchange.Exchange) []*har.Cookie {
	list := []*har.Cookie{}
	for _, c := range e.Cookies() {
		path, _ := c.Attribute("path")
		domain, _ := c.Attribute("domain")
		_, httpOnly := c.Attribute("httponly")
		_, secure := c.Attribute("secure")
		list = append(list, &har.Cookie{Name: c.Name, Value: c.Value, Path: path, Domain: domain, HTTPOnly: httpOnly,
			Secure: secure})
	}
	return list
}
