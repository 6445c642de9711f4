package sdm

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
)

// readXML takes the credentials from <session><userName>…</userName><password>…</password></session>, in no namespace.
// A document type is refused: nothing in this call needs one, and entities are its only use to an attacker.
func (s *Server) readXML(body []byte) (given credentials, why reason, detail string) {
	if s.with.Has("xml-read-as-latin-1") {
		body = latin1(body)
	}
	given, why = s.parseXML(body)
	switch {
	case why == fine:
		return s.mistreat(given, body), fine, ""
	case why == externalEntity || why == entityBomb:
		return credentials{}, why, s.expanded(body, why)
	case why == bodyMalformed && s.with.Has("xml-malformed-accepted"):
		given = credentials{userName: between(body, "userName"), password: between(body, "password")}
		return given, foundOrWrong(given), ""
	}
	return credentials{}, why, ""
}

// parseXML reads token by token, because encoding/xml's Unmarshal ignores what follows the root.
func (s *Server) parseXML(body []byte) (given credentials, why reason) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	d.CharsetReader = charset
	texts := map[string]*strings.Builder{}
	var path []string
	roots, wrong := 0, fine
	for {
		token, err := d.Token()
		if err == io.EOF && len(path) == 0 {
			break
		}
		if err != nil {
			return credentials{}, bodyMalformed
		}
		switch t := token.(type) {
		case xml.Directive:
			if !s.with.Has("entities-left-alone") {
				return credentials{}, entities(t)
			}
			d.Strict = false // from here on &name; stays as it is written
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if len(path) == 1 {
				roots++
			}
			if w := s.place(path, t, texts); w != fine && wrong == fine {
				wrong = w
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			text, inField := texts[strings.Join(path, "/")]
			if inField {
				text.Write(t)
			}
			if len(path) == 0 && strings.TrimSpace(string(t)) != "" {
				return credentials{}, bodyMalformed
			}
		}
	}
	if roots != 1 {
		return credentials{}, bodyMalformed
	}
	return credentials{userName: textOf(texts, "userName"), password: textOf(texts, "password")}, wrong
}

// place checks one element where it stands, and makes room for its text.
func (s *Server) place(path []string, t xml.StartElement, texts map[string]*strings.Builder) reason {
	switch {
	case len(path) == 1:
		if t.Name.Space+t.Name.Local != "session" && !s.with.Has("xml-wrong-root-accepted") {
			return wrongRoot
		}
	case len(path) == 2 && t.Name.Space == "" && (t.Name.Local == "userName" || t.Name.Local == "password"):
		key := strings.Join(path, "/")
		if texts[key] != nil {
			return bodyMalformed // twice: which one counts?
		}
		texts[key] = &strings.Builder{}
	case len(path) == 3 && texts[strings.Join(path[:2], "/")] != nil:
		return bodyMalformed // an element where text belongs
	case s.with.Has("unknown-fields-refused"):
		return bodyMalformed
	}
	return fine
}

// textOf is the text of a field below whatever root there was, nil where the field was absent.
func textOf(texts map[string]*strings.Builder, field string) *string {
	for key, text := range texts {
		if strings.HasSuffix(key, "/"+field) {
			found := text.String()
			return &found
		}
	}
	return nil
}

// charset reads the encodings that the server takes besides UTF-8.
func charset(label string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii":
		return input, nil
	case "iso-8859-1", "latin1":
		b, err := io.ReadAll(input)
		return bytes.NewReader(latin1(b)), err
	}
	return nil, fmt.Errorf("unknown encoding %q", label)
}

// mistreat changes the credentials of a good body as a careless reader does.
func (s *Server) mistreat(given credentials, body []byte) credentials {
	if given.password == nil {
		return given
	}
	if s.with.Has("xml-spaces-collapsed") {
		collapsed := strings.Join(strings.Fields(*given.password), " ")
		given.password = &collapsed
	}
	if s.with.Has("xml-escapes-not-decoded") {
		_, after, _ := strings.Cut(string(body), "<password>")
		asWritten, _, _ := strings.Cut(after, "</password>")
		given.password = &asWritten
	}
	return given
}

// between finds the text after an element's start tag, well-formed or not.
func between(body []byte, name string) *string {
	m := regexp.MustCompile(`<` + name + `\s*>([^<]*)`).FindSubmatch(body)
	if m == nil {
		return nil
	}
	text := html.UnescapeString(string(m[1]))
	return &text
}
