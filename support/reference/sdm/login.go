package sdm

import (
	"fmt"
	"net/http"

	"session-conformance/support/reference"
)

// credentials are what a login's body gave. A nil field was absent.
type credentials struct {
	userName, password *string
	more               bool // other fields stood beside them
}

// login opens a session: 200 with the session's fields and its cookie, or a refusal.
func (t *turn) login() {
	t.read()
	t.count()
	t.Take(reading, t)
	if t.why != fine {
		t.refuse()
		return
	}
	t.open(t.account)
	t.hand(t.session)
	t.welcome()
}

// read takes the credentials from the body, and judges them, or says why there are none.
func (t *turn) read() {
	switch {
	case t.why != fine: // the version is unknown
		return
	case t.tooLong:
		t.why = bodyMalformed
	case len(t.body) == 0:
		t.why = bodyEmpty
	case t.sent == "":
		t.why = mediaTypeUnknown
	case t.wanted == "":
		t.why = notAcceptable
	case t.sent == asXML:
		t.given, t.why = readXML(t.body, false)
	default:
		t.given, t.why = readJSON(t.body)
	}
	if t.why == fine {
		t.authenticate()
	}
}

// authenticate finds the account that the credentials open, or says why there is none.
func (t *turn) authenticate() {
	name, password, known := t.given.userName, t.given.password, false
	if name != nil {
		t.account, known = t.accountOf(*name)
	}
	switch {
	case name == nil:
		t.why = userNameMissing
	case password == nil:
		t.why = passwordMissing
	case *name == "":
		t.why = userNameEmpty
	case !known:
		t.why = unknownUser
	case *password == "":
		t.why = passwordEmpty
	case !reference.Same(t.account.Password, *password):
		t.why = wrongPassword
	default:
		t.why = fine
	}
}

// accountOf finds the account of a user name.
func (s *Server) accountOf(name string) (Account, bool) {
	return s.accountWhere(func(a Account) bool { return reference.Same(a.UserName, name) })
}

func (s *Server) accountWhere(is func(Account) bool) (Account, bool) {
	for _, a := range []Account{s.config.User, s.config.OtherUser} {
		if is(a) {
			return a, true
		}
	}
	return Account{}, false
}

// count adds a login to the tally of the account that it names, as the document judges it, whatever the server is
// told to do.
func (t *turn) count() {
	name, password := t.given.userName, t.given.password
	if name == nil {
		name, password = searched(t.body, "userName"), searched(t.body, "password")
	}
	if name == nil {
		return
	}
	account, known := t.accountOf(*name)
	switch {
	case !known:
	case t.why == fine:
		t.tallies.LoggedIn(account.UserName)
	default:
		t.tallies.Refused(account.UserName, password != nil && *password != "" && *password != account.Password)
	}
}

// welcome answers a login that succeeded.
func (t *turn) welcome() {
	t.fill()
	if formOf(t.wanted) == asXML {
		t.text = xmlDocument(t.fields)
	} else {
		t.text = jsonDocument(t.fields)
	}
	t.Take(writing, t)
	t.say(http.StatusOK, t.wanted, t.text)
}

// fill gives the fields of a login's answer.
func (t *turn) fill() {
	t.fields = []field{
		{"idleTimeout", 0},
		{"serverInfo", t.config.ServerInfo},
		{"sessionId", t.session.id},
		{"userGroup", t.session.account.UserGroup},
		{"userName", t.session.account.UserName},
		{"validUntil", "valid until logout"},
	}
	t.Take(filling, t)
}

// serverInfo tells about the server to whoever has a session: 200, or 401 without one.
func (t *turn) serverInfo() {
	t.find()
	switch {
	case t.why != fine:
		t.refuse()
	default:
		t.tell()
	}
}

// tell tells about the server.
func (t *turn) tell() {
	switch {
	case t.wanted == "":
		t.why = notAcceptable
		t.refuse()
	case formOf(t.wanted) == asXML:
		t.say(http.StatusOK, t.wanted, fmt.Sprintf(declaration+"<serverInfo><version>%s</version></serverInfo>",
			escaped(t.config.ServerInfo)))
	default:
		t.say(http.StatusOK, t.wanted, fmt.Sprintf(`{"version":%s}`, reference.JSON(t.config.ServerInfo)))
	}
}

// logout ends the session: 204 without content, or 401 without a session.
func (t *turn) logout() {
	t.find()
	if t.why != fine {
		t.refuse()
		return
	}
	t.Take(ending, t)
	if !t.goesOn {
		delete(t.sessions, t.session.id)
		t.ended[t.session.id] = true
	}
	t.say(http.StatusNoContent, "", "")
}
