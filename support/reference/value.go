package reference

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Same compares two secrets in a time that tells nothing about where they differ. An empty one opens nothing.
func Same(right, came string) bool {
	a, b := sha256.Sum256([]byte(right)), sha256.Sum256([]byte(came))
	return right != "" && subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// JSON writes a value on one line, without escaping what JSON does not ask to escape. One that is no JSON panics.
func JSON(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic("JSON of an answer: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Latin1 reads the bytes of a text as if each were a character.
func Latin1(text string) string {
	characters := make([]rune, len(text))
	for i := range len(text) {
		characters[i] = rune(text[i])
	}
	return string(characters)
}

// Zipped is a text in gzip.
func Zipped(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.String()
}

// Deflated is a text in deflate, in the frame of zlib.
func Deflated(text string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	io.WriteString(z, text)
	z.Close()
	return b.String()
}

// Random makes so many random bytes.
func Random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: see crypto/rand
	return b
}

// NewUUID makes a random UUID of version 4.
func NewUUID() string {
	b := Random(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return FormUUID(b)
}

// FormUUID writes 16 bytes as a UUID.
func FormUUID(b []byte) string {
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// Cookie is one Set-Cookie. Without a name its value stands alone.
type Cookie struct {
	Name, Value string
	Attributes  []string
}

func (c Cookie) String() string {
	pair := c.Name + "=" + c.Value
	if c.Name == "" {
		pair = c.Value
	}
	return strings.Join(append([]string{pair}, c.Attributes...), "; ")
}

// Sets adds attributes to the cookie, or replaces those of the same name.
func (c *Cookie) Sets(attributes ...string) {
	for _, a := range attributes {
		name, _, _ := strings.Cut(a, "=")
		c.Lacks(name)
		c.Attributes = append(c.Attributes, a)
	}
}

// Lacks leaves an attribute of the cookie out.
func (c *Cookie) Lacks(name string) {
	c.Attributes = slices.DeleteFunc(c.Attributes, func(old string) bool {
		key, _, _ := strings.Cut(old, "=")
		return key == name
	})
}

// NewCookie is a cookie with attributes.
func NewCookie(name, value string, attributes ...string) *Cookie {
	return &Cookie{name, value, attributes}
}

// Missing is the value of a field that is not there.
type Missing struct{}

// Fields are a JSON object. Names are compared as they stand; encoding/json would ignore their case in a struct's.
type Fields map[string]any

func (f Fields) Has(name string) bool { _, has := f[name]; return has }

// Value is a field, Missing where it is not there; Text is one that must be a text, empty where it is not there.
func (f Fields) Value(name string) any {
	if value, has := f[name]; has {
		return value
	}
	return Missing{}
}

func (f Fields) Text(name string) (text string, isText bool) {
	text, isText = f[name].(string)
	return text, isText || !f.Has(name)
}
