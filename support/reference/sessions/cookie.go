package sessions

import "net/http"

const (
	cookieName = "JSESSIONID"
	proofName  = "SESSIONPROOF"
)

func (s *Server) cookieName() string {
	if s.with.Has("cookie-renamed") {
		return "vprotect.session"
	}
	return cookieName
}

// cookieLine is the Set-Cookie header that hands out a session ID.
func (s *Server) cookieLine(name, value string, secure bool) string {
	if s.with.Has("cookie-quoted") {
		value = `"` + value + `"`
	}
	if s.with.Has("cookie-attributes-otherwise") {
		return name + "=" + value + ";samesite=lax;HTTPONLY;expires=Fri, 31 Dec 2100 23:59:59 GMT" +
			map[bool]string{true: ";SECURE"}[secure] + "; max-age=86400 ;path=" + BasePath + "/;priority=High"
	}
	line := name + "=" + value + "; Path=" + BasePath
	if s.with.Has("cookie-path-root") {
		line = name + "=" + value + "; Path=/"
	}
	if secure && !s.with.Has("cookie-not-secure") {
		line += "; Secure"
	}
	if !s.with.Has("cookie-not-http-only") {
		line += "; HttpOnly"
	}
	return line
}

// cookieLines are all Set-Cookie headers of an answer, in order.
func (s *Server) cookieLines(a *answer, secure bool) []string {
	var lines []string
	if a.cookie != "" {
		lines = append(lines, s.cookieLine(s.cookieName(), a.cookie, secure)+a.attributes)
	}
	if a.cookie != "" && s.with.Has("two-cookies-needed") {
		lines = append(lines, s.cookieLine(proofName, a.proof, secure))
	}
	return append(append(a.cookiesBefore, lines...), a.cookiesAfter...)
}

// sessionOf finds the live session that a request names, or says why there is none.
func (s *Server) sessionOf(r *http.Request) (*session, why) {
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" {
		return nil, noSession
	}
	if s.sessions.ended[cookie.Value] {
		return nil, endedSession
	}
	ses := s.sessions.live[cookie.Value]
	if ses == nil && s.with.Has("session-compared-by-beginning") {
		ses = s.liveBeginning(cookie.Value)
	}
	if ses == nil {
		return nil, inventedSession
	}
	if s.with.Has("two-cookies-needed") {
		proof, err := r.Cookie(proofName)
		if err != nil || !same(ses.proof, proof.Value) {
			return nil, inventedSession
		}
	}
	return ses, good
}
