package sdm

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"session-conformance/support/reference/like"
)

// doorFaults take what is no session for one.
var doorFaults = slices.Concat(
	breaks("sdm-session-needed",
		is("basic-of-anybody", "Basic credentials of nobody stand for a session.", finds(noSession, authorizedBy("Basic "))),
		is("basic-password-ignored", "The login of a user in Basic credentials is as good as a session.",
			finds(noSession, basicOf(func(Account, string) bool { return true }))),
		is("basic-unreadable", "Basic credentials that cannot be read are as good as a session.",
			finds(noSession, authorizedBy("Basic a"))),
		is("basic-without-colon", "Basic credentials without a colon are as good as a session.",
			finds(noSession, authorizedBy("Basic bm9ib2R5"))),
		is("basic-empty", "Basic credentials of neither a login nor a password are as good as a session.",
			finds(noSession, authorizedBy("Basic Og=="))),
		is("bearer-of-anybody", "Any bearer token is as good as a session.", finds(noSession, authorizedBy("Bearer "))),
		is("bearer-500",
			"A bearer token in place of a session is taken for one, and no user found for it: 200 with an error.",
			status(200, because(noSession), authorizedBy("Bearer ")))),
	breaks("sdm-session-needed",
		is("query-names-user", "A query that names a user is as good as a session.",
			finds(noSession, func(t *turn) bool { return t.r.URL.Query().Get("user") != "" }))),
	breaks("sdm-session-any-path",
		is("path-with-slash-needs-no-session", "With a slash behind its path a call needs no session.",
			needsNone(`/serverInfo/$`)),
		is("path-with-parameter-needs-no-session", "With a parameter behind its path a call needs no session.",
			needsNone(`/serverInfo;a=b$`)),
		is("double-slash-needs-no-session", "With a slash too many in its path a call needs no session.",
			needsNone(`//`)),
		is("dot-needs-no-session", "With a dot for a part of its path a call needs no session.", needsNone(`/\./`)),
		is("capital-needs-no-session", "With a capital letter in its path a call needs no session.",
			needsNone(`/ServerInfo`)),
		is("number-needs-no-session", "With a letter of its path by its number a call needs no session.",
			needsNone(`/%73erverInfo`))),
	breaks("sdm-session-proxy-fields",
		is("forwarded-for-loopback-accepted", "Who says to come from the server itself needs no session.",
			finds(noSession, func(t *turn) bool { return t.r.Header.Get("X-Forwarded-For") == "127.0.0.1" })),
		is("remote-user-accepted", "Who says who they are in X-Remote-User needs no session.",
			finds(noSession, func(t *turn) bool { return t.r.Header.Get("X-Remote-User") != "" }))),
	breaks("sdm-session-among-cookies",
		is("cookie-read-up-to-a-semicolon", "Only the first cookie of a request is read.",
			loses(func(t *turn) bool { return !strings.HasPrefix(t.r.Header.Get("Cookie"), t.cookieName+"=") })),
		is("cookie-read-to-the-end", "The session cookie's value is taken to end with the header.",
			loses(func(t *turn) bool { return strings.HasSuffix(t.r.Header.Get("Cookie"), "=en") }))),
	breaks("sdm-session-id-random",
		is("session-ids-count-up", "Session IDs count up.", func(s *Server) {
			next := 4711
			s.newID = func() string {
				next++
				return fmt.Sprintf("%032X.tomcat1", next)
			}
		}),
		is("session-id-of-the-time", "Session IDs are the time in milliseconds.", func(s *Server) {
			s.newID = func() string {
				s.ids++
				return fmt.Sprintf("%X%06X%d.tomcat1", "SDM--session", s.ids%10, s.config.Now().UnixMilli())
			}
		})),
	breaks("sdm-session-zero-byte",
		is("cookie-cut-at-zero-byte", "A session ID ends where a zero byte stands.",
			finds(invented, takingLike(func(live, id string) bool {
				return strings.HasPrefix(id, strings.TrimSuffix(live, ".tomcat1")+"%00")
			})))),
	breaks("sdm-session-invented",
		is("cookie-empty-accepted", "A session cookie with an empty value authenticates.", finds(noSession, takingWord(""))),
		is("cookie-blank-accepted", "A session cookie with a blank for its value authenticates.",
			finds(noSession, takingText(isBlank)), finds(invented, takingText(isBlank))),
		is("cookie-cut-off-accepted", "The beginning of an ID authenticates.", finds(invented, takingLike(like.Begins))),
		is("cookie-with-more-accepted", "Session IDs are compared as far as the live one goes.",
			finds(invented, takingLike(func(live, id string) bool {
				return strings.HasPrefix(id, strings.TrimSuffix(live, ".tomcat1"))
			}))),
		is("cookie-end-accepted", "The end of a session ID authenticates.", finds(invented, takingLike(like.Ends))),
		is("cookie-first-eight", "IDs are compared by their first eight characters.",
			finds(invented, takingLike(like.Bytes(8)))),
		is("cookie-second-half", "IDs are compared by their second half.", finds(invented, takingLike(like.SecondHalf))),
		is("cookie-by-like", "A per cent sign as the session ID stands for any.", finds(invented, takingLike(like.SQL))),
		is("cookie-by-regexp", "A pattern as the session ID stands for any.", finds(invented, takingWord(".*"))),
		is("cookie-by-glob", "An asterisk as the session ID stands for any.", finds(invented, takingWord("*"))),
		is("cookie-zero-byte-accepted", "A zero byte as the session ID stands for any.",
			finds(invented, takingWord("%00"))),
		is("cookie-injection", "A session ID that closes a query's quotation mark authenticates.",
			finds(invented, takingText(func(id string) bool { return strings.Contains(id, "'") }))),
		is("cookie-constructor-accepted", "The name of a property of every object authenticates as a session ID.",
			finds(invented, takingWord("constructor", "__proto__"))),
		is("cookie-undefined-accepted", "A session ID that is undefined, null or 0 authenticates.",
			finds(invented, takingWord("undefined", "null", "0"))),
		is("cookie-user-name-accepted", "The name of a user is a session ID.", finds(invented, takingName(url.QueryEscape))),
		is("cookie-user-name-in-base64-accepted", "The name of a user in base64 authenticates as a session ID.",
			finds(invented, takingName(func(name string) string { return base64.URLEncoding.EncodeToString([]byte(name)) })))),
)

func isBlank(id string) bool { return id != "" && strings.Trim(id, `" `) == "" }

// needsNone answers a call with such a path as one with a session.
func needsNone(pattern string) effect {
	return func(s *Server) {
		s.Near(pattern, s.serve(serverInfo, func(t *turn) {
			t.why = fine
			t.tell()
		}))
	}
}

// authorizedBy holds for calls with an Authorization header of the scheme.
func authorizedBy(scheme string) condition {
	return func(t *turn) bool { return strings.HasPrefix(t.r.Header.Get("Authorization"), scheme) }
}

// takingText is taking for the IDs alone, takingWord for IDs that are one of the words, takingName for what is made of
// the first user's name.
func takingText(right func(id string) bool) condition {
	return taking(func(_ *Server, id string) bool { return right(id) })
}

func takingWord(words ...string) condition {
	return takingText(func(id string) bool { return slices.Contains(words, id) })
}

func takingName(how func(name string) string) condition {
	return taking(func(s *Server, id string) bool { return id == how(s.config.User.UserName) })
}

// basicOf holds for calls with Basic credentials of a user whose password is right in the eyes of a server.
func basicOf(right func(user Account, password string) bool) condition {
	return func(t *turn) bool {
		name, password, _ := t.r.BasicAuth()
		user, known := t.accountOf(name)
		return known && right(user, password)
	}
}
