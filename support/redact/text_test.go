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
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	. "github.com/onsi/gomega"
	"golang.org/x/text/encoding/charmap"
)

const nasty = `Пароль "1" & <Ünd> \ 東 𝔘x+/%z` // 𝔘 and % go through every escape

func hider(secrets ...string) *Hider {
	h := NewWithKey([]byte("a key for tests"))
	for _, s := range secrets {
		h.Learn("secret", s)
	}
	return h
}

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

func TestASecretIsHiddenInEveryEncoding(t *testing.T) {
	for name, encode := range encoders {
		for _, secret := range []string{nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "abcabcab"} {
			t.Run(name, func(t *testing.T) {
				g := NewWithT(t)
				h := hider(secret)
				for _, around := range []string{"", " ", `{"a": 1} <b>&amp;</b> `} {
					if around != "" && name == "UTF-16" {
						around = inUTF16LE(around)
					}
					was := around + encode(secret) + around
					g.Expect(h.Leaks([]byte(was))).To(ConsistOf("secret"))
					now := h.Text(was)
					g.Expect(h.Leaks([]byte(now))).To(BeEmpty())
					if slices.Contains(rewritten, name) {
						seen := []string{now}
						for _, e := range spellings {
							seen = append(seen, e.decode(now))
						}
						g.Expect(seen).To(ContainElement(ContainSubstring(h.StandIn(secret))), now)
						g.Expect(now).NotTo(ContainSubstring(leftOutMark))
					} else if !strings.Contains(now, h.StandIn(secret)) {
						g.Expect(now).To(MatchRegexp(`\[left out: (\d+ bytes|\d\.\d KiB) holding secret\]`))
					}
					g.Expect(h.Text(now)).To(Equal(now), "what is hidden stays")
				}
			})
		}
	}
}

func TestOneByteCharacterSets(t *testing.T) {
	g := NewWithT(t)
	for secret, table := range map[string]*charmap.Charmap{"Straße, größer": charmap.ISO8859_1,
		"Пароль 1": charmap.Windows1251} {
		was, err := table.NewEncoder().String("<p>" + secret + "</p>")
		g.Expect(err).NotTo(HaveOccurred())
		h := hider(secret)
		g.Expect(h.Text(was)).To(HavePrefix(leftOutMark))
		g.Expect(h.Text("ok " + base64.StdEncoding.EncodeToString([]byte(was)))).To(HavePrefix("ok " + leftOutMark))
	}
}

// A piece is left out where it stands, so that the rest is read and a document stays one.
func TestAPieceIsLeftOut(t *testing.T) {
	g := NewWithT(t)
	h := hider("hunter2-hunter2")
	in64 := base64.StdEncoding.EncodeToString([]byte("qa:hunter2-hunter2"))
	g.Expect(string(h.Body(Answered, []byte(`{"a": "no `+in64+` here", "b": 1}`)))).
		To(Equal(`{"a": "no [left out: 24 bytes holding secret] here", "b": 1}`))
	g.Expect(string(h.Body(Answered, []byte(`<a b="`+in64+`">`+in64+`<c/></a>`)))).
		To(Equal(`<a b="[left out: 24 bytes holding secret]">[left out: 24 bytes holding secret]<c/></a>`))
	digits := hex.EncodeToString([]byte("20202020hunter2-hunter2"))
	g.Expect(string(h.Body(Answered, []byte(`{"a": `+digits+`}`)))).
		To(Equal(`{"a": "[left out: 46 bytes holding secret]"}`))
	g.Expect(string(h.Body(Answered, []byte(`{"`+in64+`": 1}`)))).To(Equal("[left out: 31 bytes holding secret]"), "a key")
}

func TestTheLongestSecretIsHiddenFirst(t *testing.T) {
	g := NewWithT(t)
	h := hider("password-1234", "password-1234-and-more", "and-more-of-it")
	now := h.Text("(password-1234) (password-1234-and-more) (password-1234-and-more-of-it)")
	g.Expect(now).To(HavePrefix("(" + h.StandIn("password-1234") + ") (" + h.StandIn("password-1234-and-more") + ") ("))
	g.Expect(now).NotTo(MatchRegexp("password|and|more|of|it|1234"), "nothing stays where secrets overlap")
	g.Expect(now).To(HaveLen(13 + 22 + 28 + 8))
	g.Expect(h.StandIn("password-1234-and-more")).To(HavePrefix(h.StandIn("password-1234")), "a secret within a secret")
}

func TestWhatIsTooCommonIsNotSearched(t *testing.T) {
	g := NewWithT(t)
	h := NewWithKey(nil)
	h.Keep("administrators", "password-missing")
	h.Learn("short", "seven77")
	h.Learn("word", "administrators")
	h.Learn("part of a word", "password")
	h.Learn("nothing to change", "!?!?!?!?")
	h.Learn("fine", "Administrators")
	h.Learn("eight characters", "пароль12")
	h.Learn("again", "пароль12")
	h.Learn("too long", strings.Repeat("long", 20_000))
	h.Learn("none", "")
	g.Expect(h.TooCommon()).To(Equal([]string{"nothing to change", "part of a word", "short", "too long", "word"}))
	text := "seven77 administrators password !?!?!?!?"
	g.Expect(h.Text(text)).To(Equal(text))
	g.Expect(h.Leaks([]byte(text + " пароль12 Administrators"))).To(Equal([]string{"eight characters", "fine"}))
	g.Expect(h.StandIn("seven77")).NotTo(Equal("seven77"), "at a position it is hidden all the same")
}

func TestOtherBytesSurvive(t *testing.T) {
	g := NewWithT(t)
	h := hider("a5f946dc-4c21", nasty)
	all := make([]byte, 0, 1024)
	for i := range 1024 {
		all = append(all, byte(i*7))
	}
	was := string(all) + "\xff\\u12\\q&nope;%zz%C3+ ==" + string(all)
	g.Expect(h.Text(was)).To(Equal(was))
	g.Expect(h.Text(was + "a5f946dc-4c21" + was)).To(Equal(was + h.StandIn("a5f946dc-4c21") + was))
}

func TestAPercentEncodedSecretIsKnownDecodedToo(t *testing.T) {
	g := NewWithT(t)
	h := hider("s%3Aa5f946dc.4c%2B21/xyz")
	now := h.Text("sid=s%3Aa5f946dc.4c%2B21/xyz s:a5f946dc.4c+21/xyz")
	g.Expect(now).To(Equal("sid=" + h.StandIn("s%3Aa5f946dc.4c%2B21/xyz") + " " + h.StandIn("s:a5f946dc.4c+21/xyz")))
	g.Expect(percent.decode(h.StandIn("s%3Aa5f946dc.4c%2B21/xyz"))).To(Equal(h.StandIn("s:a5f946dc.4c+21/xyz")))
}
