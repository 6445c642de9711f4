// Package sdm is a server that conforms to document 003, the login of Oracle's Session Delivery Manager, and can be told
// to break one clause of it (a fault) or to do what the document leaves open another way (a variant).
//
// It offers below /rest/v1.3: POST /admin/login, and from the vendor's other pages POST /admin/logout and
// GET /admin/serverInfo. It keeps everything in memory.
package sdm

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/support/reference"
)

// Account is somebody who may log in.
type Account struct {
	UserName  string
	Password  string
	UserGroup string
}

// Config says who may log in, and what is peculiar.
type Config struct {
	User, OtherUser Account
	ServerInfo      string           // the product's version, as the login's answer gives it
	With            []string         // faults and variants by name
	Now             func() time.Time // nil: time.Now
}

// Default is a configuration with two accounts whose names and passwords hold what breaks careless code: quotation marks,
// markup, backslashes, two spaces in a row, letters beyond ASCII.
func Default() Config {
	return Config{
		User:       Account{UserName: "Zoë&admin", Password: `Kö"r'b & <Ще\дрик>  7%+Z`, UserGroup: "administrators"},
		OtherUser:  Account{UserName: "оператор<2>", Password: `'Mañ\ana' "b>C"; 雪 & Eis?x`, UserGroup: "monitors & guests"},
		ServerInfo: "NNC82_5",
	}
}

// Server is a reference server. It serves any number of requests at once.
type Server struct {
	config Config
	with   reference.Peculiarities
	mux    *http.ServeMux

	mu       sync.Mutex
	sessions map[string]*session // live ones by ID
	ended    map[string]bool     // IDs that a logout ended
	seen     map[string]bool     // addresses that have logged in
	refused  map[string]int      // wrong passwords in a row by user name
}

// New makes a server. It is an error if config.With names something that is neither in Faults nor in Variants.
func New(config Config) (*Server, error) {
	with, err := reference.Choose(config.With, Faults, Variants)
	if err != nil {
		return nil, fmt.Errorf("sdm: %w", err)
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	s := &Server{
		config:   config,
		with:     with,
		mux:      http.NewServeMux(),
		sessions: map[string]*session{},
		ended:    map[string]bool{},
		seen:     map[string]bool{},
		refused:  map[string]int{},
	}
	s.mux.HandleFunc("POST /rest/{versionId}/admin/login", s.versioned(s.login))
	s.mux.HandleFunc("POST /rest/{versionId}/admin/logout", s.versioned(s.logout))
	s.mux.HandleFunc("GET /rest/{versionId}/admin/serverInfo", s.versioned(s.serverInfo))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// versioned refuses what asks for a version that this server does not know.
func (s *Server) versioned(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if s.knows(r.PathValue("versionId")) {
			handle(w, r)
			return
		}
		why := unknownVersion
		if strings.HasPrefix(r.PathValue("versionId"), "v1.3") {
			why = versionAlmost
		}
		s.refuse(w, r, refusal{reason: why, sent: s.sentForm(r)})
	}
}

// knows says whether the server offers the version.
func (s *Server) knows(version string) bool {
	if version == "v1.3" {
		return true
	}
	if s.with.Has("other-versions-known") && slices.Contains([]string{"v1.0", "v1.1", "v1.2"}, version) {
		return true
	}
	if strings.HasPrefix(version, "v1.3") {
		return s.with.Has("version-by-prefix")
	}
	return s.with.Has("unknown-version-accepted")
}
