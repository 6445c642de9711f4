package canary

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf16"
)

// Way is a place of an answer, and an encoding, in which a server echoes secrets.
type Way struct {
	Name string
	Body bool // it replaces the body
	// Large says that the body has some megabytes.
	Large bool
	// Dropped says that a client of ours takes no notice of the place, so that nothing of it can leave.
	Dropped bool
	// Breaks says that the answer is no HTTP: the client says so, and repeats nothing of it.
	Breaks bool
	Echo   func(a *answer, secrets []string)
}

// Ways are all ways, those of bodies first.
func Ways() []Way {
	var all []Way
	for _, list := range [][]Way{bodies, compressed, heads, broken} {
		all = append(all, list...)
	}
	return all
}

// heads are ways in what stands before the body, and behind it.
var heads = []Way{
	{Name: "header", Echo: func(a *answer, secrets []string) {
		a.header.Add("X-Debug", "you sent "+oneLine(secrets, url.PathEscape))
	}},
	{Name: "header-as-it-stands", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.more = append(a.more, "X-Debug: you sent "+unbroken.Replace(s))
		}
	}},
	{Name: "header-base64", Echo: func(a *answer, secrets []string) {
		a.header.Add("X-Debug", "seen="+base64.StdEncoding.EncodeToString([]byte("user:"+strings.Join(secrets, " "))))
	}},
	{Name: "header-name", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.more = append(a.more, "X-"+token(s)+": refused", token(s)+": refused")
		}
	}},
	{Name: "status-text", Echo: func(a *answer, secrets []string) {
		a.line = fmt.Sprintf("HTTP/1.1 %d No %s", a.status, oneLine(secrets, unbroken.Replace))
	}},
	{Name: "redirect", Body: true, Echo: func(a *answer, secrets []string) {
		a.status = http.StatusFound
		a.header.Set("Location", "/login?was="+oneLine(secrets, url.QueryEscape))
	}},
	{Name: "cookie-attribute", Echo: func(a *answer, secrets []string) {
		first := token(secrets[0])
		a.header.Add("Set-Cookie", "seen=1; Path=/"+oneLine(secrets, url.PathEscape)+"; Domain="+first+"; "+first)
	}},
	{Name: "cookie-name", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.header.Add("Set-Cookie", token(s)+"=1; Path=/")
		}
	}},
	{Name: "realm", Echo: func(a *answer, secrets []string) {
		a.header.Add("Www-Authenticate", `Basic realm="`+hex.EncodeToString([]byte(strings.Join(secrets, ",")))+`"`)
	}},
	{Name: "media-type", Echo: func(a *answer, secrets []string) {
		a.header.Set("Content-Type", a.header.Get("Content-Type")+"; was="+oneLine(secrets, url.PathEscape))
	}},
	{Name: "interim", Dropped: true, Echo: func(a *answer, secrets []string) {
		a.before = "HTTP/1.1 103 Early Hints\r\nLink: </" + oneLine(secrets, url.PathEscape) + ">; rel=preload\r\n\r\n"
	}},
	{Name: "trailer", Dropped: true, Echo: func(a *answer, secrets []string) {
		a.header.Set("Trailer", "X-Seen")
		if a.status == http.StatusNoContent {
			return
		}
		if len(a.body) > 0 {
			a.chunks = fmt.Sprintf("%x\r\n%s\r\n", len(a.body), a.body)
		}
		a.chunks += "0\r\nX-Seen: " + oneLine(secrets, url.PathEscape) + "\r\n\r\n"
	}},
}

// broken are ways that end in an error of net/http, which quotes what it read: a status line, or a line of the header.
var broken = []Way{
	breaks("no-status-line", "ERROR ", ""),
	breaks("no-status", "HTTP/1.1 ", ""),
	breaks("no-protocol", "HTTP/", " 200 OK"),
	breaks("no-header", "", ""),
	breaks("no-length", "Content-Length: ", ""),
	breaks("no-transfer-encoding", "Transfer-Encoding: ", ""),
}

func breaks(name, before, after string) Way {
	return Way{Name: name, Body: true, Breaks: true, Echo: func(a *answer, secrets []string) {
		line := before + oneLine(secrets, token) + after
		if strings.HasPrefix(line, "HTTP/") || strings.HasPrefix(line, "ERROR") {
			a.line = line
		} else {
			a.more = []string{line}
		}
	}}
}

// unbroken takes out what would end a line.
var unbroken = strings.NewReplacer("\r", "", "\n", "")

// oneLine joins secrets, each encoded, to what may stand in a header.
func oneLine(secrets []string, encode func(string) string) string {
	var all []string
	for _, s := range secrets {
		all = append(all, encode(s))
	}
	return strings.Join(all, ",")
}

// token is a secret as it may stand where HTTP allows few characters: it is kept where it has no others, else in
// hexadecimal.
func token(secret string) string {
	for _, c := range []byte(secret) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == '_') {
			return hex.EncodeToString([]byte(secret))
		}
	}
	return secret
}

// body is a way that replaces the body by one of that type, in which the secrets stand as they are written.
func body(name, mediaType, format string, write func(secrets []string) string) Way {
	return Way{Name: name, Body: true, Echo: func(a *answer, secrets []string) {
		a.labelled(mediaType, strings.Replace(format, "%s", write(secrets), 1))
	}}
}

// joined writes secrets as one text.
func joined(write func(string) string) func([]string) string {
	return func(secrets []string) string { return write(strings.Join(secrets, " ")) }
}

var bodies = []Way{
	body("json", "application/json", `{"message": "no", "seen": %s}`, asJSON[[]string]),
	body("json-key", "application/json", "%s", func(secrets []string) string {
		keys := map[string]any{}
		for _, s := range secrets {
			keys[s], keys["the "+s] = "seen", 1
		}
		return asJSON(keys)
	}),
	body("json-escaped", "application/json", `{"message": "%s"}`, joined(func(all string) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(all)) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
		return b.String()
	})),
	body("json-in-json", "application/json", `{"cause": %s}`, func(secrets []string) string {
		return asJSON(seen(secrets))
	}),
	body("xml", "application/xml", "<error><seen>%s</seen></error>", func(secrets []string) string {
		return html.EscapeString(strings.Join(secrets, "</seen><seen>"))
	}),
	body("xml-attribute", "application/xml", `<error seen="%s"/>`, joined(func(all string) string {
		var b strings.Builder
		for _, r := range all {
			fmt.Fprintf(&b, "&#x%x;", r)
		}
		return b.String()
	})),
	body("xml-utf16", "application/xml; charset=utf-16", "%s", joined(func(all string) string {
		return "\xFF\xFE" + wide("<error>"+html.EscapeString(all)+"</error>", 0)
	})),
	body("html", "text/html; charset=utf-8", "<!doctype html><title>Error</title>%s", joined(func(all string) string {
		return "<p>Login with <code>" + html.EscapeString(all) + "</code> failed.<!-- " + all + " -->"
	})),
	body("plain", "text/plain; charset=utf-8", "trace: login(admin, %s)\n at x", joined(strings.Clone)),
	body("form", "application/x-www-form-urlencoded", "%s", func(secrets []string) string {
		return url.Values{"seen": secrets, "a": {"b"}}.Encode()
	}),
	body("percent-twice", "text/plain", "%s", joined(func(all string) string {
		return url.QueryEscape(url.QueryEscape(all))
	})),
	body("base64", "text/plain", "Basic %s", joined(func(all string) string {
		return base64.StdEncoding.EncodeToString([]byte("user:" + all))
	})),
	body("base64-for-urls", "application/json", `{"jwt": "e30.%s.c2ln"}`, func(secrets []string) string {
		return base64.RawURLEncoding.EncodeToString([]byte(seen(secrets)))
	}),
	body("hex", "text/plain", "dump %s", joined(func(all string) string { return hex.EncodeToString([]byte(all)) })),
	{Name: "long", Body: true, Large: true, Echo: func(a *answer, secrets []string) {
		// Longer than what is read, so that it is cut: within a secret, wherever the cut falls.
		all := strings.Join(secrets, "")
		a.labelled("text/plain", strings.Repeat(all, 5<<20/len(all)))
	}},
}

var compressed = []Way{
	squeezed("gzip", "gzip", gzipped),
	squeezed("gzip-unlabelled", "", gzipped),
	squeezed("gzip-twice", "gzip, gzip", func(text string) string { return gzipped(gzipped(text)) }),
	squeezed("deflate", "deflate", func(text string) string {
		return written(text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	}),
	squeezed("deflate-bare", "deflate", func(text string) string {
		return written(text, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, flate.BestSpeed); return f })
	}),
	body("base64-of-gzip", "application/json", `{"SAMLResponse": "%s"}`, func(secrets []string) string {
		return base64.StdEncoding.EncodeToString([]byte(gzipped(asJSON(secrets))))
	}),
}

// squeezed is a way that replaces the body by a compressed one, with that Content-Encoding; empty: none.
func squeezed(name, encoding string, squeeze func(string) string) Way {
	return Way{Name: name, Body: true, Echo: func(a *answer, secrets []string) {
		a.labelled("application/json", squeeze(seen(secrets)))
		if encoding != "" {
			a.header.Set("Content-Encoding", encoding)
		}
	}}
}

func gzipped(text string) string {
	return written(text, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

func written(text string, through func(io.Writer) io.WriteCloser) string {
	var b bytes.Buffer
	w := through(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func seen(secrets []string) string { return asJSON(map[string]any{"message": "no", "seen": secrets}) }

func asJSON[T any](value T) string {
	text, _ := json.Marshal(value)
	return string(text)
}
