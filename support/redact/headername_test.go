//go:build unit

package redact

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/hex"
	"io"
	"net/textproto"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestNameHidesASecretInAnyCase(t *testing.T) {
	g := NewWithT(t)
	const id = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
	h := hider(id, "Secret Value 99")
	for _, name := range []string{"Set-Cookie", "X-Request-Id", "", "X-A5f946dc"} {
		g.Expect(h.Name(name)).To(Equal(name))
	}
	for _, name := range []string{id, "x-" + id, "X-" + strings.ToUpper(id), "x-" + hex.EncodeToString([]byte("Secret Value 99"))} {
		name = textproto.CanonicalMIMEHeaderKey(name)
		hidden := h.Name(name)
		g.Expect(hidden).NotTo(Equal(name))
		g.Expect(hidden).To(HaveLen(len(name)))
		g.Expect(strings.ToLower(hidden)).NotTo(ContainSubstring(strings.ToLower(name)))
	}
	h.Learn("late", "application-9")
	g.Expect(h.Name("Application-9")).NotTo(Equal("Application-9"), "what is learnt later counts too")
}

func TestCompressedTextIsHidden(t *testing.T) {
	secret := "hunter2-hunter2 & hunter3"
	packs := map[string]func(io.Writer) io.WriteCloser{
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		"zlib": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	}
	for name, pack := range packs {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			h := hider(secret)
			packed := func(text string) string {
				var b bytes.Buffer
				w := pack(&b)
				_, _ = io.WriteString(w, text)
				_ = w.Close()
				return b.String()
			}
			innocent := "before" + packed("nothing here, nothing here") + "after"
			g.Expect(h.Text(innocent)).To(Equal(innocent))
			was := "before" + packed("the secret is "+secret) + "between" + packed(`{"a": "hunter2-hunter2 \u0026 hunter3"}`) + "after"
			g.Expect(h.Leaks([]byte(was))).To(Equal([]string{"secret"}))
			now := h.Text(was)
			g.Expect(h.Leaks([]byte(now))).To(BeEmpty())
			g.Expect(now).To(And(HavePrefix("before"), ContainSubstring("between"), HaveSuffix("after")))
			_, rest, _ := strings.Cut(now, "before")
			g.Expect(inCompressed(rest, nil, func(plain string) string { return plain })).To(Equal(rest))
			var plain []string
			inCompressed(now, nil, func(s string) string { plain = append(plain, s); return s })
			g.Expect(plain[0]).To(Equal("the secret is " + h.StandIn(secret)))
		})
	}
}

// What unpacks to gigabytes is looked through in part.
func TestABombIsLookedThroughInPart(t *testing.T) {
	g := NewWithT(t)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(make([]byte, 3*unpacked))
	_ = w.Close()
	bombs := strings.Repeat(b.String(), 20)
	seen := 0
	g.Expect(inCompressed(bombs, nil, func(s string) string { seen += len(s); return s })).To(Equal(bombs))
	g.Expect(seen).To(Equal(unpacked))
}
