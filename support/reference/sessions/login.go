package sessions

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"session-conformance/support/reference"
)

// logIn reads the credentials, decides whose they are, and opens a session.
func (t *turn) logIn() {
	if len(t.sent) > longestBody {
		t.why = tooLong
		return
	}
	t.tally()
	raw := t.sent
	for _, change := range t.onBody {
		raw = change(raw)
	}
	if t.body, t.why = object(t.request, raw); t.why != good {
		return
	}
	t.named, t.why = t.decide(t.call, t.body)
	t.Take(decided, t)
	switch {
	case t.why == good:
		t.welcome(t.named)
		t.session.by = t.call
	case t.named != nil && (t.why == wrongPassword || t.why == wrongNode):
		t.refuse(t.named)
	}
}

// welcome opens a session and answers with what a login shows of it.
func (t *turn) welcome(owner *account) {
	t.session = t.open(owner)
	t.Status, t.fields = http.StatusCreated, info(t.session)
	t.handOut(t.session)
}

// decide says whom a login names, and whether a session of theirs is opened.
func (s *Server) decide(c call, body map[string]any) (*account, why) {
	switch c {
	case token:
		return s.byToken(body)
	case node:
		return s.asNode(body)
	}
	return s.byPassword(body)
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
func (t *turn) tally() {
	if t.call == token {
		return // names nobody
	}
	var body map[string]any
	_ = json.Unmarshal(t.sent, &body) // what is malformed names whom its text names
	named, why := t.decide(t.call, body)
	if t.call == node && sameJSON(t.config.Node["login"], body["login"]) {
		named = t.node
	}
	for _, known := range []*account{t.user, t.other} {
		if body == nil && known.Login != "" && strings.Contains(string(t.sent), `"`+known.Login+`"`) {
			named = known
		}
	}
	switch {
	case named == nil:
	case why == good:
		t.LoggedIn(named.name)
	default:
		password, _ := body["password"].(string)
		t.Refused(named.name, password != "")
	}
}

// longestBody is more than any login needs, in bytes.
const longestBody = 64 << 10

// readBody reads a request's body as far as it need be known.
func readBody(r *http.Request) []byte {
	raw, _ := io.ReadAll(io.LimitReader(r.Body, longestBody+1))
	return raw
}

// object reads a body as a JSON object, or says why it is none.
func object(r *http.Request, raw []byte) (map[string]any, why) {
	if len(raw) == 0 {
		return nil, emptyBody
	}
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, otherType
	}
	var value any
	if !utf8.Valid(raw) || json.Unmarshal(raw, &value) != nil {
		return nil, malformed
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, wrongTypes
	}
	return fields, good
}

// text reads one field that must be a text. There says whether it is present and not null.
func text(object map[string]any, name string) (value string, there, isText bool) {
	raw := object[name]
	if raw == nil {
		return "", false, true
	}
	value, isText = raw.(string)
	return value, true, isText
}
