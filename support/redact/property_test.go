//go:build unit

package redact

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"
)

// written is a text, each character in a style that is drawn: as it stands where it may, or as one of the units.
func written(t *rapid.T, s string, e *spelling, units ...func(rune) string) string {
	var b strings.Builder
	for _, r := range s {
		style := rapid.IntRange(0, len(units)).Draw(t, "style")
		must := strings.ContainsRune(`"\&<>%+ `, r) || r < ' '
		if plain := e.plain(string(r)); style == len(units) && must {
			b.WriteString(plain)
		} else if style == len(units) {
			b.WriteRune(r)
		} else {
			b.WriteString(units[style](r))
		}
	}
	return b.String()
}

func TestAnyStyleOfAnEncodingIsHidden(t *testing.T) {
	units := func(format string) func(rune) string {
		return func(r rune) string {
			var b strings.Builder
			for _, code := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, format, code)
			}
			return b.String()
		}
	}
	number := func(format string) func(rune) string { return func(r rune) string { return fmt.Sprintf(format, r) } }
	octets := func(format string) func(rune) string {
		return func(r rune) string { return eachByte(string(r), format) }
	}
	kinds := map[string]struct {
		*spelling
		units []func(rune) string
	}{
		"JSON":    {json, []func(rune) string{units(`\u%04x`), units(`\u%04X`)}},
		"XML":     {xml, []func(rune) string{number("&#x%x;"), number("&#%08d;")}},
		"percent": {percent, []func(rune) string{octets("%%%02x"), octets("%%%02X")}},
		"form":    {plus, []func(rune) string{octets("%%%02x"), octets("%%%02X")}},
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				g := NewWithT(t)
				secret := secrets().Draw(t, "secret")
				h := hider(secret)
				around := rapid.SampledFrom([]string{"", " ", "(", "a: "}).Draw(t, "around")
				was := around + written(t, secret, kind.spelling, kind.units...) + around
				now := h.Text(was)
				g.Expect(kind.decode(now)).To(Equal(strings.ReplaceAll(kind.decode(was), secret, h.StandIn(secret))))
			})
		})
	}
}

func TestHiddenTextLeaksNothingAndStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		h := New()
		several := rapid.SliceOfN(secrets(), 1, 6).Draw(t, "secrets")
		for _, s := range several {
			h.Learn("secret", s)
		}
		names := slices.Sorted(maps.Keys(encoders))
		var b strings.Builder
		for range rapid.IntRange(1, 6).Draw(t, "parts") {
			name := rapid.SampledFrom(names).Draw(t, "encoding")
			b.WriteString(rapid.SampledFrom([]string{" ", "x", "&", `\`, "%2", "=", "<![CDATA["}).Draw(t, "between"))
			b.WriteString(encoders[name](rapid.SampledFrom(several).Draw(t, "secret")))
		}
		now := h.Text(b.String())
		g.Expect(h.Leaks([]byte(now))).To(BeEmpty())
		g.Expect(h.Text(now)).To(Equal(now))
	})
}

func TestWithoutASecretNothingChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := hider("a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", nasty)
		was := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		NewWithT(t).Expect(h.Text(was)).To(Equal(was))
		NewWithT(t).Expect(string(h.Body(Sent, []byte(was)))).To(Equal(was))
	})
}
