package sessions

import "net/http"

// getStatus answers GET /session: the connection is fine. Whether that needs a session is left open.
func (s *Server) getStatus(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, func() *answer {
		ses, problem := s.sessionOf(r)
		if problem != good && !s.with.Has("status-without-session-204") {
			return refuse(status, problem)
		}
		return &answer{call: status, status: http.StatusNoContent, session: ses}
	})
}

func (s *Server) postLogout(w http.ResponseWriter, r *http.Request) {
	s.answer(w, r, func() *answer {
		ses, problem := s.sessionOf(r)
		if problem != good {
			return refuse(logout, problem)
		}
		s.logOut(ses)
		return &answer{call: logout, status: http.StatusCreated}
	})
}

// logOut ends the session that asked for it, and no other.
func (s *Server) logOut(ses *session) {
	switch {
	case s.with.Has("logout-ends-nothing"), s.with.Has("logout-only-clears-the-cookie"):
	case s.with.Has("logout-ends-the-other-sessions"):
		s.endAllBut(ses.owner, ses)
	case s.with.Has("logout-ends-all-sessions"):
		s.endAll(ses.owner)
	default:
		s.end(ses)
	}
}

func (s *Server) getUser(w http.ResponseWriter, r *http.Request) {
	s.ask(w, r, user, s.info)
}

func (s *Server) getDetails(w http.ResponseWriter, r *http.Request) {
	s.ask(w, r, details, s.details)
}

// ask answers what a user may see of the own session.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, c call, show func(*session) fields) {
	s.answer(w, r, func() *answer {
		ses, problem := s.sessionOf(r)
		switch {
		case s.with.Has("accept-required") && !acceptsJSON(r):
			return refuse(c, notAcceptable)
		case problem != good:
			return refuse(c, problem)
		case ses.oneOfNode && !s.with.Has("node-session-answers-user"):
			return refuse(c, nodeSession)
		}
		ses.asked++
		return &answer{call: c, status: http.StatusOK, fields: show(ses), session: ses}
	})
}

// info is a SessionInfoResponse.
func (s *Server) info(ses *session) fields {
	lastGood := ses.owner.lastGood
	if s.with.Has("last-successful-login-previous") || s.with.Has("last-successful-login-null-at-first") {
		lastGood = ses.previous
	}
	return fields{
		{"lastSuccessfulLogin", lastGood},
		{"lastFailedLogin", ses.owner.lastFailed},
		{"uiTimeZone", ses.owner.Zone},
	}
}

// details is an AppUserDetails.
func (s *Server) details(ses *session) fields {
	return append(fields{{"guid", ses.owner.guid}}, s.info(ses)...)
}
