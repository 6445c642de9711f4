package sessions

import (
	"net/http"

	"session-conformance/support/reference"
)

// getStatus answers GET /session: the connection is fine. Whether that needs a session is left open.
func (t *turn) getStatus() {
	if t.find() {
		t.Status = http.StatusNoContent
	}
}

// postLogout ends the session that asks for it, and no other.
func (t *turn) postLogout() {
	if t.find() {
		t.onLogout(t.Server, t.session)
		t.Status = http.StatusCreated
	}
}

// ask answers what a user may see of the own session.
func (t *turn) ask() {
	switch {
	case !t.find():
	case t.session.owner == t.node:
		t.why = nodeSession
	default:
		t.show()
	}
}

// show answers the calls about the user.
func (t *turn) show() {
	t.session.asked++
	t.Status, t.fields = http.StatusOK, info(t.session)
	if t.call == details {
		t.fields = append(fields{{guidField, t.session.owner.guid}}, t.fields...)
	}
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

// find looks for the live session that a call names, or says why there is none.
func (t *turn) find() bool {
	t.session, t.why = t.sessionOf(t.request)
	return t.why == good
}

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
		if proof, err := r.Cookie(s.proofName); err != nil || !reference.Same(ses.proof, proof.Value) {
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
