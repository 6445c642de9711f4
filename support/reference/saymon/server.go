package saymon

import (
	"net/http"
	"sync/atomic"
	"time"

	"session-conformance/support/reference"
)

// Server is the reference server, a http.Handler that is safe for concurrent use. Sessions and tokens live in memory.
type Server struct {
	config   Config
	with     reference.Peculiarities
	now      func() time.Time
	mux      *http.ServeMux
	store    *store
	keycloak *keycloak
	requests atomic.Int64
}

// New returns a server for the accounts of the configuration. Wrong accounts and names of faults or variants that are
// not listed are errors.
func New(c Config) (*Server, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	with, err := reference.Choose(c.With, Faults, Variants)
	if err != nil {
		return nil, err
	}
	now := c.Now
	if now == nil {
		now = time.Now
	}
	s := &Server{config: c, with: with, now: now, store: newStore(), keycloak: newKeycloak(now, with, c.Issuer)}
	s.mux = s.routes()
	return s, nil
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /node/api/users/session", s.createSession)
	mux.HandleFunc("GET /node/api/users/current", s.currentUser)
	mux.HandleFunc("POST /node/api/users/{id}/auth-token", s.createToken)
	mux.HandleFunc("/", s.unknownCall)
	if s.with.Has("without-extra-calls") {
		return mux
	}
	mux.HandleFunc("DELETE /node/api/users/session", s.logOut)
	mux.HandleFunc("GET /node/api/users/session/verify/{sid}", s.verifySession)
	mux.HandleFunc("DELETE /node/api/users/{id}/auth-token", s.deleteToken)
	return mux
}

// busyRequests are the requests, counted from 1, that the variant busy-now-and-then does not answer.
var busyRequests = map[int64]bool{3: true, 11: true}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := s.requests.Add(1)
	if s.config.Now != nil {
		w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
	}
	if s.with.Has("busy-now-and-then") && busyRequests[n] {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "busy", http.StatusServiceUnavailable)
		return
	}
	s.mux.ServeHTTP(w, r)
}

func (s *Server) unknownCall(w http.ResponseWriter, _ *http.Request) {
	s.refuse(w, refusal{"unknown-call", http.StatusNotFound, "NOT_FOUND", "There is no such call."})
}

// byID and byName find an account; false where there is none.
func (s *Server) byID(id string) (Account, bool) {
	for _, a := range s.config.accounts() {
		if a.ID == id {
			return a, true
		}
	}
	return Account{}, false
}

// other returns the account that is not a, for the faults that mix up users.
func (s *Server) other(a Account) Account {
	if a.ID == s.config.User.ID {
		return s.config.OtherUser
	}
	return s.config.User
}
