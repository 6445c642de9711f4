// Package sessions is a conforming reference server for Storware's sessions, as document 004 describes them.
//
// It keeps real accounts and sessions, in memory. The server reads as the document reads; what it can do wrong or
// another way is declared beside it, in faults_*.go and variants*.go, as effects (see effects.go). Config.With chooses
// by name.
package sessions

import (
	"net/http"
	"sync"
	"time"

	"session-conformance/support/reference"
)

// BasePath stands before every path of the document: GET /session is GET /api/session here.
const BasePath = "/api"

// Config says who may log in, and what is peculiar.
type Config struct {
	User      Account
	OtherUser Account
	Token     string         // opens a session of User by login-with-token; empty: no token does
	Node      map[string]any // the body that logs the node in, as JSON holds it; empty: none does
	With      []string       // names of faults and variants
	Now       func() time.Time
}

// Account is a user of the server. Zone is the IANA name of the user's time zone, UTC where empty.
type Account struct {
	Login    string
	Password string
	Zone     string
}

// Default is two users, a token and a node. The secrets hold what naive code trips over.
func Default() Config {
	return Config{
		User: Account{Login: "admin", Password: `Zażółć "gęślą" & <jaźń> 100%41+\u0041 it's`, Zone: "Europe/Warsaw"},
		OtherUser: Account{Login: "operator",
			Password: `Ночной 'дозор' > "день" & \ 夜 < Z, длиннее 72 байт, как любит bcrypt`, Zone: "Asia/Tokyo"},
		Token: `vp-9fK2"&<ąß>\7QmX'3tLw== 日本`,
		Node: map[string]any{
			"login":    "node-01",
			"password": `Węzeł "1" & <'zwei'> \ три Q`,
			"version":  "7.0.0",
		},
	}
}

// Server answers the calls of the document below BasePath. It is safe for concurrent use.
type Server struct {
	reference.Tallies // of the accounts "user", "other_user" and "node"

	config  Config
	handler http.Handler
	now     func() time.Time
	started time.Time
	effects

	mu                sync.Mutex // guards all below
	user, other, node *account
	live              map[string]*session // by each of their IDs
	ended             map[string]bool     // the IDs of ended ones, which may never come to life again
}

// New makes a server with nobody logged in. A name in With that is no fault and no variant is an error.
func New(config Config) (*Server, error) {
	s := &Server{config: config, now: config.Now, live: map[string]*session{}, ended: map[string]bool{},
		effects: effects{cookieName: "JSESSIONID", newID: newID, onAnswer: map[occasion][]change{}}}
	if s.now == nil {
		s.now = time.Now
	}
	s.started = s.now()
	s.user, s.other = newAccount("user", config.User), newAccount("other_user", config.OtherUser)
	s.node = newAccount("node", Account{})
	if err := reference.Apply(s, peculiarities, config.With); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+BasePath+"/session", s.getStatus)
	mux.HandleFunc("POST "+BasePath+"/session/login", s.logIn(login))
	mux.HandleFunc("POST "+BasePath+"/session/login-with-token", s.logIn(token))
	mux.HandleFunc("POST "+BasePath+"/session/node/login", s.logIn(node))
	mux.HandleFunc("POST "+BasePath+"/session/logout", s.postLogout)
	mux.HandleFunc("GET "+BasePath+"/session/user", s.ask(user))
	mux.HandleFunc("GET "+BasePath+"/session/user/details", s.ask(details))
	s.handler = mux
	for _, effect := range s.effects.around {
		s.handler = effect(s.handler)
	}
	return s, nil
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "sessions", Faults: Faults, Variants: Variants, Try: "/session/user",
	AnySession: []string{
		"sessions-details-status-200", "sessions-user-status-200", "sessions-login-own-session",
		"sessions-login-json-escapes",
		"sessions-login-secret-not-repeated", "sessions-info-json", "sessions-details-json",
		"sessions-cookie-reaches-calls", "sessions-login-sets-cookie",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		server, err := New(c)
		account := func(a Account) map[string]any { return map[string]any{"login": a.Login, "password": a.Password} }
		return &reference.Made{Handler: server, Base: BasePath, Settings: map[string]any{"user": account(c.User),
			"other_user": account(c.OtherUser), "token": c.Token, "node": c.Node}}, err
	}}
