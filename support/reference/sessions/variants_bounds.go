package sessions

import (
	"net/http"
	"slices"

	"session-conformance/support/reference"
)

// ruleVariants bound what a password, a login and a token may be.
var ruleVariants = []peculiarity{
	variant("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		on(refused(login, wrongPassword), againstRules("password", func(s *Server) []string {
			return []string{s.user.Password, s.other.Password}
		}))),
	variant("logins-by-rule", "A login whose length no account's has is answered 400 as against the rules.",
		on(refused(login, unknownLogin), againstRules("login", func(s *Server) []string {
			return []string{s.user.Login, s.other.Login}
		}))),
	variant("tokens-by-rule", "A token whose length the right one has not is answered 400 as against the rules.",
		on(refused(token, unknownToken), againstRules("token", func(s *Server) []string {
			return []string{s.config.Token}
		}))),
}

// capped are the variants that bound how many sessions a user has.
var capped = reference.Capped(func(most int) effect { return opened(keepsNewest(most)) },
	func(most, status int, first bool) effect {
		return func(s *Server) {
			decided(func(_ *Server, a *attempt) {
				if (first || a.problem == good) && a.named != nil && len(a.named.sessions) >= most {
					a.problem = tooManySessions
				}
			})(s)
			on(ends(logins, tooManySessions), answered(status))(s)
		}
	})

// keepsNewest ends the sessions of an account but the newest few.
func keepsNewest(few int) func(*Server, *session) {
	return func(s *Server, ses *session) {
		for len(ses.owner.sessions) > few {
			s.end(ses.owner.sessions[0])
		}
	}
}

// againstRules answers a text 400 whose length none of the right ones has.
func againstRules(name string, right func(*Server) []string) change {
	return func(s *Server, a *answer) {
		came, _, _ := text(a.body, name)
		if !slices.ContainsFunc(right(s), func(r string) bool { return len([]rune(r)) == len([]rune(came)) }) {
			answered(http.StatusBadRequest)(s, a)
		}
	}
}
