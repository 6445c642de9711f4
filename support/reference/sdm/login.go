package sdm

import (
	"io"
	"net/http"
)

// bodyLimit is the longest body that the server reads, in bytes.
const bodyLimit = 64 << 10

// login opens a session: 200 with the session's fields and its cookie, or a refusal.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
	sent := s.sentForm(r)
	wanted := s.wantedType(r, sent)
	refuse := func(why reason, given credentials, detail string) {
		s.refuse(w, r, refusal{reason: why, sent: sent, given: given, detail: detail})
	}
	switch {
	case err != nil:
		refuse(bodyMalformed, credentials{}, "")
		return
	case len(body) == 0:
		refuse(bodyEmpty, credentials{}, "")
		return
	case sent == "" || sent == asXML && s.with.Has("xml-login-415") || sent == asJSON && s.with.Has("json-login-415"):
		refuse(mediaTypeUnknown, credentials{}, "")
		return
	case wanted == "", formOf(wanted) != sent && s.with.Has("mixed-media-types-refused"):
		refuse(notAcceptable, credentials{}, "")
		return
	}
	given, why, detail := s.read(sent, body)
	if why != fine {
		refuse(why, given, detail)
		return
	}
	account, why := s.authenticate(sent, given)
	if why == fine && s.refusesAll(sent) {
		why = wrongPassword
	}
	if why != fine {
		refuse(why, given, "")
		return
	}
	opened := s.open(account, sent)
	s.rememberAddress(r)
	s.setCookies(w, r, opened)
	s.rememberPassword(w, given)
	s.welcome(w, r, sent, wanted, opened, given)
}

// refusesAll says whether no login in that form succeeds.
func (s *Server) refusesAll(sent form) bool {
	return sent == asXML && s.with.Has("xml-login-refused") || sent == asJSON && s.with.Has("json-login-refused")
}

// read takes the credentials from a body, or says why there are none. detail is for the refusal's message.
func (s *Server) read(sent form, body []byte) (given credentials, why reason, detail string) {
	if sent == asXML {
		return s.readXML(body)
	}
	given, why = s.readJSON(body)
	return given, why, ""
}

// welcome writes the answer to a login that succeeded.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request, sent form, wanted string, opened *session, given credentials) {
	status := http.StatusOK
	switch {
	case s.with.Has("login-201"):
		status = http.StatusCreated
	case s.with.Has("login-202"):
		status = http.StatusAccepted
	case s.with.Has("xml-login-201") && sent == asXML:
		status = http.StatusCreated
	case s.with.Has("json-login-201") && sent == asJSON:
		status = http.StatusCreated
	case s.with.Has("login-203"):
		status = http.StatusNonAuthoritativeInfo
	case s.with.Has("xml-login-500") && sent == asXML:
		status = http.StatusInternalServerError
	case s.with.Has("json-login-500") && sent == asJSON:
		status = http.StatusInternalServerError
	case s.with.Has("xml-login-redirects") && sent == asXML, s.with.Has("json-login-redirects") && sent == asJSON:
		http.Redirect(w, r, "/rest/v1.3/admin/serverInfo", http.StatusFound)
		return
	}
	a := s.answer(opened)
	if s.with.Has("password-in-answer") && given.password != nil {
		a.password = *given.password
	}
	body, label := []byte(nil), ""
	if formOf(wanted) == asXML {
		body, label = s.encodedXML(s.xmlDocument(a)), s.xmlLabel(wanted)
	} else {
		body, label = s.jsonDocument(a), s.jsonLabel()
	}
	if s.with.Has("mixed-answer-labelled-as-sent") && formOf(wanted) != sent {
		label = "application/" + string(sent)
	}
	setLabel(w, label)
	w.WriteHeader(status)
	w.Write(body)
}

// setLabel sets the Content-Type; an empty one leaves it out, which net/http would otherwise guess.
func setLabel(w http.ResponseWriter, label string) {
	if label == "" {
		w.Header()["Content-Type"] = nil
		return
	}
	w.Header().Set("Content-Type", label)
}
