package saymon

import (
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
)

// besideFaults are about what comes beside credentials, or looks like them: fields, cookies, header fields, paths.
var besideFaults = []peculiarity{
	fault("login-beside-token", "A login beside an auth-token says whose session it is.", "saymon-session-of-user",
		takesTokenBeside(func(c *call, _ *Account) *Account {
			came, _ := c.fields.text("login")
			a, _ := c.byName(came)
			return a
		})),
	fault("null-token-beside-login-accepted", "A login beside an auth-token that is null needs no password.",
		"saymon-refuses-missing-password", opensByLogin("auth-token")),
	fault("service-beside-login-accepted", "A login beside an auth-service needs no password.",
		"saymon-refuses-missing-password", opensByLogin("auth-service")),
	fault("empty-password-by-email-accepted", "An email with an empty password opens a session.",
		"saymon-refuses-empty-password", onDecision(both(refusedAs(&emptyPassword),
			func(c *call) bool { return c.by == byEmail }), accept)),

	fault("login-keeps-own-session", "A login with the cookie of the user's own session goes on with that session.",
		"saymon-session-not-fixed",
		onSession(asked(logIn), func(c *call) {
			if came := c.sessions[cookieOf(c.r, "sid")]; came != nil && !came.ended && came.owner == c.session.owner {
				c.session = came
			}
		})),
	fault("login-keeps-strangers-id", "A refused call sets a sid cookie, and a login with it opens a session of that ID.",
		"saymon-session-not-fixed", keepsStrangers),

	fault("first-cookie-only", "Only the first cookie of a request is read.", "saymon-session-among-cookies",
		deafTo(func(cookies string) bool { return !strings.HasPrefix(cookies, "sid=") })),
	fault("cookie-to-the-end", "The sid is taken to end with the header.", "saymon-session-among-cookies",
		deafTo(func(cookies string) bool { return strings.HasSuffix(cookies, "=en") })),
	fault("cookie-for-other-domain", "The sid cookie's domain is another one.", "saymon-cookie-reaches-calls",
		onAnswer(by(""), attributes("Path=/; Domain=saymon.example; HttpOnly{secure}"))),

	fault("forwarded-for-loopback-accepted", "Who says to come from the server itself needs no credentials.",
		"saymon-refuses-proxy-fields", believes("X-Forwarded-For")),
	fault("remote-user-accepted", "Who says who they are in X-Remote-User needs no credentials.",
		"saymon-refuses-proxy-fields", believes("X-Remote-User")),
	fault("path-with-slash-needs-nothing", "With a slash behind its path the current user needs no credentials.",
		"saymon-refuses-any-path", opensPath(func(p string) bool { return strings.HasSuffix(p, "/current/") })),
	fault("path-with-parameter-needs-nothing", "With a parameter behind its path the current user needs no credentials.",
		"saymon-refuses-any-path", opensPath(func(p string) bool { return strings.Contains(p, "/current;") })),
	fault("unclean-path-needs-nothing",
		"With a slash or a dot too many in its path the current user needs no credentials.",
		"saymon-refuses-any-path",
		opensPath(func(p string) bool {
			return p != path.Clean(p) && path.Clean(p) == "/node/api/users/current" &&
				!strings.HasSuffix(p, "/")
		})),

	oddToken("end-of-api-token", "The end of an api-token", func(c *call) bool {
		return c.by == byAPIToken && len(c.token) > 3 &&
			c.anyToken(func(text string) bool { return strings.HasSuffix(text, c.token) })
	}),
	oddToken("longer-api-token", "An api-token with a character more", func(c *call) bool {
		return c.by == byAPIToken && c.anyToken(func(text string) bool { return strings.HasPrefix(c.token, text) })
	}),
	oddAuthToken("longer-auth-token", "An auth-token with a character more", func(c *call) bool {
		return c.anyToken(func(text string) bool { return strings.HasPrefix(c.token, text) })
	}),
}

// takesTokenBeside lets in who brings a live auth-token beside another way in.
func takesTokenBeside(as func(c *call, owner *Account) *Account) effect {
	return onDecision(refusedAs(&twoWaysIn), func(c *call) {
		came, _ := c.fields.text("auth-token")
		if t := c.tokens[came]; t != nil && !t.deleted {
			c.by = byToken
			acceptAs(c, as(c, t.owner))
		}
	})
}

// opensByLogin lets in who is named beside a field that begins another way in.
func opensByLogin(field string) effect {
	return onDecision(both(asked(logIn), func(c *call) bool { return c.refused != nil && c.fields.has(field) }),
		func(c *call) {
			if came, _ := c.fields.text("login"); came != "" {
				a, _ := c.byName(came)
				acceptAs(c, a)
			}
		})
}

// keepsStrangers gives a sid cookie to who is refused for having none, and its ID to the session of the login that
// brings it back.
func keepsStrangers(s *Server) {
	given := map[string]bool{}
	onAnswer(refusedAs(&noSession), func(c *call) {
		id := newUUID()
		given[id] = true
		c.before = append(c.before, "sid="+id+"; Path=/; HttpOnly")
	})(s)
	onSession(asked(logIn), func(c *call) {
		if id := cookieOf(c.r, "sid"); given[id] && c.sessions[id] == nil {
			c.session.id = id
		}
	})(s)
}

// deafTo takes a live session for none where its Cookie header is such.
func deafTo(cookies func(string) bool) effect {
	return onDecision(both(granted(current), uses), func(c *call) {
		if cookies(c.r.Header.Get("Cookie")) {
			c.refused = &noSession
		}
	})
}

// believes lets in who has the header field.
func believes(field string) effect {
	return onDecision(both(both(asked(current), refusedAs(&noSession)),
		func(c *call) bool { return c.r.Header.Get(field) != "" }), accept)
}

// opensPath answers requests for such a path as if they came from the first account.
func opensPath(is func(path string) bool) effect {
	return func(s *Server) {
		s.opened = func(w http.ResponseWriter, r *http.Request) bool {
			if !is(r.URL.EscapedPath()) {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, compact(userOf(&s.config.User)))
			return true
		}
	}
}

// tokensCountUp makes tokens of a counter.
func tokensCountUp(s *Server) {
	made := 0
	onToken(func(c *call) {
		made++
		c.id = fmt.Sprintf("6f1c0000-0000-4000-8000-%012x", made*16)
	})(s)
}
