package sessions

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"session-conformance/support/reference"
)

// fieldVariants are open points about the fields, done another way.
var fieldVariants = slices.Concat(
	is("last-successful-login-previous", "lastSuccessfulLogin is the good login before this one.",
		func(s *Server) {
			s.user.good, s.node.good = []int64{s.yesterday()}, []int64{s.yesterday()}
		}, on(shown, previousGood)),
	is("last-successful-login-null-at-first",
		"lastSuccessfulLogin is the good login before this one, and null in an account's first.",
		on(shown, previousGood)),
	is("last-successful-login-zero-at-first",
		"lastSuccessfulLogin is the good login before this one, and 0 in an account's first.",
		on(shown, previousGood, set(goodField, zeroForNull))),
	is("last-successful-login-absent-at-first",
		"lastSuccessfulLogin is the good login before this one, and absent in an account's first.",
		on(shown, previousGood, withoutNull(goodField))),
	is("last-failed-login-absent-at-first", "lastFailedLogin is absent for a user who never failed, as JSON-B does.",
		on(shown, withoutNull(failedField))),
	nodeLogin.does("last-failed-login-absent-for-nodes", "shows no lastFailedLogin: nobody counts its refused ones",
		without(failedField)),
	is("last-failed-login-zero", "lastFailedLogin is 0 where nobody failed.", on(shown, set(failedField, zeroForNull))),
	is("last-failed-login-yesterday", "Every account had a refused login yesterday.",
		on(shown, set(failedField, func(s *Server, right any) any {
			if right == nil {
				return s.yesterday()
			}
			return right
		}))),
	everyAnswer.does("times-of-whole-seconds", "has times that are milliseconds that end with 000", times(whole(1000))),
	everyAnswer.does("times-of-tenths", "has times that are milliseconds that end with 00", times(whole(100))),
	everyAnswer.does("times-of-whole-minutes", "has times that are milliseconds of whole minutes", times(whole(60000))),
	is("times-of-a-slow-clock", "The clock ticks every 16 ms.", on(shown, times(whole(16)))),
	everyAnswer.does("times-with-exponent", "has times that are written with an exponent",
		written(func(t int64) string { return strconv.FormatFloat(float64(t), 'E', -1, 64) })),
	everyAnswer.does("times-with-decimal-point", "has times that are whole numbers written with .0 behind",
		written(func(t int64) string { return strconv.FormatInt(t, 10) + ".0" })),
	is("clock-hours-ahead", "The server's clock is twelve hours ahead.", on(shown, clock(12*time.Hour))),
	is("clock-days-ahead", "The server's clock is three days ahead.", on(shown, clock(3*day))),
	is("clock-days-behind", "The server's clock is thirty days behind.", on(shown, clock(-30*day))),
	everyAnswer.has("zone-gmt-offset", zoneField, "GMT+02:00"),
	everyAnswer.has("zone-bare-offset", zoneField, "+02:00"),
	everyAnswer.has("zone-offset-without-colon", zoneField, "+0200"),
	everyAnswer.has("zone-offset-of-hours", zoneField, "UTC+2"),
	everyAnswer.has("zone-z", zoneField, "Z"),
	everyAnswer.has("zone-utc", zoneField, "UTC"),
	everyAnswer.has("zone-etc", zoneField, "Etc/GMT-2"),
	everyAnswer.has("zone-three-parts", zoneField, "America/Argentina/Buenos_Aires"),
	is("guid-upper-case", "guid is written in capitals.", on(at(details), guid(strings.ToUpper))),
	is("guid-version-1", "guid is a UUID of version 1.",
		on(at(details), guid(func(g string) string { return g[:14] + "1" + g[15:] }))),
)

// zeroForNull is 0 in place of null.
func zeroForNull(_ *Server, right any) any {
	if right == nil {
		return 0
	}
	return right
}

// withoutNull leaves a field out where it is null.
func withoutNull(name string) change {
	return onlyIf(func(t *turn) bool { return t.fields.value(name) == nil }, without(name))
}

// whole are times that end with so many zeros.
func whole(ms int64) func(*Server, any) any {
	return ofTime(func(_ *Server, t int64) any { return t / ms * ms })
}

// clock is a clock that goes wrong by so much, in the times and in the answer's own date.
func clock(by time.Duration) change {
	return func(t *turn) {
		times(later(by))(t)
		with("Date", t.now().Add(by).UTC().Format(http.TimeFormat))(t)
	}
}

// written writes both times another way.
func written(how func(int64) string) change {
	return times(ofTime(func(_ *Server, t int64) any { return json.RawMessage(how(t)) }))
}

// previousGood shows the good login before the one that opened the session, or null where that was the account's first.
func previousGood(t *turn) {
	as(goodField, latest(t.session.owner.good[:t.session.logins-1]))(t)
}

// yesterday is a login from before the server started, in milliseconds since the epoch.
func (s *Server) yesterday() int64 { return s.started.Add(-day).UnixMilli() }

// ruleVariants bound what a password, a login and a token may be.
var ruleVariants = slices.Concat(
	is("passwords-by-rule", "A password whose length no account's has is answered 400 as against the rules.",
		on(refused(login, wrongPassword), againstRules("password", func(s *Server) []string {
			return []string{s.user.Password, s.other.Password}
		}))),
	is("logins-by-rule", "A login whose length no account's has is answered 400 as against the rules.",
		on(refused(login, unknownLogin), againstRules("login", func(s *Server) []string {
			return []string{s.user.Login, s.other.Login}
		}))),
	is("tokens-by-rule", "A token whose length the right one has not is answered 400 as against the rules.",
		on(refused(token, unknownToken), againstRules("token", func(s *Server) []string {
			return []string{s.config.Token}
		}))),
)

// capped are the variants that bound how many sessions a user has.
var capped = reference.Capped("sessions-session-lasts sessions-login-wrong-password",
	func(bound reference.Most) effect {
		return func(s *Server) {
			most := bound()
			opened(func(s *Server, ses *session) { keepsNewest(most())(s, ses) })(s)
		}
	},
	func(bound reference.Bound, status int, first bool) effect {
		return func(s *Server) {
			full := bound()
			decides(func(t *turn) { t.why = tooManySessions }, func(t *turn) bool {
				return (first || t.why == good) && t.named != nil && full(len(t.named.sessions))
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
	return func(t *turn) {
		came, _, _ := text(t.body, name)
		if !slices.ContainsFunc(right(t.Server), func(r string) bool { return len([]rune(r)) == len([]rune(came)) }) {
			answered(http.StatusBadRequest)(t)
		}
	}
}
