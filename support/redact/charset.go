package redact

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

var declaration = regexp.MustCompile(`^[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// unicoded gives a body's text as UTF-8, and the way back for a changed text. It knows UTF-16, and the one-byte sets
// that an XML declaration names; any other body is taken as it stands.
func unicoded(body string) (plain string, back func(string) string) {
	var set encoding.Encoding
	switch {
	case strings.HasPrefix(body, "\xFF\xFE"), len(body) > 1 && body[0] != 0 && body[1] == 0:
		set = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case strings.HasPrefix(body, "\xFE\xFF"), len(body) > 1 && body[0] == 0 && body[1] != 0:
		set = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !utf8.ValidString(body):
		set = declared(body)
	}
	if set != nil {
		plain = decodedAs(set, body)
		if again, err := set.NewEncoder().String(plain); err == nil && again == body {
			return plain, func(changed string) string {
				encoded, err := encoding.ReplaceUnsupported(set.NewEncoder()).String(changed)
				if err != nil {
					return changed
				}
				return encoded
			}
		}
	}
	return body, func(changed string) string { return changed }
}

// declared is the one-byte character set that an XML declaration names, or nil.
func declared(body string) encoding.Encoding {
	found := declaration.FindStringSubmatch(body)
	if found == nil {
		return nil
	}
	if set, err := htmlindex.Get(found[1]); err == nil {
		return set
	}
	return nil
}
