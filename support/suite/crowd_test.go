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
	t.Cleanup(func() { running = nil })
	secrets := redact.New()
	secrets.Learn("user.password", "hunter2-hunter2")
	running = &Suite{configured: redact.New()}
	g.Expect(guard("got hunter2-hunter2")).To(Equal("got hunter2-hunter2"), "nothing is known")
	running.configured.LearnFrom(secrets, "b: ")
	g.Expect(guard("got hunter2-hunter2, not 404")).To(Equal("got [masked: b: user.password], not 404"))
	g.Expect(guard("got aHVudGVyMi1odW50ZXIy")).To(Equal("[masked: b: user.password]"), "where it is encoded, all of the text is")
	g.Expect(guard("got 404")).To(Equal("got 404"))
	minted := redact.New()
	minted.Learn("answer to log in", "a5f946dc-4c21-4ccd")
	g.Expect(guard("got a5f946dc-4c21-4ccd")).To(Equal("got a5f946dc-4c21-4ccd"), "another target's: it may be any word to this one")
	running.now = &Evidence{secrets: minted}
	g.Expect(guard("got a5f946dc-4c21-4ccd")).To(Equal("got [masked: answer to log in]"))
}
