//go:build unit

package suite

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/redact"
)

// What is printed is searched for the secrets of all targets, and only the secret is masked.
func TestPrintedTextsAreMasked(t *testing.T) {
	g := NewWithT(t)
	secrets := redact.New()
	secrets.Learn("user.password", "hunter2-hunter2")
	s, other := &Suite{configured: redact.New()}, &subject{}
	masked := func(text string) string { text, _ = s.masked(other, text); return text }
	g.Expect(masked("got hunter2-hunter2")).To(Equal("got hunter2-hunter2"), "nothing is known")
	s.configured.LearnFrom(secrets, "b: ")
	g.Expect(masked("got hunter2-hunter2, not 404")).To(Equal("got [masked: b: user.password], not 404"))
	g.Expect(masked("got aHVudGVyMi1odW50ZXIy")).To(Equal("got [masked: b: user.password]"),
		"where it is encoded, the word that holds it is")
	g.Expect(masked("got 404")).To(Equal("got 404"))
	minted := redact.New()
	minted.Learn("answer to log in", "a5f946dc-4c21-4ccd")
	g.Expect(masked("got a5f946dc-4c21-4ccd")).To(Equal("got a5f946dc-4c21-4ccd"),
		"another target's: it may be any word to this one")
	other.secrets = minted
	g.Expect(masked("got a5f946dc-4c21-4ccd")).To(Equal("got [masked: answer to log in]"))
}
