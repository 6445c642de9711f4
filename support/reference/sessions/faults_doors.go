package sessions

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// doorFaults are calls that need a session and answer without one, for what naive code takes for one.
var doorFaults = slices.Concat(
	cookieFaults("sessions-user-invented-session", user),
	cookieFaults("sessions-details-invented-session", details),
	breaks("sessions-user-without-session", append(sessionless(user, "GET /session/user"),
		fault("user-basic-password-ignored", "GET /session/user takes the login of a user in Basic credentials.",
			answersBasic(func(*account, string) bool { return true })))...),
	breaks("sessions-details-without-session", sessionless(details, "GET /session/user/details")...),
	nearPathFaults(),
	breaks("sessions-details-own",
		fault("details-of-the-query", "GET /session/user/details shows whom its query names.",
			on(at(details), namesOther(func(_ *Server, a *answer) string { return a.request.URL.Query().Get("guid") }))),
		fault("details-of-a-header", "GET /session/user/details shows whom the header X-User-Id names.",
			on(at(details), namesOther(func(_ *Server, a *answer) string { return a.request.Header.Get("X-User-Id") }))),
	),
	breaks("sessions-refused-call-opens-nothing",
		fault("refused-user-sets-live-cookie",
			"GET /session/user without a session is refused and sets the cookie of a live one.",
			on(refused(user, noSession), leavesSession)),
		fault("refused-details-sets-live-cookie", "GET /session/user/details with an invented session sets the cookie of "+
			"a live one.",
			on(refused(details, inventedSession), leavesSession)),
		fault("status-sets-live-cookie", "GET /session without a session sets the cookie of a live one.",
			on(refused(status, noSession), leavesSession)),
		fault("refused-logout-sets-live-cookie", "A logout without a session is refused and sets the cookie of a live one.",
			on(refused(logout, noSession), leavesSession)),
	),
)

// sessionless are what a call takes in place of a session.
func sessionless(of call, says string) (faults []peculiarity) {
	for _, f := range []struct {
		name, says string
		taken      func(*answer) bool
	}{
		{"name-header-trusted", "believes a header that names the user.", namedByHeader},
		{"query-trusted", "believes a query that names the user.", namedByQuery},
		{"local-address-trusted", "believes a header that names this machine.", saysLocal},
		{"bearer-anything", "takes any bearer token.", authorized("Bearer ")},
		{"basic-anything", "takes any Basic credentials.", authorized("Basic ")},
		{"basic-unreadable", "takes Basic credentials that cannot be read.", authorized("Basic a")},
		{"basic-without-colon", "takes Basic credentials without a colon.", authorized("Basic bm9ib2R5")},
		{"basic-empty", "takes Basic credentials of neither a login nor a password.", authorized("Basic Og==")},
	} {
		faults = append(faults, fault(string(of)+"-"+f.name, says+" "+f.says,
			on(refused(of, noSession), when(f.taken, accepted))))
	}
	return faults
}

// nearPathFaults answer the details without a session where the path is nearly the documented one.
func nearPathFaults() (all []peculiarity) {
	for _, near := range []struct {
		name, says string
		is         func(path string) bool
	}{
		{"slash", "has a slash behind", func(path string) bool { return strings.HasSuffix(path, "/details/") }},
		{"semicolon", "has a parameter behind a semicolon",
			func(path string) bool { return strings.Contains(path, "details;") }},
		{"two-slashes", "has two slashes", func(path string) bool { return strings.HasSuffix(path, "//user/details") }},
		{"dot", "has a dot for a part", func(path string) bool { return strings.Contains(path, "/./") }},
		{"capital", "has a capital letter", func(path string) bool { return strings.HasSuffix(path, "/Details") }},
		{"number", "has a letter by its number", func(path string) bool { return strings.HasSuffix(path, "/%64etails") }},
	} {
		all = append(all, fault("details-path-"+near.name, "The details need no session where the path "+near.says+".",
			func(s *Server) {
				s.around = append(s.around, func(next http.Handler) http.Handler {
					return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						if near.is(r.URL.EscapedPath()) {
							s.answer(w, r, details, func() *answer { return s.show(details, s.open(s.user)) })
							return
						}
						next.ServeHTTP(w, r)
					})
				})
			}))
	}
	return breaks("sessions-details-near-paths", all...)
}

// namesOther shows the other user's details where a request says so.
func namesOther(by func(s *Server, a *answer) string) change {
	return func(s *Server, a *answer) {
		if named := by(s, a); named == s.other.Login || named == s.other.guid {
			ofOther(s, a)
		}
	}
}

// cookieFaults are the values of the session's cookie that a call takes for a session and must not.
func cookieFaults(clause string, c call) []peculiarity {
	a := func(value, says string, takes func(s *Server, id string) *session) peculiarity {
		says = strings.ReplaceAll(says, "CALL",
			map[call]string{user: "GET /session/user", details: "GET /session/user/details"}[c])
		return fault(string(c)+"-"+value, says, found(func(s *Server, r *http.Request, id string) *session {
			if r.URL.Path != BasePath+map[call]string{user: "/session/user", details: "/session/user/details"}[c] {
				return nil
			}
			return takes(s, id)
		}))
	}
	words := func(words ...string) func(*Server, string) *session {
		return func(s *Server, id string) *session {
			if slices.Contains(words, id) && len(s.user.sessions) > 0 {
				return s.user.sessions[0]
			}
			return nil
		}
	}
	alike := func(similar func(right, came string) bool) func(*Server, string) *session {
		return func(s *Server, came string) *session {
			for _, ses := range s.user.sessions {
				if came != "" && similar(ses.id(), came) {
					return ses
				}
			}
			return nil
		}
	}
	return breaks(clause,
		a("empty-cookie-accepted", "CALL takes an empty cookie for a session.", words("")),
		a("constructor-cookie-accepted", "CALL takes constructor and __proto__ for sessions.",
			words("constructor", "__proto__")),
		a("undefined-cookie-accepted", "CALL takes null and undefined for sessions.", words("null", "undefined")),
		a("pattern-cookie-accepted", "CALL reads the cookie as a pattern of SQL.", alike(matchesLike)),
		a("glob-cookie-accepted", "CALL reads the cookie as a pattern of file names.", alike(matchesGlob)),
		a("regular-expression-cookie-accepted", "CALL reads the cookie as a regular expression.", words(".*")),
		a("condition-cookie-accepted", "CALL finds any session by a condition of SQL in the cookie.", words("x'OR'1'='1")),
		a("end-of-cookie-accepted", "CALL takes the end of a session's ID for it.",
			alike(func(right, came string) bool { return right != came && strings.HasSuffix(right, came) })),
		a("second-half-of-cookie-compared", "CALL compares the second half of a session's ID.", alike(reference.SameEnd)),
		a("part-of-cookie-accepted", "CALL takes the beginning of a session's ID for it.", alike(isPartOf)),
		a("cookie-end-ignored", "CALL ignores what follows a session's ID.", alike(isFollowed)),
		a("late-difference-ignored", "CALL compares all but the last character of a session's ID.",
			alike(func(right, came string) bool { return withoutLast(right) == withoutLast(came) })),
		a("eight-characters-compared", "CALL compares the first eight characters of a session's ID.", alike(sameBeginning)),
		a("middle-of-cookie-ignored", "CALL compares the length and both ends of a session's ID.",
			alike(reference.SameEnds(8))),
		a("login-in-cookie-accepted", "CALL takes the user's login for a session.",
			func(s *Server, id string) *session { return words(s.user.Login)(s, id) }),
		a("login-in-base64-accepted", "CALL takes the user's login in base64 for a session.",
			func(s *Server, id string) *session {
				return words(base64.URLEncoding.EncodeToString([]byte(s.user.Login)))(s, id)
			}),
		a("guid-in-cookie-accepted", "CALL takes the user's guid for a session.",
			func(s *Server, id string) *session { return words(s.user.guid)(s, id) }),
	)
}

// namedByHeader says whether a request has a header in which proxies name the user.
func namedByHeader(a *answer) bool {
	for _, name := range []string{"Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Authenticated-User"} {
		if a.request.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// namedByQuery says whether a request's query names the user.
func namedByQuery(a *answer) bool { return a.request.URL.Query().Get("user") != "" }

// saysLocal says whether a request has a header by which it would come from the server's own machine.
func saysLocal(a *answer) bool { return a.request.Header.Get("X-Forwarded-For") == "127.0.0.1" }

// authorized says whether a request has credentials of a scheme.
func authorized(scheme string) func(*answer) bool {
	return func(a *answer) bool { return strings.HasPrefix(a.request.Header.Get("Authorization"), scheme) }
}

// answersBasic answers GET /session/user for Basic credentials of a user whose password is right in the eyes of a
// server.
func answersBasic(right func(user *account, password string) bool) effect {
	return func(s *Server) {
		on(refused(user, noSession), when(func(a *answer) bool {
			name, password, _ := a.request.BasicAuth()
			named := s.accountOf(name)
			return named != nil && right(named, password)
		}, accepted))(s)
	}
}
