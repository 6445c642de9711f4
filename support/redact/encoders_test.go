//go:build unit

package redact

import (
	"bytes"
	"compress/gzip"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	stdjson "encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func inUTF16LE(s string) string {
	var b []byte
	for _, code := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, code)
	}
	return string(b)
}

// encoders say how a secret may stand in a text.
var encoders = map[string]func(string) string{
	"raw":  func(s string) string { return s },
	"JSON": func(s string) string { b, _ := stdjson.Marshal(s); return string(b) },
	"JSON, all escaped": func(s string) string {
		var b strings.Builder
		for _, code := range utf16.Encode([]rune(s)) {
			b.WriteString(`\u`)
			b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{byte(code >> 8), byte(code)})))
		}
		return b.String()
	},
	"JSON, slashes escaped": func(s string) string {
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `/`, `\/`).Replace(s)
	},
	"JSON in JSON": func(s string) string {
		b, _ := stdjson.Marshal(s)
		b, _ = stdjson.Marshal(string(b))
		return string(b)
	},
	"JSON in JSON in JSON": func(s string) string {
		b, _ := stdjson.Marshal(s)
		b, _ = stdjson.Marshal(string(b))
		b, _ = stdjson.Marshal(string(b))
		return string(b)
	},
	"XML": func(s string) string { return xml.plain(s) },
	"XML, decimal": func(s string) string {
		return eachRune(s, func(r rune) string { return fmt.Sprintf("&#%d;", r) })
	},
	"XML, hexadecimal": func(s string) string {
		return eachRune(s, func(r rune) string { return fmt.Sprintf("&#x%x;", r) })
	},
	"CDATA": func(s string) string { return "<a><![CDATA[" + s + "]]></a>" },
	"half CDATA": func(s string) string {
		return "<a>" + xml.plain(s[:6]) + "<![CDATA[" + s[6:] + "]]></a>"
	},
	"query":            url.QueryEscape,
	"path":             url.PathEscape,
	"URL, all escaped": func(s string) string { return eachByte(s, "%%%02x") },
	"URL, partly escaped": func(s string) string {
		return strings.NewReplacer("%", "%25", " ", "%20", `"`, "%22").
			Replace(s)
	},
	"URL twice":   func(s string) string { return url.QueryEscape(url.QueryEscape(s)) },
	"base64":      func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64, URL": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) },
	"Basic":       func(s string) string { return "Basic " + base64.StdEncoding.EncodeToString([]byte("qa:"+s)) },
	"Basic in a query": func(s string) string {
		return url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("q:" + s)))
	},
	"base64 of JSON": func(s string) string {
		b, _ := stdjson.Marshal([]string{s})
		return base64.StdEncoding.EncodeToString(b)
	},
	"base64 after a slash": func(s string) string { return "/a/" + base64.StdEncoding.EncodeToString([]byte(s)) },
	"hexadecimal":          func(s string) string { return hex.EncodeToString([]byte(s)) },
	"HEXADECIMAL":          func(s string) string { return "F" + strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"bytes, spaced":        func(s string) string { return fmt.Sprintf("% x", s) },
	"BYTES, colons":        func(s string) string { return strings.ReplaceAll(fmt.Sprintf("% X", s), " ", ":") },
	"bytes of a program":   func(s string) string { return fmt.Sprintf("% #x", s) },
	"bytes of a Buffer":    func(s string) string { return strings.ReplaceAll(fmt.Sprintf("%d", []byte(s)), " ", ",") },
	"octal":                func(s string) string { return eachByte(s, `\%03o`) },
	"base32":               func(s string) string { return base32.StdEncoding.EncodeToString([]byte(s)) },
	"quoted-printable":     func(s string) string { return eachByte(s, "=%02X") },
	"code points": func(s string) string {
		return eachRune(s, func(r rune) string { return fmt.Sprintf(`\u{%02x}`, r) })
	},
	"references, unended": func(s string) string {
		return eachRune(s, func(r rune) string { return fmt.Sprintf("&#%d", r) })
	},
	"base64 in lines": func(s string) string {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("-", 50) + s + strings.Repeat("-", 50)))
		return "\r\n" + text[:64] + "\r\n" + text[64:128] + "\r\n" + text[128:] + "\r\n"
	},
	"UTF-16":         inUTF16LE,
	"UTF-8 mistaken": func(s string) string { plain, _ := charmap.ISO8859_1.NewDecoder().String(s); return plain },
	"gzip": func(s string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(s))
		_ = w.Close()
		return b.String()
	},
	"JSON in base64 in HAR": func(s string) string {
		b, _ := stdjson.Marshal(s)
		b, _ = stdjson.Marshal(base64.StdEncoding.EncodeToString(b))
		return string(b)
	},
}

func eachRune(s string, write func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(write(r))
	}
	return b.String()
}

func eachByte(s, format string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, format, s[i])
	}
	return b.String()
}

// rewritten are the encodings in which a stand-in is written; in others the piece is left out.
var rewritten = []string{"raw", "JSON", "JSON, all escaped", "JSON, slashes escaped", "XML", "XML, decimal",
	"XML, hexadecimal", "CDATA", "half CDATA",
	"query", "path", "URL, all escaped", "URL, partly escaped"}
