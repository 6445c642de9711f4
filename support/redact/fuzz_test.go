//go:build unit

package redact

import (
	"bytes"
	stdjson "encoding/json"
	stdxml "encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzHide looks for bodies that make hiding panic, break a well-formed document, or leave a secret.
func FuzzHide(f *testing.F) {
	f.Add([]byte(`{"password": "p\u0061ss", "sid": "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"}`), "secret-12345")
	f.Fuzz(func(t *testing.T, body []byte, secret string) {
		h := hider(secret)
		for name, hidden := range map[string][]byte{
			"Text":   []byte(h.Text(string(body))),
			"Body":   h.Body(Answered, body),
			"Minted": minted(h, body),
		} {
			whole := name != "Text" && !bytes.HasPrefix(hidden, []byte(leftOutMark))
			if whole && stdjson.Valid(body) && !stdjson.Valid(hidden) {
				t.Errorf("%s made broken JSON of %q: %q", name, body, hidden)
			}
			if name == "Body" && whole && isXML(body) && !isXML(hidden) {
				t.Errorf("%s made broken XML of %q: %q", name, body, hidden)
			}
		}
		if isChosen(secret) {
			if text := h.Text(string(body) + "\n" + secret); strings.Contains(text, secret) {
				t.Errorf("the secret %q stays in %q", secret, text)
			}
		}
	})
}

// isChosen says whether a secret is one that somebody may choose: most of its characters change.
func isChosen(secret string) bool {
	_, core, _ := trim(secret)
	return changeable(core) >= 8 && len(secret) < 100 && percent.decode(secret) == secret &&
		strings.IndexByte(secret, '\n') < 0
}

func isXML(body []byte) bool {
	decoder := stdxml.NewDecoder(strings.NewReader(string(body)))
	for elements := 0; ; {
		token, err := decoder.Token()
		if err != nil {
			return elements > 0 && errors.Is(err, io.EOF)
		}
		if _, ok := token.(stdxml.StartElement); ok {
			elements++
		}
	}
}
