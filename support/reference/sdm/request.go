package sdm

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"session-conformance/support/reference"
)

// readJSON takes the credentials from {"userName": "…", "password": "…"}. Both are strings, without exception.
func readJSON(body []byte) (given credentials, why reason) {
	var value any
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(&value); err != nil || !utf8.Valid(body) {
		return credentials{}, bodyMalformed
	}
	if _, err := d.Token(); err != io.EOF { // something follows
		return credentials{}, bodyMalformed
	}
	fields, isObject := value.(map[string]any)
	if !isObject {
		return credentials{}, wrongRoot
	}
	for name, v := range fields {
		text, isText := v.(string)
		switch {
		case name != "userName" && name != "password":
			given.more = true
		case !isText && v != nil:
			why = wrongType
		case !isText: // null is as good as absent
		case name == "userName":
			given.userName = &text
		default:
			given.password = &text
		}
	}
	return given, why
}

// readXML takes the credentials from <session><userName>…</userName><password>…</password></session>, in no namespace.
// A document type is refused: nothing in this call needs one, and entities are its only use to an attacker. Only who is
// told to leaves it and its entities as they are written.
//
// It reads token by token, because encoding/xml's Unmarshal ignores what follows the root.
func readXML(body []byte, entitiesToo bool) (given credentials, why reason) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	d.CharsetReader = charset
	d.Strict = !entitiesToo
	var path []string
	var text *string
	roots := 0
	for {
		token, err := d.Token()
		if err == io.EOF && len(path) == 0 {
			break
		}
		if err != nil {
			return credentials{}, bodyMalformed
		}
		switch token := token.(type) {
		case xml.Directive:
			if !entitiesToo {
				return credentials{}, entities(token)
			}
		case xml.StartElement:
			path = append(path, token.Name.Local)
			name := token.Name.Space + token.Name.Local
			switch {
			case len(path) == 1:
				roots++
				if name != "session" {
					why = wrongRoot
				}
			case text != nil:
				return credentials{}, bodyMalformed // an element where text belongs
			case len(path) == 2 && (name == "userName" || name == "password"):
				if text = given.room(name); text == nil {
					return credentials{}, bodyMalformed // twice: which one counts?
				}
			default:
				given.more = true
			}
		case xml.EndElement:
			path, text = path[:len(path)-1], nil
		case xml.CharData:
			if text != nil {
				*text += string(token)
			} else if len(path) == 0 && strings.TrimSpace(string(token)) != "" {
				return credentials{}, bodyMalformed
			}
		}
	}
	if roots != 1 {
		return credentials{}, bodyMalformed
	}
	return given, why
}

// room makes room for the text of a field, nil where there is one already.
func (c *credentials) room(name string) *string {
	place := &c.userName
	if name == "password" {
		place = &c.password
	}
	if *place != nil {
		return nil
	}
	*place = new(string)
	return *place
}

// charset reads the encodings that the server takes besides UTF-8.
func charset(label string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii":
		return input, nil
	case "iso-8859-1", "latin1":
		b, err := io.ReadAll(input)
		return strings.NewReader(reference.Latin1(string(b))), err
	}
	return nil, fmt.Errorf("unknown encoding %q", label)
}

// searched finds a field's text in a body that may not be well-formed, in either form; nil where there is none.
func searched(body []byte, name string) *string {
	if m := regexp.MustCompile(`"` + name + `"\s*:\s*("(?:[^"\\]|\\.)*")`).FindSubmatch(body); m != nil {
		var text string
		if json.Unmarshal(m[1], &text) == nil {
			return &text
		}
	}
	if m := regexp.MustCompile(`<` + name + `\s*>([^<]*)`).FindSubmatch(body); m != nil {
		text := html.UnescapeString(string(m[1]))
		return &text
	}
	return nil
}

// expansionLimit keeps the faults that expand entities from filling the memory of the machine they run on, in bytes.
const expansionLimit = 1 << 20

// passwd stands for every file that a document asks for. The faults read no file: a broken server is run on people's
// own machines.
const passwd = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"

var (
	externalDeclaration = regexp.MustCompile(`<!ENTITY\s+%?\s*([\w.-]+)\s+(?:SYSTEM|PUBLIC)\b`)
	internalDeclaration = regexp.MustCompile(`<!ENTITY\s+%?\s*([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')`)
	endOfDeclarations   = regexp.MustCompile(`\]\s*>`)
	entityReference     = regexp.MustCompile(`&([\w.-]+);`)
)

// entities says what the document type is after.
func entities(directive []byte) reason {
	text := "<!" + string(directive)
	switch {
	case externalDeclaration.MatchString(text), strings.Contains(text, "SYSTEM"):
		return externalEntity
	case internalDeclaration.MatchString(text):
		return entityBomb
	}
	return bodyMalformed
}

// expands shows in a refusal the text of the document with its entities expanded.
func expands(kind reason) effect {
	return at(refusing, func(t *turn) {
		values := map[string]string{}
		for _, m := range internalDeclaration.FindAllStringSubmatch(string(t.body), -1) {
			values[m[1]] = m[2] + m[3]
		}
		for _, m := range externalDeclaration.FindAllStringSubmatch(string(t.body), -1) {
			values[m[1]] = passwd
		}
		var out strings.Builder
		if end := endOfDeclarations.FindIndex(t.body); end != nil {
			expand(&out, string(t.body[end[1]:]), values, 0)
		}
		t.detail = out.String()
	}, because(kind))
}

// expand writes the text with its references expanded, at most 30 deep and as far as expansionLimit.
func expand(out *strings.Builder, text string, values map[string]string, depth int) {
	for text != "" && out.Len() < expansionLimit {
		at := entityReference.FindStringSubmatchIndex(text)
		if at == nil || depth > 30 {
			out.WriteString(text)
			return
		}
		out.WriteString(text[:at[0]])
		expand(out, values[text[at[2]:at[3]]], values, depth+1)
		text = text[at[1]:]
	}
}
