package sdm

import (
	"net/http"
	"slices"

	"session-conformance/support/reference"
)

// stage is a point on a request's way through the server at which effects change its turn.
type stage int

const (
	reading   stage = iota // of a login, when its credentials were read and judged; why may be changed
	finding                // of another call, when its session was looked for; why and session may be changed
	opening                // of a session
	handing                // of a session's cookie, the last of cookies
	ending                 // of a session by a logout
	refusing               // of any request; detail and wanted may be changed
	filling                // of a login's answer, when its fields are there
	writing                // of a login's answer, when its text is there
	answering              // of every request, when its answer is complete
	stages
)

// take lets the effects of a stage change the turn, in the order of the list of peculiarities.
func (t *turn) take(at stage) {
	for _, change := range t.effects[at] {
		change(t)
	}
}

// effect makes a server behave otherwise than the document says or leaves open.
type effect = func(*Server)

// peculiarity is a fault or a variant with its effect.
type peculiarity = reference.Peculiarity[*Server]

// breaks makes the peculiarities faults that break the clause.
func breaks(clause string, faults ...peculiarity) []peculiarity {
	for i := range faults {
		faults[i].Clause = clause
	}
	return faults
}

// overHTTPS marks faults that show only over https.
func overHTTPS(faults []peculiarity) []peculiarity {
	for i := range faults {
		faults[i].HTTPS = true
	}
	return faults
}

// is is a peculiarity with one effect or several.
func is(name, says string, effects ...effect) peculiarity {
	return peculiarity{Name: name, Says: says, Effect: func(s *Server) {
		for _, e := range effects {
			e(s)
		}
	}}
}

// condition limits an effect to some requests.
type condition func(*turn) bool

// at changes the turn at a stage where all the conditions hold.
func at(when stage, change func(*turn), only ...condition) effect {
	return func(s *Server) {
		s.effects[when] = append(s.effects[when], func(t *turn) {
			for _, holds := range only {
				if !holds(t) {
					return
				}
			}
			change(t)
		})
	}
}

// where puts conditions before others, which may rely on them.
func where(others []condition, first ...condition) []condition { return slices.Concat(first, others) }

// of holds for requests to one of the calls.
func of(calls ...call) condition { return func(t *turn) bool { return slices.Contains(calls, t.call) } }

// sent holds for logins whose body has the form.
func sent(f form) condition { return func(t *turn) bool { return t.sent == f } }

// answered holds for requests whose answer has the form.
func answered(f form) condition { return func(t *turn) bool { return formOf(t.wanted) == f } }

// because holds for requests that are refused for one of the reasons, or are not where the reason is fine.
func because(whys ...reason) condition {
	return func(t *turn) bool { return slices.Contains(whys, t.why) }
}

// not holds where the condition does not.
func not(c condition) condition { return func(t *turn) bool { return !c(t) } }

// forPassword holds for logins whose password, compared with the real one, is right in the eyes of a careless server.
func forPassword(right func(given, real string) bool) condition {
	return func(t *turn) bool { return t.given.password != nil && right(*t.given.password, t.account.Password) }
}

// accepts lets in who is refused for the reason.
func accepts(why reason, only ...condition) effect {
	return at(reading, func(t *turn) { t.why = fine }, where(only, because(why))...)
}

// refuses refuses a login for the reason though its credentials are right.
func refuses(why reason, only ...condition) effect {
	return at(reading, func(t *turn) { t.why = why }, where(only, because(fine))...)
}

// rereads judges a login anew after its body was changed.
func rereads(change func(*turn), only ...condition) effect {
	return at(reading, func(t *turn) {
		change(t)
		t.why, t.given = fine, credentials{}
		t.read()
	}, where(only, not(because(unknownVersion, versionAlmost, versionSpelt)))...)
}

// rejudges judges a login anew after its credentials were changed.
func rejudges(change func(*turn), only ...condition) effect {
	return at(reading, func(t *turn) {
		change(t)
		t.authenticate()
	}, only...)
}

// finds takes a call for one of the user's session where it is refused for the reason.
func finds(why reason, only ...condition) effect {
	return at(finding, func(t *turn) {
		t.why, t.session = fine, &session{account: t.config.User}
	}, where(only, because(why), of(serverInfo))...)
}

// taking holds where a session cookie's value is right in the eyes of a careless server.
func taking(right func(s *Server, id string) bool) condition {
	return func(t *turn) bool {
		for _, c := range t.r.CookiesNamed(t.cookieName) {
			if right(t.Server, c.Value) {
				return true
			}
		}
		return false
	}
}

// loses takes a live session for a dead one.
func loses(only ...condition) effect {
	return at(finding, func(t *turn) { t.why = invented }, where(only, because(fine), of(serverInfo))...)
}

// status gives the answer another status.
func status(code int, only ...condition) effect {
	return at(answering, func(t *turn) {
		t.status = code
		switch code {
		case http.StatusFound:
			t.set("Location", "/login.html")
		case http.StatusNoContent:
			t.label = ""
		}
	}, only...)
}

// leavesSessionInBody answers a login that is refused as one that succeeded, but for the status.
func leavesSessionInBody(why reason) effect {
	return at(answering, func(t *turn) {
		t.open(t.config.User)
		t.fill()
		t.say(t.status, "application/json", jsonDocument(t.fields))
	}, because(why))
}

// says replaces the whole answer.
func says(code int, label, content string, only ...condition) effect {
	return at(answering, func(t *turn) { t.say(code, label, content) }, only...)
}

// leavesSession gives a live session's cookie to a login that is refused.
func leavesSession(whys ...reason) effect {
	return at(answering, func(t *turn) {
		t.open(t.config.User)
		t.hand(t.session)
	}, of(login), because(whys...))
}

// accountBy lets in who is refused for the reason, as the account that is found.
func accountBy(why reason, found func(*turn) (Account, bool)) effect {
	return at(reading, func(t *turn) {
		if account, is := found(t); is {
			t.account, t.why = account, fine
		}
	}, hasPassword, because(why))
}

// searches takes what looks like credentials from a body that is refused for the reason.
func searches(why reason, only ...condition) effect {
	return rejudges(func(t *turn) {
		t.given = credentials{userName: searched(t.body, "userName"), password: searched(t.body, "password")}
	}, where(only, because(why))...)
}

// offersToo offers other versions too.
func offersToo(which func(version string) bool) effect {
	return func(s *Server) { s.alsoOffers = which }
}

// answersAsSent answers a login in the form of its body, whatever Accept says.
func answersAsSent(only ...condition) effect {
	return at(reading, func(t *turn) { t.wanted = "application/" + string(t.sent) },
		where(only, func(t *turn) bool { return t.sent != "" })...)
}

// locksAfter refuses an account's logins after so many wrong passwords in a row.
func locksAfter(most int) effect {
	return func(s *Server) {
		wrong := map[string]int{}
		at(reading, func(t *turn) {
			switch name := t.account.UserName; {
			case wrong[name] >= most:
				t.why = wrongPassword
			case t.why == wrongPassword:
				wrong[name]++
			case t.why == fine:
				delete(wrong, name)
			}
		}, because(fine, wrongPassword))(s)
	}
}

// refusesIn writes refusals with the media type, whatever was asked for; an empty one is plain text.
func refusesIn(mediaType string) effect { return at(refusing, func(t *turn) { t.wanted = mediaType }) }

// fatal ends the connection without an answer.
func fatal(why reason) effect { return at(answering, func(t *turn) { t.fatal = true }, because(why)) }
