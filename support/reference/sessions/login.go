package sessions

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

func (s *Server) postLogin(w http.ResponseWriter, r *http.Request) {
	s.logIn(w, r, login, s.byPassword)
}

func (s *Server) postLoginWithToken(w http.ResponseWriter, r *http.Request) {
	s.logIn(w, r, token, s.byToken)
}

func (s *Server) postNodeLogin(w http.ResponseWriter, r *http.Request) {
	s.logIn(w, r, node, s.asNode)
}

// logIn reads the credentials, lets check decide whose they are, and opens a session.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request, c call, check func(map[string]any) (*account, why)) {
	object, problem := s.readObject(r)
	s.answer(w, r, func() *answer {
		if problem != good {
			return refuse(c, problem)
		}
		owner, problem := check(object)
		if problem != good {
			return refuse(c, problem)
		}
		return s.welcome(c, owner)
	})
}

// welcome opens a session and answers with what the login shows of it.
func (s *Server) welcome(c call, owner *account) *answer {
	ses := s.open(owner)
	a := &answer{call: c, status: http.StatusCreated, fields: s.info(ses), session: ses}
	a.handOut(ses)
	return a
}

// byPassword finds the user that a LoginRequest names.
func (s *Server) byPassword(request map[string]any) (*account, why) {
	if s.with.Has("unknown-fields-refused") && hasOthers(request, "login", "password") {
		return nil, unknownField
	}
	name, hasName, ok := text(request, "login")
	password, hasPassword, ok2 := text(request, "password")
	switch {
	case !ok || !ok2:
		return nil, wrongTypes
	case !hasName && !hasPassword:
		return nil, noCredentials
	case !hasName:
		return nil, missingLogin
	}
	owner := s.accountOf(name)
	if owner == nil && s.with.Has("login-ignored") && s.passwordIs(s.user.Password, password) {
		return s.user, good
	}
	if _, named := request["password"]; owner != nil && named && !hasPassword && s.with.Has("null-password-accepted") {
		return owner, good
	}
	switch {
	case !hasPassword:
		return nil, missingPassword
	case owner == nil:
		return nil, unknownLogin
	case password == "":
		return nil, emptyPassword
	case s.locked(owner):
		return nil, lockedAccount
	case !s.passwordIs(owner.Password, password):
		s.failed(owner)
		return nil, wrongPassword
	}
	return owner, good
}

// byToken finds the user that a LoginWithTokenRequest names.
func (s *Server) byToken(request map[string]any) (*account, why) {
	if s.with.Has("unknown-fields-refused") && hasOthers(request, "token") {
		return nil, unknownField
	}
	value, there, ok := text(request, "token")
	switch {
	case !ok:
		return nil, wrongTypes
	case !there:
		return nil, missingToken
	case value == "":
		return nil, emptyToken
	case s.with.Has("token-compared-by-beginning") && strings.HasPrefix(value, beginning(s.config.Token)):
		return s.user, good
	case !same(s.config.Token, value):
		return nil, unknownToken
	}
	return s.user, good
}

// beginning is the first eight characters of a secret.
func beginning(secret string) string {
	runes := []rune(secret)
	return string(runes[:min(8, len(runes))])
}

// asNode compares a NodeLoginRequest with the node's, field by field.
func (s *Server) asNode(request map[string]any) (*account, why) {
	if len(request) == 0 {
		return nil, emptyNode
	}
	if s.with.Has("unknown-fields-refused") && hasOthers(request, slices.Collect(maps.Keys(s.config.Node))...) {
		return nil, unknownField
	}
	known := len(s.config.Node) > 0
	for name, right := range s.config.Node {
		came, there := request[name]
		if !there {
			return nil, unknownNode
		}
		if name == "password" && s.with.Has("node-password-unchecked") {
			continue
		}
		known = known && sameJSON(right, came)
	}
	if !known {
		s.failed(s.node)
		return nil, wrongNode
	}
	return s.node, good
}
