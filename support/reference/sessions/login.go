package sessions

import (
	"encoding/json"
	"net/http"
	"strings"

	"session-conformance/support/reference"
)

// attempt is a login: what it carries, whom it names, and what is decided.
type attempt struct {
	call    call
	body    map[string]any
	named   *account // nil: nobody whom the server knows
	problem why      // good: a session of the named one is opened
}

// logIn reads the credentials, decides whose they are, and opens a session.
func (s *Server) logIn(c call) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		raw, problem := readBody(r)
		s.answer(w, r, c, func() *answer {
			s.tally(c, raw)
			if problem != good {
				return refuse(problem)
			}
			a := s.attempt(r, c, raw)
			a.sent = raw
			return a
		})
	}
}

// attempt is the answer to a login.
func (s *Server) attempt(r *http.Request, c call, raw []byte) *answer {
	for _, effect := range s.onBody {
		raw = effect(raw)
	}
	body, problem := object(r, raw)
	if problem != good {
		return refuse(problem)
	}
	t := s.decide(c, body)
	for _, effect := range s.onLogin {
		effect(s, t)
	}
	if t.named != nil && (t.problem == wrongPassword || t.problem == wrongNode) {
		s.refuse(t.named)
	}
	a := refuse(t.problem)
	if t.problem == good {
		a = s.welcome(t.named)
		a.session.by = c
	}
	a.body = body
	return a
}

// welcome opens a session and answers with what a login shows of it.
func (s *Server) welcome(owner *account) *answer {
	ses := s.open(owner)
	a := &answer{status: http.StatusCreated, fields: info(ses), session: ses}
	a.handOut(ses)
	return a
}

func (s *Server) decide(c call, body map[string]any) *attempt {
	a := &attempt{call: c, body: body}
	switch c {
	case login:
		a.named, a.problem = s.byPassword(body)
	case token:
		a.named, a.problem = s.byToken(body)
	case node:
		a.named, a.problem = s.asNode(body)
	}
	return a
}

// byPassword decides of a LoginRequest.
func (s *Server) byPassword(body map[string]any) (*account, why) {
	name, hasName, isText := text(body, "login")
	password, hasPassword, isText2 := text(body, "password")
	owner := s.accountOf(name)
	switch {
	case !isText || !isText2:
		return owner, wrongTypes
	case !hasName && !hasPassword:
		return nil, noCredentials
	case !hasName:
		return nil, missingLogin
	case !hasPassword:
		return owner, missingPassword
	case owner == nil:
		return nil, unknownLogin
	case password == "":
		return owner, emptyPassword
	case !reference.Same(owner.Password, password):
		return owner, wrongPassword
	}
	return owner, good
}

// accountOf finds the user with that login, or nil.
func (s *Server) accountOf(login string) *account {
	for _, a := range []*account{s.user, s.other} {
		if login != "" && a.Login == login {
			return a
		}
	}
	return nil
}

// byToken decides of a LoginWithTokenRequest.
func (s *Server) byToken(body map[string]any) (*account, why) {
	value, there, isText := text(body, "token")
	switch {
	case !isText:
		return nil, wrongTypes
	case !there:
		return nil, missingToken
	case value == "":
		return nil, emptyToken
	case !reference.Same(s.config.Token, value):
		return nil, unknownToken
	}
	return s.user, good
}

// asNode compares a NodeLoginRequest with the node's, field by field.
func (s *Server) asNode(body map[string]any) (*account, why) {
	if len(body) == 0 {
		return nil, emptyNode
	}
	known := len(s.config.Node) > 0
	for name, right := range s.config.Node {
		came, there := body[name]
		if !there {
			return nil, unknownNode
		}
		known = known && sameJSON(right, came)
	}
	switch {
	case known:
		return s.node, good
	case sameJSON(s.config.Node["login"], body["login"]):
		return s.node, wrongNode
	}
	return nil, wrongNode
}

// sameJSON says whether two values are the same JSON, whatever Go types hold them.
func sameJSON(right, came any) bool {
	a, errA := json.Marshal(right)
	b, errB := json.Marshal(came)
	return errA == nil && errB == nil && reference.Same(string(a), string(b))
}

// tally counts a login for the account that it names, as it would be decided without any peculiarity.
func (s *Server) tally(c call, raw []byte) {
	if c == token {
		return // names nobody
	}
	var body map[string]any
	_ = json.Unmarshal(raw, &body) // what is malformed names whom its text names
	a := s.decide(c, body)
	named := a.named
	if c == node && sameJSON(s.config.Node["login"], body["login"]) {
		named = s.node
	}
	for _, known := range []*account{s.user, s.other} {
		if body == nil && known.Login != "" && strings.Contains(string(raw), `"`+known.Login+`"`) {
			named = known
		}
	}
	if named == nil {
		return
	}
	if a.problem == good {
		s.LoggedIn(named.name)
		return
	}
	password, _ := body["password"].(string)
	s.Refused(named.name, password != "")
}
