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
	"net/url"
	"strings"
	"unicode/utf16"
)

// body is a way that replaces the body by one of that type.
func body(name, mediaType string, write func(secrets []string) string) Way {
	return Way{Name: name, Body: true, Echo: func(a *answer, secrets []string) { a.labelled(mediaType, write(secrets)) }}
}

var bodies = []Way{
	body("json", "application/json",
		func(secrets []string) string { return asJSON(map[string]any{"message": "no", "seen": secrets}) }),
	body("json-key", "application/json", func(secrets []string) string {
		keys := map[string]any{}
		for _, s := range secrets {
			keys[s], keys["the "+s] = "seen", 1
		}
		return asJSON(keys)
	}),
	body("json-escaped", "application/json", func(secrets []string) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(strings.Join(secrets, " "))) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
		return `{"message": "` + b.String() + `"}`
	}),
	body("json-in-json", "application/json", func(secrets []string) string {
		return asJSON(map[string]any{"cause": asJSON(map[string]any{"seen": secrets})})
	}),
	body("xml", "application/xml", func(secrets []string) string {
		return "<error><seen>" + html.EscapeString(strings.Join(secrets, "</seen><seen>")) + "</seen></error>"
	}),
	body("xml-attribute", "application/xml", func(secrets []string) string {
		var b strings.Builder
		for _, r := range strings.Join(secrets, " ") {
			fmt.Fprintf(&b, "&#x%x;", r)
		}
		return `<error seen="` + b.String() + `"/>`
	}),
	body("xml-utf16", "application/xml; charset=utf-16", func(secrets []string) string {
		out := []byte{0xFF, 0xFE}
		for _, unit := range utf16.Encode([]rune("<error>" + html.EscapeString(strings.Join(secrets, " ")) + "</error>")) {
			out = append(out, byte(unit), byte(unit>>8))
		}
		return string(out)
	}),
	body("html", "text/html; charset=utf-8", func(secrets []string) string {
		return "<!doctype html><title>Error</title><p>Login with <code>" + html.EscapeString(strings.Join(secrets, " ")) +
			"</code> failed.<!-- " + strings.Join(secrets, " ") + " -->"
	}),
	body("plain", "text/plain; charset=utf-8", func(secrets []string) string {
		return "trace: login(admin, " + strings.Join(secrets, ", ") + ")\n at x"
	}),
	body("form", "application/x-www-form-urlencoded",
		func(secrets []string) string { return url.Values{"seen": secrets, "a": {"b"}}.Encode() }),
	body("percent-twice", "text/plain", func(secrets []string) string {
		return url.QueryEscape(url.QueryEscape(strings.Join(secrets, " ")))
	}),
	body("base64", "text/plain", func(secrets []string) string {
		return "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+strings.Join(secrets, " ")))
	}),
	body("base64-for-urls", "application/json", func(secrets []string) string {
		return asJSON(map[string]any{"jwt": "e30." +
			base64.RawURLEncoding.EncodeToString([]byte(asJSON(map[string]any{"seen": secrets}))) + ".c2ln"})
	}),
	body("hex", "text/plain", func(secrets []string) string {
		return "dump " +
			hex.EncodeToString([]byte(strings.Join(secrets, " ")))
	}),
	{Name: "long", Body: true, Large: true, Echo: func(a *answer, secrets []string) {
		// Longer than what is read, so that it is cut: within a secret, wherever the cut falls.
		all := strings.Join(secrets, "")
		a.labelled("text/plain", strings.Repeat(all, 5<<20/len(all)))
	}},
}

var compressed = []Way{
	squeezed("gzip", "gzip", gzipped),
	squeezed("gzip-unlabelled", "", gzipped),
	squeezed("gzip-twice", "gzip, gzip", func(text []byte) []byte { return gzipped(gzipped(text)) }),
	squeezed("deflate", "deflate", func(text []byte) []byte {
		return written(text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	}),
	squeezed("deflate-bare", "deflate", func(text []byte) []byte {
		return written(text, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, flate.BestSpeed); return f })
	}),
	body("base64-of-gzip", "application/json", func(secrets []string) string {
		return asJSON(map[string]any{"SAMLResponse": base64.StdEncoding.EncodeToString(gzipped([]byte(asJSON(secrets))))})
	}),
}

// squeezed is a way that replaces the body by a compressed one, with that Content-Encoding; empty: none.
func squeezed(name, encoding string, squeeze func([]byte) []byte) Way {
	return Way{Name: name, Body: true, Echo: func(a *answer, secrets []string) {
		a.labelled("application/json", string(squeeze([]byte(asJSON(map[string]any{"message": "no", "seen": secrets})))))
		if encoding != "" {
			a.header.Set("Content-Encoding", encoding)
		}
	}}
}

func gzipped(text []byte) []byte {
	return written(text, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

func written(text []byte, through func(io.Writer) io.WriteCloser) []byte {
	var b bytes.Buffer
	w := through(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

func asJSON(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

func unescapeXML(text string) string { return html.UnescapeString(text) }
