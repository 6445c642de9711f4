package sessions

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"session-conformance/support/reference/like"
)

// doorFaults are calls that need a session and answer without one, for what naive code takes for one.
var doorFaults = slices.Concat(
	cookieFaults("sessions-user-invented-session", user, "/session/user"),
	cookieFaults("sessions-details-invented-session", details, "/session/user/details"),
	breaks("sessions-session-case", is("cookie-case-ignored",
		"Session IDs, which are base64, are compared without their case.", ids(inBase64),
		found(func(s *Server, _ *http.Request, came string) *session { return s.liveLike(came, strings.EqualFold) }))),
	breaks("sessions-user-without-session", sessionless(user, "GET /session/user"),
		is("user-basic-password-ignored", "GET /session/user takes the login of a user in Basic credentials.",
			answersBasic(func(*account, string) bool { return true }))),
	breaks("sessions-details-without-session", sessionless(details, "GET /session/user/details")),
	nearPathFaults,
	breaks("sessions-details-own",
		is("details-of-the-query", "GET /session/user/details shows whom its query names.",
			on(at(details), namesOther(func(t *turn) string { return t.request.URL.Query().Get("guid") }))),
		is("details-of-a-header", "GET /session/user/details shows whom the header X-User-Id names.",
			on(at(details), namesOther(func(t *turn) string { return t.request.Header.Get("X-User-Id") })))),
)

// sessionless are what a call takes in place of a session.
func sessionless(c call, says string) (all list) {
	for _, f := range []struct {
		name, says string
		taken      when
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
		all = append(all, is(string(c)+"-"+f.name, says+" "+f.says,
			on(refused(c, noSession), onlyIf(f.taken, accepted)))...)
	}
	return all
}

// nearPathFaults answer the details without a session where the path is nearly the documented one.
var nearPathFaults = breaks("sessions-details-near-paths",
	nearPath("slash", "has a slash behind", `/details/$`),
	nearPath("semicolon", "has a parameter behind a semicolon", `details;`),
	nearPath("two-slashes", "has two slashes", `//user/details$`),
	nearPath("dot", "has a dot for a part", `/\./`),
	nearPath("capital", "has a capital letter", `/Details$`),
	nearPath("number", "has a letter by its number", `/%64etails$`),
)

func nearPath(name, says, path string) list {
	return is("details-path-"+name, "The details need no session where the path "+says+".", func(s *Server) {
		s.Near(path, s.handle(details, func(t *turn) {
			t.session = s.open(s.user)
			t.show()
		}))
	})
}

// namesOther shows the other user's details where a request says so.
func namesOther(by func(*turn) string) change {
	return func(t *turn) {
		if named := by(t); named == t.other.Login || named == t.other.guid {
			ofOther(t)
		}
	}
}

// cookieFaults are the values of the session's cookie that a call takes for a session and must not.
func cookieFaults(clause string, c call, path string) (all list) {
	for _, f := range []struct {
		name, says string
		takes      func(s *Server, id string) *session
	}{
		{"empty-cookie-accepted", "takes an empty cookie for a session", words("")},
		{"constructor-cookie-accepted", "takes constructor and __proto__ for sessions", words("constructor", "__proto__")},
		{"undefined-cookie-accepted", "takes null and undefined for sessions", words("null", "undefined")},
		{"pattern-cookie-accepted", "reads the cookie as a pattern of SQL", alike(like.SQL)},
		{"glob-cookie-accepted", "reads the cookie as a pattern of file names", alike(like.Glob)},
		{"regular-expression-cookie-accepted", "reads the cookie as a regular expression", words(".*")},
		{"zero-byte-cookie-accepted", "takes a zero byte for a session", words("%00")},
		{"blank-cookie-accepted", "takes blanks for a session", words("%20%20")},
		{"cookie-cut-at-zero-byte", "reads a session's ID up to a zero byte",
			alike(func(right, came string) bool { return strings.HasPrefix(came, right+"%00") })},
		{"condition-cookie-accepted", "finds a session by a condition of SQL in the cookie", words("x'OR'1'='1")},
		{"end-of-cookie-accepted", "takes the end of a session's ID for it", alike(like.Ends)},
		{"second-half-of-cookie-compared", "compares the second half of a session's ID", alike(like.SecondHalf)},
		{"part-of-cookie-accepted", "takes the beginning of a session's ID for it", alike(like.Begins)},
		{"cookie-end-ignored", "ignores what follows a session's ID", alike(like.Longer)},
		{"late-difference-ignored", "compares all but the last character of a session's ID",
			alike(func(right, came string) bool { return withoutLast(right) == withoutLast(came) })},
		{"eight-characters-compared", "compares the first eight characters of a session's ID", alike(like.FirstEight)},
		{"middle-of-cookie-ignored", "compares the length and both ends of a session's ID", alike(like.BothEnds(8))},
		{"login-in-cookie-accepted", "takes the user's login for a session",
			ofUser(func(u *account) string { return u.Login })},
		{"login-in-base64-accepted", "takes the user's login in base64 for a session",
			ofUser(func(u *account) string { return base64.URLEncoding.EncodeToString([]byte(u.Login)) })},
		{"guid-in-cookie-accepted", "takes the user's guid for a session", ofUser(func(u *account) string { return u.guid })},
	} {
		id := clause
		if f.name == "cookie-cut-at-zero-byte" {
			id = "sessions-session-zero-byte"
		}
		all = append(all, breaks(id, is(string(c)+"-"+f.name, "GET "+path+" "+f.says+".",
			found(func(s *Server, r *http.Request, id string) *session {
				if r.URL.Path != BasePath+path {
					return nil
				}
				return f.takes(s, id)
			})))...)
	}
	return all
}

// words, alike and ofUser take one of some words, an ID like that of a live session, or what a user has, for the
// eldest session of the user.
func words(words ...string) func(*Server, string) *session {
	return func(s *Server, id string) *session { return s.eldestWhere(slices.Contains(words, id)) }
}

func alike(similar func(right, came string) bool) func(*Server, string) *session {
	return func(s *Server, came string) *session {
		for _, ses := range s.user.sessions {
			if came != "" && similar(ses.id(), came) {
				return ses
			}
		}
		return nil
	}
}

func ofUser(has func(*account) string) func(*Server, string) *session {
	return func(s *Server, id string) *session { return s.eldestWhere(id == has(s.user)) }
}

// eldestWhere is the eldest session of the user where something holds, nil where not, or where there is none.
func (s *Server) eldestWhere(holds bool) *session {
	if !holds || len(s.user.sessions) == 0 {
		return nil
	}
	return s.user.sessions[0]
}

// namedByHeader says whether a request has a header in which proxies name the user.
func namedByHeader(t *turn) bool {
	for _, name := range []string{"Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Authenticated-User"} {
		if t.request.Header.Get(name) != "" {
			return true
		}
	}
	return false
}

// namedByQuery says whether a request's query names the user.
func namedByQuery(t *turn) bool { return t.request.URL.Query().Get("user") != "" }

// saysLocal says whether a request has a header by which it would come from the server's own machine.
func saysLocal(t *turn) bool { return t.request.Header.Get("X-Forwarded-For") == "127.0.0.1" }

// authorized says whether a request has credentials of a scheme.
func authorized(scheme string) when {
	return func(t *turn) bool { return strings.HasPrefix(t.request.Header.Get("Authorization"), scheme) }
}

// answersBasic answers GET /session/user for Basic credentials of a user whose password is right in the eyes of a
// server.
func answersBasic(right func(user *account, password string) bool) effect {
	return func(s *Server) {
		on(refused(user, noSession), onlyIf(func(t *turn) bool {
			name, password, _ := t.request.BasicAuth()
			named := s.accountOf(name)
			return named != nil && right(named, password)
		}, accepted))(s)
	}
}
