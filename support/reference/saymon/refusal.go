package saymon

import "net/http"

// refusal is why a request is not granted. Its kind begins the names of the faults that concern only this refusal.
type refusal struct {
	kind    string
	status  int
	code    string
	message string
}

// badCredentials is what both a wrong password and an unknown login say, so that they cannot be told apart.
const badCredentials = "The login or the password is wrong."

var (
	wrongPassword           = refusal{"wrong-password", http.StatusUnauthorized, "BAD_CREDENTIALS", badCredentials}
	wrongPasswordByEmail    = refusal{"wrong-password-by-email", http.StatusUnauthorized, "BAD_CREDENTIALS", badCredentials}
	unknownLogin            = refusal{"unknown-login", http.StatusUnauthorized, "BAD_CREDENTIALS", badCredentials}
	missingLogin            = refusal{"missing-login", http.StatusBadRequest, "MISSING_PARAMETER", "The login is missing."}
	missingPassword         = refusal{"missing-password", http.StatusBadRequest, "MISSING_PARAMETER", "The password is missing."}
	emptyPassword           = refusal{"empty-password", http.StatusBadRequest, "MISSING_PARAMETER", "The password is empty."}
	unknownAuthToken        = refusal{"unknown-auth-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is not known."}
	unknownKeycloakToken    = refusal{"unknown-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is not known."}
	emptyKeycloakToken      = refusal{"empty-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is empty."}
	longKeycloakToken       = refusal{"long-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is too long."}
	forgedKeycloakToken     = refusal{"forged-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token's signature is wrong."}
	unsignedKeycloakToken   = refusal{"unsigned-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is not signed."}
	expiredKeycloakToken    = refusal{"expired-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token has expired."}
	otherRealmKeycloakToken = refusal{"other-realm-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is of another realm."}
	idKeycloakToken         = refusal{"id-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is no access token."}
	refreshKeycloakToken    = refusal{"refresh-keycloak-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is no access token."}
	keycloakWithoutParams   = refusal{"keycloak-without-params", http.StatusBadRequest, "MISSING_PARAMETER", "The token of auth-service-params is missing."}
	otherAuthService        = refusal{"other-auth-service", http.StatusBadRequest, "UNKNOWN_SERVICE", "The only auth-service is keycloak."}
	wrongTypes              = refusal{"wrong-types", http.StatusBadRequest, "WRONG_TYPE", "A parameter has the wrong type."}

	noSession       = refusal{"no-session", http.StatusUnauthorized, "NOT_AUTHENTICATED", "Log in first."}
	inventedSession = refusal{"invented-session", http.StatusUnauthorized, "NOT_AUTHENTICATED", "Log in first."}
	endedSession    = refusal{"ended-session", http.StatusUnauthorized, "NOT_AUTHENTICATED", "Log in first."}
	unknownAPIToken = refusal{"unknown-api-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is not known."}
	deletedToken    = refusal{"deleted-token", http.StatusUnauthorized, "BAD_TOKEN", "The token is not known."}
	badBasic        = refusal{"bad-basic", http.StatusUnauthorized, "BAD_CREDENTIALS", badCredentials}

	tokenWithoutCredentials   = refusal{"token-without-credentials", http.StatusUnauthorized, "NOT_AUTHENTICATED", "Basic credentials are missing."}
	tokenWithWrongCredentials = refusal{"token-with-wrong-credentials", http.StatusUnauthorized, "BAD_CREDENTIALS", badCredentials}
	tokenNotPermitted         = refusal{"token-not-permitted", http.StatusForbidden, "FORBIDDEN", "The permission manage-users is missing."}
	tokenForUnknownUser       = refusal{"token-for-unknown-user", http.StatusNotFound, "NOT_FOUND", "There is no such user."}
	noTokenToDelete           = refusal{"no-token", http.StatusNotFound, "NOT_FOUND", "The user has no token."}
)

// accepts says whether a fault grants what the refusal should deny.
func (s *Server) accepts(ref refusal) bool { return s.with.Has(ref.kind + "-accepted") }

// refuse answers with the refusal.
func (s *Server) refuse(w http.ResponseWriter, ref refusal) {
	if s.with.Has("refusals-set-dead-cookie") {
		w.Header().Add("Set-Cookie", "sid="+newUUID()+"; Path=/; HttpOnly")
	}
	if s.with.Has("refusals-clear-cookie") {
		w.Header().Add("Set-Cookie", "sid=; Path=/; Max-Age=0")
	}
	status := s.statusOf(ref)
	if s.with.Has("refusals-redirected") {
		w.Header().Set("Location", "/login")
	}
	s.writeError(w, status, s.worded(ref))
}

// refuseSession refuses a session. The account is the one that was named, if any.
func (s *Server) refuseSession(w http.ResponseWriter, r *http.Request, ref refusal, a Account) {
	if a.ID == "" {
		a = s.config.User // whom a fault lets in where nobody was named
	}
	if ref == longKeycloakToken && s.refuseLong(w) {
		return
	}
	switch {
	case s.accepts(ref):
		s.answerSession(w, r, a, byLogin)
	case s.with.Has(ref.kind + "-leaves-live-cookie"):
		w.Header().Add("Set-Cookie", "sid="+s.openSession(a, byLogin)+"; Path=/; HttpOnly")
		s.refuse(w, ref)
	case s.with.Has(ref.kind + "-leaves-live-id"):
		writeJSON(w, ref.status, s.openSession(a, byLogin))
	default:
		s.refuse(w, ref)
	}
}

// refuseLong answers a request that is too long as the variants do, which is not always what the server itself would say; false
// without one of them.
func (s *Server) refuseLong(w http.ResponseWriter) bool {
	switch {
	case s.with.Has("long-token-answered-413"):
		write(w, http.StatusRequestEntityTooLarge, "text/html", "<html><h1>413 Request Entity Too Large</h1></html>")
	case s.with.Has("long-token-answered-431"):
		w.WriteHeader(http.StatusRequestHeaderFieldsTooLarge)
	case s.with.Has("long-token-not-answered"):
		panic(http.ErrAbortHandler) // net/http ends the connection, and says nothing of it
	default:
		return false
	}
	return true
}

// worded changes what a refusal says, for the faults that reveal which logins exist.
func (s *Server) worded(ref refusal) refusal {
	switch {
	case ref == unknownLogin && s.with.Has("unknown-login-named-in-message"):
		ref.message = "There is no such user."
	case ref == unknownLogin && s.with.Has("unknown-login-has-code-of-its-own"):
		ref.code = "UNKNOWN_USER"
	case ref == wrongPassword && s.with.Has("wrong-password-counts-attempts"):
		ref.message += " You have 4 attempts left."
	}
	return ref
}
