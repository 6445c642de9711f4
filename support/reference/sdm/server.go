// Package sdm is a server that conforms to document 003, the login of Oracle's Session Delivery Manager, and can be
// told to break one clause of it (a fault) or to do what the document leaves open another way (a variant).
//
// It offers below /rest/v1.3: POST /admin/login, and from the vendor's other pages POST /admin/logout and
// GET /admin/serverInfo. It keeps everything in memory.
package sdm

import (
	"fmt"
	"io"
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

// Default is a configuration with two accounts whose names and passwords hold what breaks careless code: quotation
// marks, markup, backslashes, two spaces in a row, letters beyond ASCII.
func Default() Config {
	return Config{
		User:       Account{"Zoë&admin", `Kö"r'b & <Ще\дрик>  7%+Z`, "administrators"},
		OtherUser:  Account{"оператор<2>", `'Mañ\ana' "b>C"; 雪 & Eis?x`, "monitors & guests"},
		ServerInfo: "NNC82_5",
	}
}

// Server is a reference server. It serves any number of requests at once.
type Server struct {
	config     Config
	mux        *http.ServeMux
	versions   []string                  // that it offers
	alsoOffers func(version string) bool // a fault's; nil: none
	cookieName string
	newID      func() string // makes the ID of a session
	prefix     string        // of the cookie's value, as a proxy adds and takes away
	ids        int           // that a fault has counted
	reference.Effects[*turn]
	reference.Gate
	tallies reference.Tallies

	mu       sync.Mutex          // held while a request is decided and its answer made
	sessions map[string]*session // live ones by ID
	ended    map[string]bool     // IDs that a logout ended
}

// New makes a server. It is an error if config.With names something that is neither in Faults nor in Variants.
func New(config Config) (*Server, error) {
	if config.Now == nil {
		config.Now = time.Now
	}
	s := &Server{
		config:     config,
		mux:        http.NewServeMux(),
		versions:   []string{"v1.3"},
		cookieName: "JSESSIONID",
		newID:      newSessionID,
		sessions:   map[string]*session{},
		ended:      map[string]bool{},
	}
	s.Handler = s.mux
	if err := reference.Apply(s, peculiarities, config.With); err != nil {
		return nil, fmt.Errorf("sdm: %w", err)
	}
	s.mux.HandleFunc("POST /rest/{versionId}/admin/login", s.serve(login, (*turn).login))
	s.mux.HandleFunc("POST /rest/{versionId}/admin/logout", s.serve(logout, (*turn).logout))
	s.mux.HandleFunc("GET /rest/{versionId}/admin/serverInfo", s.serve(serverInfo, (*turn).serverInfo))
	return s, nil
}

// Counted tells by userName which logins the server saw until now, and how many sessions lived at once.
func (s *Server) Counted() map[string]reference.Tally { return s.tallies.Counted() }

// serve reads a request, lets handle decide on it, one request at a time, and writes the answer.
func (s *Server) serve(c call, handle func(*turn)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t := &turn{Server: s, r: r, call: c}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
		t.body, t.tooLong = body, err != nil
		if c == login {
			t.sent = sentForm(r)
		}
		t.wanted = wantedType(r, t.sent)
		t.why = s.offers(r.PathValue("versionId"))
		s.decide(t, handle)
		if t.fatal {
			panic(http.ErrAbortHandler) // as if the process had died: the connection ends without an answer
		}
		t.Write(w)
	}
}

func (s *Server) decide(t *turn, handle func(*turn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	handle(t)
	t.Take(answering, t)
}

// offers says why a version cannot be found, if so.
func (s *Server) offers(version string) reason {
	known := s.versions[0]
	switch {
	case slices.Contains(s.versions, version), s.alsoOffers != nil && s.alsoOffers(version):
		return fine
	case strings.TrimLeft(version, "vV0") == strings.TrimLeft(known, "v0"):
		return versionSpelt
	case strings.HasPrefix(version, known), strings.Map(digits, version) == strings.Map(digits, known):
		return versionAlmost
	}
	return unknownVersion
}

// digits keeps the digits of a text.
func digits(letter rune) rune {
	if letter < '0' || letter > '9' {
		return -1
	}
	return letter
}

// Reference is this server, for who serves or judges each.
var Reference = reference.Server{API: "sdm", Faults: Faults, Variants: Variants, Try: "/rest/v1.3/admin/serverInfo",
	AnySession: []string{
		"sdm-session-cookie", "sdm-cookie-reaches-calls", "sdm-login-xml", "sdm-login-json", "sdm-login-200",
		"sdm-two-logins-two-sessions", "sdm-json-media-type", "sdm-password-not-repeated",
	},
	New: func(with []string) (*reference.Made, error) {
		c := Default()
		c.With = with
		server, err := New(c)
		if err != nil {
			return nil, err
		}
		account := func(a Account) map[string]any { return map[string]any{"login": a.UserName, "password": a.Password} }
		return &reference.Made{Handler: server, Settings: map[string]any{"user": account(server.config.User),
			"other_user": account(server.config.OtherUser)}}, nil
	}}

// session is a session that a login opened.
type session struct {
	id      string
	account Account
	by      form // of the login that opened it
	opened  time.Time
	used    time.Time
	calls   int    // that it answered, counted by a fault
	key     string // of the second cookie, where a variant needs two
	spent   bool   // by a fault that lets a session answer one call only
	over    bool   // logged out, by a fault that brings such sessions back
}

// newSessionID makes a random ID in the form of the vendor's samples: 32 hexadecimal digits and Tomcat's route.
func newSessionID() string { return fmt.Sprintf("%X.tomcat1", reference.Random(16)) }

// open opens a session for the account.
func (t *turn) open(account Account) {
	t.session = &session{id: t.newID(), account: account, by: t.sent, key: t.newID()}
	t.session.opened = t.config.Now()
	t.session.used = t.session.opened
	t.sessions[t.session.id] = t.session
	t.Take(opening, t)
	t.tallies.Live(account.UserName, len(t.of(account)))
}

// hand gives a session's cookie to the client.
func (t *turn) hand(opened *session) {
	attributes := []string{"Path=/rest", "HttpOnly"}
	if t.r.TLS != nil {
		attributes = append(attributes, "Secure")
	}
	t.session = opened
	t.Cookies = append(t.Cookies, reference.NewCookie(t.cookieName, t.prefix+opened.id, attributes...))
	t.Take(handing, t)
}

// find looks for the live session whose cookie the request carries, or says why there is none.
func (t *turn) find() {
	if t.why != fine {
		return // the version cannot be found
	}
	t.why = noSession
	for _, cookie := range t.r.CookiesNamed(t.cookieName) {
		if cookie.Value == "" {
			continue
		}
		id := strings.TrimPrefix(cookie.Value, t.prefix)
		if t.session = t.sessions[id]; t.session != nil {
			t.why = fine
			break
		}
		t.why = invented
		if t.ended[id] {
			t.why = ended
		}
	}
	if t.why != fine && t.call == logout {
		t.why = nothingToEnd
	}
	t.Take(finding, t)
	if t.why == fine {
		t.session.used = t.config.Now()
	}
}
