// Package sessions is a conforming reference server for Storware's sessions, as document 004 describes them.
//
// It keeps real accounts and sessions, in memory. The server reads as the document reads; what it can do wrong or
// another way is declared beside it, in faults_*.go and variants*.go, as effects (see effects.go). Config.With chooses
// by name.
package sessions

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
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
	reference.Gate
	reference.Tallies // of the accounts "user", "other_user" and "node"

	config  Config
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
		effects: effects{cookieName: "JSESSIONID", newID: newID, onLogout: (*Server).end}}
	if s.now == nil {
		s.now = time.Now
	}
	s.started = s.now()
	s.user, s.other = newAccount("user", config.User), newAccount("other_user", config.OtherUser)
	s.node = newAccount("node", Account{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+BasePath+"/session", s.handle(status, (*turn).getStatus))
	mux.HandleFunc("POST "+BasePath+"/session/login", s.handle(login, (*turn).logIn))
	mux.HandleFunc("POST "+BasePath+"/session/login-with-token", s.handle(token, (*turn).logIn))
	mux.HandleFunc("POST "+BasePath+"/session/node/login", s.handle(node, (*turn).logIn))
	mux.HandleFunc("POST "+BasePath+"/session/logout", s.handle(logout, (*turn).postLogout))
	mux.HandleFunc("GET "+BasePath+"/session/user", s.handle(user, (*turn).ask))
	mux.HandleFunc("GET "+BasePath+"/session/user/details", s.handle(details, (*turn).ask))
	s.Handler = mux
	return s, reference.Apply(s, peculiarities, config.With)
}

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

// account is somebody who can have sessions.
type account struct {
	Account
	name     string // in targets.yaml: user, other_user, node
	guid     string
	good     []int64    // the times of its good logins, in milliseconds since the epoch
	failed   []int64    // and of its refused ones
	inARow   int        // refused logins since the last good one
	sessions []*session // live, the eldest first
}

func newAccount(name string, a Account) *account {
	if a.Zone == "" {
		a.Zone = "UTC"
	}
	return &account{name: name, Account: a, guid: reference.NewUUID()}
}

// latest is the last of some times, nil where there is none.
func latest(times []int64) any {
	if len(times) == 0 {
		return nil
	}
	return times[len(times)-1]
}

// session is what a good login opens.
type session struct {
	owner  *account
	logins int      // how many good logins of its owner there were, its own included
	ids    []string // all IDs that name it, the newest last
	proof  string   // a second secret, asked for only where two cookies are needed
	guid   string   // another guid than the owner's, shown only by a fault
	asked  int      // how often the user or the details were asked for

	// Only peculiarities look at these.
	by       call // that opened it
	used     int
	lastUsed time.Time
}

func (ses *session) id() string { return ses.ids[len(ses.ids)-1] }

// open makes a session of the account and notes the good login.
func (s *Server) open(owner *account) *session {
	owner.inARow = 0
	owner.good = append(owner.good, s.now().UnixMilli())
	ses := &session{owner: owner, logins: len(owner.good), ids: []string{s.newID()}, proof: rand.Text(),
		guid: reference.NewUUID()}
	owner.sessions = append(owner.sessions, ses)
	s.live[ses.id()] = ses
	for _, effect := range s.onOpen {
		effect(s, ses)
	}
	s.Live(owner.name, len(owner.sessions))
	return owner.sessions[len(owner.sessions)-1]
}

// refuse notes a refused login of an account that exists.
func (s *Server) refuse(a *account) {
	a.inARow++
	a.failed = append(a.failed, s.now().UnixMilli())
}

// end ends one session under all its IDs.
func (s *Server) end(ses *session) {
	for _, id := range ses.ids {
		delete(s.live, id)
		s.ended[id] = true
	}
	ses.owner.sessions = slices.DeleteFunc(ses.owner.sessions, func(other *session) bool { return other == ses })
}

// endAllBut ends the sessions of an account, save one.
func (s *Server) endAllBut(owner *account, kept *session) {
	for _, ses := range slices.Clone(owner.sessions) {
		if ses != kept {
			s.end(ses)
		}
	}
}

// rename gives a session a new ID. The earlier ones stay good.
func (s *Server) rename(ses *session) {
	ses.ids = append(ses.ids, s.newID())
	s.live[ses.id()] = ses
}

// newID makes a session ID that nobody can guess: 32 hexadecimal digits.
func newID() string { return fmt.Sprintf("%X", reference.Random(16)) }

// cameWith is the live session whose cookie a request carries, nil where there is none.
func (s *Server) cameWith(r *http.Request) *session {
	if sent, err := r.Cookie(s.cookieName); err == nil && sent.Value != "" {
		return s.live[sent.Value]
	}
	return nil
}

// liveLike is a live session whose ID is like the one that came, nil where there is none.
func (s *Server) liveLike(came string, alike func(right, came string) bool) *session {
	for id, ses := range s.live {
		if alike(id, came) {
			return ses
		}
	}
	return nil
}
