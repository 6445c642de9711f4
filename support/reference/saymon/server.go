package saymon

import (
	"net/http"
	"sync"
	"time"

	"session-conformance/support/reference"
)

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

	// What is peculiar about the server, by the stage of a call at which it takes effect.
	onRequest, onDecision, onSession, onAnswer []hook
	onToken                                    []func(*call)
	opened                                     func(http.ResponseWriter, *http.Request) bool // a fault's; nil: none
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
	return s, reference.Apply(s, peculiarities, c.With)
}

// Counted tells by login how often an account's logins were refused, in what order, and how many of its sessions lived
// at once.
func (s *Server) Counted() map[string]reference.Tally { return s.tallies.Counted() }

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.config.Now != nil {
		w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	}
	if s.opened == nil || !s.opened(w, r) {
		s.mux.ServeHTTP(w, r)
	}
}

// route has a call decided and, where it is not refused, granted.
func (s *Server) route(pattern string, k kind, decide func(*call) *refusal, grant func(*call)) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		c := &call{Server: s, r: r, kind: k, decide: decide}
		c.read(w)
		s.locked(func() { c.run(s.onRequest) })
		if c.refused == nil {
			c.refused = c.decide(c) // which may ask the realm for its keys
		}
		s.locked(func() {
			c.count()
			c.run(s.onDecision)
			if c.refused == nil {
				grant(c)
			} else {
				c.refuse()
			}
			c.run(s.onAnswer)
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
