package sessions

import "net/http"

// cookie is what a Set-Cookie header hands out.
type cookie struct {
	name, value, path string
	secure, httpOnly  bool
	attributes        string // further ones, as they are written
	line              string // all of it, where it is not written as usual
}

func (c cookie) header() string {
	if c.line != "" {
		return c.line
	}
	line := c.name + "=" + c.value
	if c.path != "" {
		line += "; Path=" + c.path
	}
	if c.secure {
		line += "; Secure"
	}
	if c.httpOnly {
		line += "; HttpOnly"
	}
	return line + c.attributes
}

// cookieLines are all Set-Cookie headers of an answer, in order.
func (s *Server) cookieLines(a *answer, secure bool) []string {
	lines := a.cookiesBefore
	add := func(name, value, attributes string) {
		c := cookie{name: name, value: value, path: BasePath, secure: secure, httpOnly: true, attributes: attributes}
		for _, effect := range s.onCookie {
			effect(&c)
		}
		lines = append(lines, c.header())
	}
	if a.cookie != "" {
		add(s.cookieName, a.cookie, a.attributes)
	}
	if a.cookie != "" && s.proofName != "" {
		add(s.proofName, a.proof, "")
	}
	return append(lines, a.cookiesAfter...)
}

// sessionOf finds the live session that a request names, or says why there is none.
func (s *Server) sessionOf(r *http.Request) (*session, why) {
	named, err := r.Cookie(s.cookieName)
	if err != nil {
		return nil, noSession
	}
	ses := s.live[named.Value]
	for _, effect := range s.onFind {
		if ses == nil && !s.ended[named.Value] {
			ses = effect(s, r, named.Value)
		}
	}
	switch {
	case s.ended[named.Value]:
		return nil, endedSession
	case ses == nil && named.Value == "":
		return nil, noSession
	case ses == nil:
		return nil, inventedSession
	}
	if s.proofName != "" {
		if proof, err := r.Cookie(s.proofName); err != nil || !same(ses.proof, proof.Value) {
			return nil, inventedSession
		}
	}
	for _, effect := range s.onUse {
		effect(s, ses)
	}
	if s.live[ses.id()] == nil {
		return nil, endedSession
	}
	return ses, good
}
