package canary

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"unicode/utf16"
)

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
