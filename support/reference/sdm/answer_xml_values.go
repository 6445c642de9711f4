package sdm

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// xmlParts are the fields with their contents in XML.
func (s *Server) xmlParts(a answer) []part {
	idleTimeout, userName, sessionID := s.xmlText(a.idleTimeout), s.xmlText(a.userName), s.xmlText(a.sessionID)
	serverInfo, userGroup := s.xmlText(a.serverInfo), s.xmlText(a.userGroup)
	switch {
	case s.with.Has("xml-idle-timeout-word"):
		idleTimeout = "never"
	case s.with.Has("xml-idle-timeout-fraction"):
		idleTimeout = "0.5"
	case s.with.Has("xml-idle-timeout-empty"):
		idleTimeout = ""
	case s.with.Has("xml-idle-timeout-with-unit"):
		idleTimeout = a.idleTimeout + " s"
	case s.with.Has("xml-idle-timeout-padded"):
		idleTimeout = "\n  " + a.idleTimeout + "\n  "
	}
	switch {
	case s.with.Has("xml-user-name-escaped-twice"):
		userName = escaped(escaped(a.userName))
	case s.with.Has("xml-session-id-empty"):
		sessionID = ""
	case s.with.Has("xml-session-id-is-not-cookie"):
		sessionID = s.xmlText(s.newSessionID())
	case s.with.Has("xml-user-group-nested"):
		userGroup = "<name>" + userGroup + "</name>"
	case s.with.Has("xml-server-info-nested"):
		serverInfo = "<version>" + serverInfo + "</version>"
	case s.with.Has("xml-unescaped-ampersand"):
		serverInfo += " & more"
	case s.with.Has("xml-unescaped-less-than"):
		serverInfo += " <9"
	case s.with.Has("xml-undeclared-entity"):
		serverInfo += "&nbsp;"
	case s.with.Has("xml-control-character"):
		serverInfo += "\x01"
	}
	parts := []part{
		{"idleTimeout", idleTimeout}, {"serverInfo", serverInfo}, {"sessionId", sessionID},
		{"userGroup", userGroup}, {"userName", userName}, {"validUntil", s.xmlText(a.validUntil)},
	}
	if a.password != "" {
		parts = append(parts, part{"password", escaped(a.password)})
	}
	return parts
}

// xmlEncodingName is what the declaration says.
func (s *Server) xmlEncodingName() string {
	switch {
	case s.with.Has("xml-utf-16"), s.with.Has("xml-utf-16-big-endian"), s.with.Has("xml-declares-utf-16"):
		return "UTF-16"
	case s.with.Has("xml-latin-1"), s.with.Has("xml-declares-latin-1"):
		return "ISO-8859-1"
	case s.with.Has("xml-in-ascii"), s.with.Has("xml-declares-ascii"):
		return "US-ASCII"
	case s.with.Has("xml-declares-nonsense"):
		return "x-sdm-8"
	case s.with.Has("xml-encoding-in-lower-case"):
		return "utf-8"
	}
	return "UTF-8"
}

// encodedXML writes the document's text in an encoding: UTF-8, or another one that the declaration names, or does not.
func (s *Server) encodedXML(document string) []byte {
	switch {
	case s.with.Has("xml-byte-order-mark"):
		return append([]byte("\ufeff"), document...)
	case s.with.Has("xml-utf-16"):
		return encodedIn(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), document)
	case s.with.Has("xml-utf-16-big-endian"):
		return encodedIn(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), document)
	case s.with.Has("xml-latin-1"), s.with.Has("xml-declares-utf-8-writes-latin-1"):
		return encodedIn(charmap.ISO8859_1, document)
	case s.with.Has("xml-utf-8-cut-in-letter"):
		return bytes.Replace([]byte(document), []byte("</userGroup>"), []byte("\xc3</userGroup>"), 1)
	case s.with.Has("xml-in-ascii"):
		var out strings.Builder
		for _, letter := range document {
			if letter < 0x80 {
				out.WriteRune(letter)
			} else {
				fmt.Fprintf(&out, "&#%d;", letter)
			}
		}
		return []byte(out.String())
	}
	return []byte(document)
}

// encodedIn writes text in the encoding; letters that it lacks become character references.
func encodedIn(e encoding.Encoding, text string) []byte {
	b, err := encoding.HTMLEscapeUnsupported(e.NewEncoder()).Bytes([]byte(text))
	if err != nil {
		panic(err) // cannot be: whatever the encoding lacks is escaped
	}
	return b
}

// utf16Of is the text in UTF-16 units, as JSON's escapes need them.
func utf16Of(text string) []uint16 { return utf16.Encode([]rune(text)) }

// xmlLabel is the Content-Type of the answer in XML.
func (s *Server) xmlLabel(wanted string) string {
	switch {
	case s.with.Has("xml-labelled-json"):
		return "application/json"
	case s.with.Has("xml-labelled-html"):
		return "text/html"
	case s.with.Has("xml-labelled-plain"):
		return "text/plain"
	case s.with.Has("xml-labelled-vendor"):
		return "application/vnd.sdm.session+xml"
	case s.with.Has("xml-unlabelled"):
		return ""
	case s.with.Has("xml-labelled-text-xml"):
		return "text/xml"
	case s.with.Has("xml-with-charset"):
		return wanted + ";charset=UTF-8"
	case s.with.Has("xml-text-with-quoted-charset"):
		return `text/xml; charset="utf-8"`
	case s.with.Has("media-types-in-capitals"):
		return "APPLICATION/XML"
	}
	return wanted
}
