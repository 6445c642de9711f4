// Package saymon is a reference server of the SAYMON API: create a session, create an authentication token, and the
// calls around them that tell whether a session or token lives.
//
// It conforms to the documents and to every extra clause. Named faults break one behaviour each, named variants do
// differently what the documents leave open.
package saymon

import (
	"fmt"
	"net/http"
	"regexp"
	"sync"
	"time"

	"session-conformance/support/reference"
)

// Account is one user of the server.
type Account struct {
	ID          string // 24 lower-case hexadecimal digits
	Login       string // without a colon, which Basic credentials could not carry
	Email       string
	Password    string
	ManageUsers bool // may create and delete the authentication tokens of any user
}

// Config says who may log in, and what is peculiar about the server.
type Config struct {
	User      Account
	OtherUser Account          // differs from User in every field
	With      []string         // names of faults and variants
	Now       func() time.Time // the server's clock; nil: time.Now
	Issuer    Issuer           // whose Keycloak tokens open sessions
}

// Default returns two accounts whose passwords hold what breaks naive code: quotation marks of both kinds, the special
// characters of HTML, URLs and JSON, spaces, a colon, letters beyond Latin, and both cases.
func Default() Config {
	return Config{
		User: Account{
			ID:          "64f1c0a2b7e9d3001c8a4e11",
			Login:       "user.name",
			Email:       "user.name@example.com",
			Password:    `Пульт "Ночь" & <it's> 5\6: Zażółć%2B`,
			ManageUsers: true,
		},
		OtherUser: Account{
			ID:    "64f1c0a2b7e9d3001c8a4e22",
			Login: "second.person",
			Email: "colleague@example.org",
			Password: `Ώρα 'Καλή' > \n "x" & <b> Grüße+77, ` +
				`καὶ πολλὰ ἄλλα, ἵνα μακρὸν ᾖ`,
		},
	}
}

var idForm = regexp.MustCompile(`^[0-9a-f]{24}$`)

// check returns an error that names the field of the first wrong account.
func (c Config) check() error {
	for _, a := range []Account{c.User, c.OtherUser} {
		switch {
		case !idForm.MatchString(a.ID):
			return fmt.Errorf("the account %q needs an ID of 24 lower-case hexadecimal digits, got %q", a.Login, a.ID)
		case a.Login == "" || a.Email == "" || a.Password == "":
			return fmt.Errorf("the account %s needs a login, an email and a password", a.ID)
		}
	}
	if c.User.ID == c.OtherUser.ID || c.User.Login == c.OtherUser.Login || c.User.Email == c.OtherUser.Email {
		return fmt.Errorf("the accounts %q and %q must differ in ID, login and email", c.User.Login, c.OtherUser.Login)
	}
	return nil
}

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "saymon", Faults: Faults, Variants: Variants, Try: "/node/api/users/current",
	AnySession: []string{
		"saymon-session-by-login", "saymon-session-by-email", "saymon-session-by-token", "saymon-session-by-keycloak",
		"saymon-request-framing", "saymon-request-encoding", "saymon-request-white-space",
		"saymon-session-id-quoted", "saymon-session-id-not-empty", "saymon-session-id-uuid", "saymon-session-new",
		"saymon-cookie-set", "saymon-cookie-is-session-id", "saymon-cookie-path", "saymon-session-authenticates",
		"saymon-session-lasts",
		"saymon-token-by-basic", "saymon-token-quoted", "saymon-token-not-empty", "saymon-token-uuid",
		"saymon-token-new", "saymon-token-authenticates", "saymon-token-lasts", "saymon-current-by-basic",
		"saymon-logout-accepted",
		"saymon-token-deletion-accepted",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		return Make(c, nil)
	}}

// Make makes a server as configured. keycloak is the target's key of that name; nil: a token that the server takes.
func Make(c Config, keycloak map[string]string) (*reference.Made, error) {
	server, err := New(c)
	if err != nil {
		return nil, err
	}
	if keycloak == nil {
		keycloak = map[string]string{"token": server.KeycloakToken(KeycloakUser(c))}
	}
	account := func(a Account) map[string]any {
		return map[string]any{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
	}
	return &reference.Made{Handler: server, Settings: map[string]any{"user": account(c.User),
		"other_user": account(c.OtherUser), "keycloak": keycloak}}, nil
}

// Server is the reference server, a http.Handler that is safe for concurrent use. Sessions and tokens live in memory.
type Server struct {
	config   Config
	now      func() time.Time
	mux      *http.ServeMux
	keycloak *keycloak
	tallies  reference.Tallies

	mu       sync.Mutex // guards what follows, and is held while effects run
	sessions map[string]*session
	live     map[string][]*session // account ID → its live sessions, the eldest first
	tokens   map[string]*token
	latest   map[string]string   // account ID → its newest token
	opaque   map[string]*Account // Keycloak tokens of the variant keycloak-token-opaque; nil without it

	reference.Effects[*call]
	reference.Gate
}

// New returns a server for the accounts of the configuration. Wrong accounts and names of faults or variants that are
// not listed are errors.
func New(c Config) (*Server, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	now := c.Now
	if now == nil {
		now = time.Now
	}
	s := &Server{config: c, now: now, mux: http.NewServeMux(), keycloak: newKeycloak(now, c.Issuer),
		sessions: map[string]*session{},
		live:     map[string][]*session{}, tokens: map[string]*token{}, latest: map[string]string{}}
	s.route("POST /node/api/users/session", logIn, (*call).whoLogsIn, (*call).answerSession)
	s.route("GET /node/api/users/current", current, (*call).whoAsks, (*call).answerUser)
	s.route("POST /node/api/users/{id}/auth-token", makeToken, (*call).mayChangeToken, (*call).answerToken)
	s.route("DELETE /node/api/users/session", logOut, (*call).hasSession, (*call).answerLogout)
	s.route("GET /node/api/users/session/verify/{sid}", verify, (*call).anybody, (*call).answerVerified)
	s.route("DELETE /node/api/users/{id}/auth-token", deleteToken, (*call).mayDeleteToken, (*call).answerDeletion)
	s.route("/", unknown, func(*call) *refusal { return &unknownCall }, nil)
	s.Handler = s.mux
	return s, reference.Apply(s, peculiarities, c.With)
}

// Counted tells by login how often an account's logins were refused, in what order, and how many of its sessions lived
// at once.
func (s *Server) Counted() map[string]reference.Tally { return s.tallies.Counted() }

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.config.Now != nil {
		w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	}
	s.Gate.ServeHTTP(w, r)
}

// route has a call decided and, where it is not refused, granted.
func (s *Server) route(pattern string, k kind, decide func(*call) *refusal, grant func(*call)) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := &call{Server: s, r: r, kind: k, decide: decide}
		c.read(w)
		s.locked(func() { c.Take(requested, c) })
		if c.refused == nil {
			c.refused = c.decide(c) // which may ask the realm for its keys
		}
		s.locked(func() {
			c.count()
			c.Take(decided, c)
			if c.refused == nil {
				grant(c)
			} else {
				c.refuse()
			}
			c.Take(answering, c)
		})
		c.write(w)
	})
}

func (s *Server) locked(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

// accountWhere finds an account, byID and byName by its ID and by its login before its email; nil where there is none.
func (s *Server) accountWhere(is func(*Account) bool) *Account {
	for _, a := range s.accounts() {
		if is(a) {
			return a
		}
	}
	return nil
}

func (s *Server) byID(id string) *Account {
	return s.accountWhere(func(a *Account) bool { return a.ID == id })
}

func (s *Server) byName(name string) (*Account, way) {
	if a := s.accountWhere(func(a *Account) bool { return a.Login == name }); a != nil {
		return a, byLogin
	}
	if a := s.accountWhere(func(a *Account) bool { return a.Email == name }); a != nil {
		return a, byEmail
	}
	return nil, byLogin
}

func (s *Server) accounts() []*Account { return []*Account{&s.config.User, &s.config.OtherUser} }

// other returns the account that is not a, for the faults that mix up users.
func (s *Server) other(a *Account) *Account {
	if a.ID == s.config.User.ID {
		return &s.config.OtherUser
	}
	return &s.config.User
}
