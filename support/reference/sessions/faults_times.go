package sessions

import (
	"slices"
	"time"
)

// timeFaults are times of logins that are there, and are not those of logins.
var timeFaults = slices.Concat(
	breaks("sessions-timestamps-agree",
		fault("details-times-swapped", "GET /session/user/details shows each time under the name of the other.",
			on(at(details), swapped)),
		fault("user-times-swapped", "GET /session/user shows each time under the name of the other.", on(at(user), swapped)),
		fault("details-times-frozen", "GET /session/user/details shows the times of the server's start.",
			on(at(details), times(func(s *Server, _ int64) any { return s.started.UnixMilli() - 5000 }))),
		fault("user-good-login-now", "GET /session/user shows the time of the call as lastSuccessfulLogin.",
			on(at(user), set(goodField, func(s *Server, _ any) any { return s.now().UnixMilli() + 1 }))),
		fault("every-call-moves-good-time", "Each use of a session counts as a good login.",
			used(func(s *Server, ses *session) { ses.owner.good = append(ses.owner.good, s.now().UnixMilli()+1) })),
	),
	breaks("sessions-timestamps-unmoved",
		fault("times-swapped", "Each time stands under the name of the other, everywhere.",
			on(at(everywhere...), swapped)),
		fault("good-login-moves-failed-time", "A good login counts as a failed one, too.",
			on(at(everywhere...), set(failedField, func(s *Server, _ any) any { return latest(s.user.good) }))),
		fault("good-time-of-everybody", "lastSuccessfulLogin is that of whoever logged in last.",
			on(at(everywhere...), set(goodField, func(s *Server, _ any) any {
				return max(0, slices.Max(slices.Concat(s.user.good, s.other.good, s.node.good)))
			}))),
		fault("failed-time-of-everybody", "lastFailedLogin is that of whoever was refused last.", failedOfAll),
		fault("refused-login-moves-good-time", "A refused login counts as a good one, too.",
			on(refused(login, wrongPassword), func(s *Server, _ *answer) {
				s.user.good = append(s.user.good, s.now().UnixMilli())
			})),
	),
	breaks("sessions-timestamps-agree",
		fault("token-login-of-yesterday", "A login by token shows a lastSuccessfulLogin of a day before.",
			on(at(token), set(goodField, func(_ *Server, right any) any { return right.(int64) - 86400000 }))),
	),
	breaks("sessions-timestamps-now",
		fault("zone-in-failed-time", "The offset of the user's zone is added to lastFailedLogin.",
			on(at(everywhere...), set(failedField, func(_ *Server, right any) any {
				if t, ok := right.(int64); ok {
					return t + 7200000
				}
				return right
			}))),
		fault("zone-in-times", "The offset of the user's zone is added to the times.",
			on(at(everywhere...), shifted(2*time.Hour))),
		fault("zone-west-in-times", "The offset of a zone in America is added to the times.",
			on(at(everywhere...), shifted(-5*time.Hour))),
		fault("good-login-of-last-week", "lastSuccessfulLogin is a week old in each answer.",
			on(at(everywhere...), set(goodField, func(_ *Server, right any) any {
				if t, ok := right.(int64); ok {
					return t - (7 * 24 * time.Hour).Milliseconds()
				}
				return right
			}))),
	),
)

// failedOfAll keeps the time of the latest refused login in one place for all, unknown users too.
func failedOfAll(s *Server) {
	var latest any
	for _, c := range []call{login, node} {
		on(refused(c, wrongPassword, unknownLogin, wrongNode), func(s *Server, _ *answer) { latest = s.now().UnixMilli() })(s)
	}
	on(at(everywhere...), set(failedField, func(_ *Server, right any) any { return latest }))(s)
}

// swapped puts each time under the name of the other.
func swapped(s *Server, a *answer) {
	var good, failed any
	for _, f := range a.fields {
		switch f.name {
		case goodField:
			good = f.value
		case failedField:
			failed = f.value
		}
	}
	if failed == nil {
		failed = good
	}
	as(goodField, failed)(s, a)
	as(failedField, good)(s, a)
}

func shifted(by time.Duration) change {
	return times(func(_ *Server, t int64) any { return t + by.Milliseconds() })
}
