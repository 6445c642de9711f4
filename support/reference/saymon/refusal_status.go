package saymon

import "net/http"

// statusOf returns the refusal's status, or the one that a fault or variant gives it.
func (s *Server) statusOf(ref refusal) int {
	credentials := ref == wrongPassword || ref == wrongPasswordByEmail || ref == unknownLogin || ref == tokenWithWrongCredentials
	session := ref == noSession || ref == inventedSession || ref == endedSession
	token := ref == unknownAuthToken || ref == unknownKeycloakToken || ref == unknownAPIToken || ref == deletedToken
	switch {
	case s.with.Has(ref.kind + "-answered-200"):
		return http.StatusOK
	case s.with.Has(ref.kind + "-answered-500"), s.with.Has("refusals-answered-500"):
		return http.StatusInternalServerError
	case s.with.Has("refusals-redirected"):
		return http.StatusFound
	case credentials && s.with.Has("bad-credentials-answered-403"):
		return http.StatusForbidden
	case session && s.with.Has("dead-session-answered-403"):
		return http.StatusForbidden
	case token && s.with.Has("bad-token-answered-404"):
		return http.StatusNotFound
	case ref.code == "MISSING_PARAMETER" && ref != emptyPassword && s.with.Has("missing-parameter-answered-422"):
		return http.StatusUnprocessableEntity
	case ref.kind == "malformed-json" && s.with.Has("malformed-json-answered-422"):
		return http.StatusUnprocessableEntity
	}
	return s.otherStatus(ref.status)
}

// otherStatus applies the variants that answer all refusals alike.
func (s *Server) otherStatus(status int) int {
	switch {
	case s.with.Has("refusals-answered-400"):
		return http.StatusBadRequest
	case s.with.Has("refusals-answered-401"):
		return http.StatusUnauthorized
	case s.with.Has("refusals-answered-403"):
		return http.StatusForbidden
	case s.with.Has("refusals-answered-404"):
		return http.StatusNotFound
	case s.with.Has("refusals-answered-422"):
		return http.StatusUnprocessableEntity
	}
	return status
}
