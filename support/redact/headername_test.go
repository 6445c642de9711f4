//go:build unit

package redact

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
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
	for _, name := range []string{id, "x-" + id, "X-" + strings.ToUpper(id), "x-" +
		hex.EncodeToString([]byte("Secret Value 99"))} {
		name = textproto.CanonicalMIMEHeaderKey(name)
		hidden := h.Name(name)
		g.Expect(hidden).NotTo(Equal(name))
		g.Expect(hidden).To(HaveLen(len(name)))
		g.Expect(strings.ToLower(hidden)).NotTo(ContainSubstring(strings.ToLower(name)))
	}
	h.Learn("late", "application-9")
	g.Expect(h.Name("Application-9")).NotTo(Equal("Application-9"), "what is learnt later counts too")
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
	inCompressed(bombs, func(plain string) { seen += len(plain) })
	g.Expect(seen).To(Equal(unpacked))
}
