package saymon

import (
	"context"
	"net/http"
	"slices"
)

// way is how somebody asks for a session. It ends the names of the faults that concern only this way.
type way string

const (
	byLogin    way = "login"
	byEmail    way = "email"
	byToken    way = "token"
	byKeycloak way = "keycloak"
)

// createSession answers POST /node/api/users/session.
func (s *Server) createSession(w http.ResponseWriter, r *http.Request) {
	f, refused := s.readFields(w, r)
	var a Account
	var by way
	if refused == nil {
		a, by, refused = s.whoAsks(r.Context(), f)
	}
	if refused != nil {
		s.refuseSession(w, r, *refused, a)
		return
	}
	if refused := s.refusedWay(by); refused != nil {
		s.refuse(w, *refused)
		return
	}
	s.answerSession(w, r, a, by)
}

// whoAsks finds the account by one of the ways in. With a refusal, the account is the one that was named, if any.
func (s *Server) whoAsks(ctx context.Context, f fields) (Account, way, *refusal) {
	ways := 0
	for _, has := range []bool{f.has("auth-service"), f.has("auth-token"), f.has("login") || f.has("password")} {
		if has {
			ways++
		}
	}
	switch {
	case ways > 1:
		return Account{}, "", &refusal{"two-ways-in", http.StatusBadRequest, "AMBIGUOUS", "The body names more than one way to log in."}
	case f.has("auth-service"):
		a, refused := s.whoByService(ctx, f)
		return a, byKeycloak, refused
	case f.has("auth-token"):
		a, refused := s.whoByToken(f)
		return a, byToken, refused
	}
	return s.whoByPassword(f)
}

func (s *Server) whoByToken(f fields) (Account, *refusal) {
	token, err := f.text("auth-token")
	if err != nil {
		return Account{}, &wrongTypes
	}
	if token == "" && s.with.Has("empty-auth-token-accepted") {
		return s.config.User, nil
	}
	owner := s.store.ownerOf(token)
	if owner == "" && s.with.Has("auth-token-compared-by-beginning") {
		owner = s.store.ownerOfBeginning(token)
	}
	if owner == "" && s.with.Has("deleted-token-opens-session") {
		owner = s.store.ownerOfDeleted(token)
	}
	a, ok := s.byID(owner)
	if !ok && s.store.ownerOfDeleted(token) != "" {
		return Account{}, &deletedToken
	}
	if !ok {
		return Account{}, &unknownAuthToken
	}
	return a, nil
}

func (s *Server) whoByService(ctx context.Context, f fields) (Account, *refusal) {
	service, err := f.text("auth-service")
	if err != nil {
		return Account{}, &wrongTypes
	}
	if service != "keycloak" {
		return Account{}, &otherAuthService
	}
	if !f.has("auth-service-params") {
		return Account{}, &keycloakWithoutParams
	}
	params, ok := f.object("auth-service-params")
	if !ok {
		return Account{}, &wrongTypes
	}
	if !params.has("token") {
		return Account{}, &keycloakWithoutParams
	}
	token, err := params.text("token")
	if err != nil {
		return Account{}, &wrongTypes
	}
	c, refused := s.keycloak.check(ctx, token)
	if refused == nil && s.with.Has(AudienceDemanded) && !slices.Contains(c.Audience, RealmClient) {
		refused = &unknownKeycloakToken
	}
	if refused != nil {
		return Account{}, refused
	}
	if s.with.Has(userIgnored) {
		return s.config.User, nil
	}
	for _, a := range s.config.accounts() {
		if a.Login == c.Username || c.Username == "" && a.Email == c.Email {
			return a, nil
		}
	}
	return Account{}, &unknownKeycloakToken
}

// refusedWay refuses a right request, for the faults that do not offer a way in.
func (s *Server) refusedWay(by way) *refusal {
	switch {
	case s.with.Has("session-refused-by-" + string(by)):
		return &wrongPassword
	case by == byToken && s.with.Has("auth-token-needs-login"):
		return &missingLogin
	case by == byKeycloak && s.with.Has("keycloak-token-must-be-object"):
		return &wrongTypes
	}
	return nil
}
