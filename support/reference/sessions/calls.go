package sessions

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"unicode/utf8"
)

// getStatus answers GET /session: the connection is fine. Whether that needs a session is left open.
func (s *Server) getStatus(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, status, func() *answer {
		ses, problem := s.sessionOf(r)
		if problem != good {
			return refuse(problem)
		}
		return &answer{status: http.StatusNoContent, session: ses}
	})
}

// postLogout ends the session that asks for it, and no other.
func (s *Server) postLogout(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, logout, func() *answer {
		ses, problem := s.sessionOf(r)
		if problem != good {
			return refuse(problem)
		}
		if s.onLogout != nil {
			s.onLogout(s, ses)
		} else {
			s.end(ses)
		}
		return &answer{status: http.StatusCreated}
	})
}

// ask answers what a user may see of the own session.
func (s *Server) ask(c call) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, c, func() *answer {
			ses, problem := s.sessionOf(r)
			switch {
			case problem != good:
				return refuse(problem)
			case ses.owner == s.node:
				a := refuse(nodeSession)
				a.session = ses
				return a
			}
			return s.show(c, ses)
		})
	}
}

// show is the answer of the calls about the user.
func (s *Server) show(c call, ses *session) *answer {
	ses.asked++
	shown := info(ses)
	if c == details {
		shown = append(fields{{guidField, ses.owner.guid}}, shown...)
	}
	return &answer{status: http.StatusOK, fields: shown, session: ses}
}

// info is a SessionInfoResponse.
func info(ses *session) fields {
	return fields{
		{goodField, latest(ses.owner.good)},
		{failedField, latest(ses.owner.failed)},
		{zoneField, ses.owner.Zone},
	}
}

// The fields that the logins, GET /session/user and its details share, and the one of the details alone.
const (
	goodField   = "lastSuccessfulLogin"
	failedField = "lastFailedLogin"
	zoneField   = "uiTimeZone"
	guidField   = "guid"
)

// longestBody is more than any login needs, in bytes.
const longestBody = 64 << 10

// readBody reads a request's body, or says why it cannot be read.
func readBody(r *http.Request) ([]byte, why) {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, longestBody))
	if err != nil {
		return nil, tooLong
	}
	return raw, good
}

// object reads a body as a JSON object, or says why it is none.
func object(r *http.Request, raw []byte) (map[string]any, why) {
	if len(raw) == 0 {
		return nil, emptyBody
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, otherType
	}
	var value any
	if !utf8.Valid(raw) || json.Unmarshal(raw, &value) != nil {
		return nil, malformed
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, wrongTypes
	}
	return fields, good
}

// text reads one field that must be a text. There says whether it is present and not null.
func text(object map[string]any, name string) (value string, there, isText bool) {
	raw := object[name]
	if raw == nil {
		return "", false, true
	}
	value, isText = raw.(string)
	return value, true, isText
}
