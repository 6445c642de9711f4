// Package sessions is a conforming reference server for Storware's sessions, as document 004 describes them.
//
// It keeps real accounts and sessions, in memory. A fault breaks one documented behaviour, a variant does something
// the document leaves open the other way; both are chosen by name in Config.With.
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
		User:      Account{Login: "admin", Password: `Zażółć "gęślą" & <jaźń> 100%41+\u0041 it's`, Zone: "Europe/Warsaw"},
		OtherUser: Account{Login: "operator", Password: `Ночной 'дозор' > "день" & \ 夜 < Z`, Zone: "Asia/Tokyo"},
		Token:     `vp-9fK2"&<ąß>\7QmX'3tLw== 日本`,
		Node: map[string]any{
			"login":    "node-01",
			"password": `Węzeł "1" & <'zwei'> \ три Q`,
			"version":  "7.0.0",
		},
	}
}

// Server answers the calls of the document below BasePath. It is safe for concurrent use.
type Server struct {
	config  Config
	with    reference.Peculiarities
	quirks  []quirk // the active ones that change answers
	mux     *http.ServeMux
	now     func() time.Time
	started time.Time

	mu       sync.Mutex // guards all below
	user     *account
	other    *account
	node     *account
	sessions sessionStore
}

// New makes a server with nobody logged in. A name in With that is no fault and no variant is an error.
func New(config Config) (*Server, error) {
	with, err := reference.Choose(config.With, Faults, Variants)
	if err != nil {
		return nil, err
	}
	s := &Server{config: config, with: with, now: config.Now, mux: http.NewServeMux()}
	if s.now == nil {
		s.now = time.Now
	}
	for _, q := range quirks {
		if with.Has(q.name) && q.do != nil {
			s.quirks = append(s.quirks, q)
		}
	}
	s.started = s.now()
	s.user = newAccount(config.User)
	s.other = newAccount(config.OtherUser)
	s.node = newAccount(Account{})
	s.sessions = newSessionStore()
	if s.with.Has("last-successful-login-previous") {
		s.user.lastGood, s.node.lastGood = s.yesterday(), s.yesterday()
	}
	s.route()
	return s, nil
}

func (s *Server) route() {
	s.mux.HandleFunc("GET "+BasePath+"/session", s.getStatus)
	s.mux.HandleFunc("POST "+BasePath+"/session/login", s.postLogin)
	s.mux.HandleFunc("POST "+BasePath+"/session/login-with-token", s.postLoginWithToken)
	s.mux.HandleFunc("POST "+BasePath+"/session/node/login", s.postNodeLogin)
	s.mux.HandleFunc("POST "+BasePath+"/session/logout", s.postLogout)
	s.mux.HandleFunc("GET "+BasePath+"/session/user", s.getUser)
	s.mux.HandleFunc("GET "+BasePath+"/session/user/details", s.getDetails)
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// yesterday is a login from before the server started, in milliseconds since the epoch.
func (s *Server) yesterday() any { return s.started.Add(-24 * time.Hour).UnixMilli() }
