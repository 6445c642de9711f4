package sdm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// jsonDocument is the answer in JSON.
func (s *Server) jsonDocument(a answer) []byte {
	object := s.jsonObject(s.arranged(asJSON, s.jsonParts(a)))
	switch {
	case s.with.Has("json-wrapped-in-session"):
		object = `{"session": ` + object + `}`
	case s.with.Has("json-wrapped-in-data"):
		object = `{"status": "ok", "data": ` + object + `}`
	case s.with.Has("json-in-an-array"):
		object = `[` + object + `]`
	case s.with.Has("json-in-a-string"):
		object = quoted(object)
	case s.with.Has("json-cut-off"):
		object = strings.TrimRight(object, "}\n ")
	case s.with.Has("json-trailing-comma"):
		object = strings.TrimRight(object, "}\n ") + ",}"
	case s.with.Has("json-two-values"):
		object += "\n{}"
	case s.with.Has("json-in-single-quotes"):
		object = strings.ReplaceAll(object, `"`, `'`)
	case s.with.Has("json-after-prefix"):
		object = ")]}',\n" + object
	case s.with.Has("json-in-callback"):
		object = "callback(" + object + ")"
	case s.with.Has("json-with-comment"):
		object = "/* session */ " + object
	case s.with.Has("json-white-space-around"):
		object = "\r\n\t " + object + "\n\n"
	case s.with.Has("json-not-utf-8"):
		b, _ := charmap.ISO8859_1.NewEncoder().String(strings.Map(onlyLatin1, object))
		return []byte(b)
	}
	return []byte(object)
}

// onlyLatin1 puts a letter of ISO-8859-1 that is no ASCII in place of any letter beyond it.
func onlyLatin1(letter rune) rune {
	if letter > 0xFF {
		return 'ÿ'
	}
	return letter
}

// jsonParts are the fields with their values in JSON.
func (s *Server) jsonParts(a answer) []part {
	idleTimeout, userGroup := a.idleTimeout, s.jsonText(a.userGroup)
	serverInfo, validUntil, sessionID := s.jsonText(a.serverInfo), s.jsonText(a.validUntil), s.jsonText(a.sessionID)
	switch {
	case s.with.Has("json-idle-timeout-text"):
		idleTimeout = quoted(idleTimeout)
	case s.with.Has("json-idle-timeout-null"):
		idleTimeout = "null"
	case s.with.Has("json-idle-timeout-boolean"):
		idleTimeout = "false"
	case s.with.Has("json-idle-timeout-object"):
		idleTimeout = `{"seconds": ` + idleTimeout + `}`
	case s.with.Has("json-idle-timeout-exponent"):
		idleTimeout = "1.8e3"
	}
	switch {
	case s.with.Has("json-user-group-array"):
		userGroup = "[" + userGroup + "]"
	case s.with.Has("json-user-group-null"):
		userGroup = "null"
	case s.with.Has("json-server-info-number"):
		serverInfo = "82.5"
	case s.with.Has("json-server-info-object"):
		serverInfo = `{"version": ` + serverInfo + `}`
	case s.with.Has("json-valid-until-number"):
		validUntil = fmt.Sprint(s.config.Now().Add(idleLimit).UnixMilli())
	case s.with.Has("json-valid-until-null"):
		validUntil = "null"
	case s.with.Has("json-valid-until-boolean"):
		validUntil = "true"
	case s.with.Has("json-session-id-empty"):
		sessionID = `""`
	case s.with.Has("json-session-id-is-not-cookie"):
		sessionID = quoted(s.newSessionID())
	}
	parts := []part{
		{"idleTimeout", idleTimeout}, {"serverInfo", serverInfo}, {"sessionId", sessionID},
		{"userGroup", userGroup}, {"userName", s.jsonText(a.userName)}, {"validUntil", validUntil},
	}
	if a.password != "" {
		parts = append(parts, part{"password", quoted(a.password)})
	}
	if s.with.Has("more-fields") {
		parts = append(parts, part{"lastLogin", "null"}, part{"roles", `["admin", "audit"]`}, part{"license", `{"owner": "ACME", "seats": 7}`})
	}
	return parts
}

// jsonObject writes the fields as one object.
func (s *Server) jsonObject(parts []part) string {
	open, colon, between, end := "{", ":", ",", "}"
	if s.with.Has("json-indented") {
		open, colon, between, end = "{\n    ", " : ", ",\n    ", "\n}\n"
	}
	var fields []string
	for _, p := range parts {
		fields = append(fields, quoted(p.name)+colon+p.content)
	}
	return open + strings.Join(fields, between) + end
}

// jsonText writes a JSON string, as raw UTF-8 or in ASCII alone.
func (s *Server) jsonText(text string) string {
	if !s.with.Has("json-in-ascii") {
		return quoted(text)
	}
	var out strings.Builder
	out.WriteByte('"')
	for _, unit := range utf16Of(text) {
		fmt.Fprintf(&out, `\u%04x`, unit)
	}
	out.WriteByte('"')
	return out.String()
}

// quoted writes a JSON string without escaping markup.
func quoted(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.Encode(text) // strings cannot fail
	return strings.TrimSuffix(out.String(), "\n")
}

// jsonLabel is the Content-Type of the answer in JSON.
func (s *Server) jsonLabel() string {
	switch {
	case s.with.Has("json-labelled-xml"):
		return "application/xml"
	case s.with.Has("json-labelled-html"):
		return "text/html;charset=utf-8"
	case s.with.Has("json-labelled-plain"):
		return "text/plain"
	case s.with.Has("json-labelled-javascript"):
		return "text/javascript"
	case s.with.Has("json-unlabelled"):
		return ""
	case s.with.Has("json-with-charset"):
		return "application/json;charset=UTF-8"
	case s.with.Has("json-with-quoted-charset"):
		return `application/json; charset="utf-8"`
	case s.with.Has("media-types-in-capitals"):
		return "Application/JSON"
	}
	return "application/json"
}
