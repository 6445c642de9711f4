package sdm

import (
	"net/http"
	"regexp"
	"slices"

	"session-conformance/support/reference"
)

// The stages of a request at which effects change its turn.
const (
	reading   reference.Stage = iota // of a login, when its credentials were read and judged; why may be changed
	finding                          // of another call, when its session was looked for; why and session may be changed
	opening                          // of a session
	handing                          // of a session's cookie, the last of cookies
	ending                           // of a session by a logout
	refusing                         // of any request; detail and wanted may be changed
	filling                          // of a login's answer, when its fields are there
	writing                          // of a login's answer, when its text is there
	answering                        // of every request, when its answer is complete
)

// list is a fault or a variant of this server, or a family of them; an effect is what it does to a server.
type (
	list   = reference.List[*Server]
	effect = func(*Server)
)

var (
	is        = reference.Is[*Server]
	breaks    = reference.Breaks[*Server]
	overHTTPS = reference.OverHTTPS[*Server]
	leaveOpen = reference.LeaveOpen[*Server]

	at    = reference.At[*Server, *turn]
	where = reference.Where[*turn]
	not   = reference.Unless[*turn]
)

// condition limits an effect to some requests.
type condition = reference.When[*turn]

// refused are the faults that answer requests with other statuses than the document's.
func refused(name, says string, only condition, statuses ...int) list {
	return reference.Answered(name, says, func(code int) effect { return status(code, only) }, statuses...)
}

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

// accepts lets in who is refused for the reason.
func accepts(why reason, only ...condition) effect {
	return at(reading, func(t *turn) { t.why = fine }, because(why), where(only...))
}

// refuses refuses a login for the reason though its credentials are right.
func refuses(why reason, only ...condition) effect {
	return at(reading, func(t *turn) { t.why = why }, because(fine), where(only...))
}

// rereads judges a login anew after its body was changed.
func rereads(change func(*turn), only ...condition) effect {
	return at(reading, func(t *turn) {
		change(t)
		t.why, t.given = fine, credentials{}
		t.read()
	}, knownVersion, where(only...))
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
	}, because(why), of(serverInfo), where(only...))
}

// taking holds where a session cookie's value is right in the eyes of a careless server.
func taking(right func(s *Server, id string) bool) condition {
	return func(t *turn) bool {
		return slices.ContainsFunc(t.r.CookiesNamed(t.cookieName),
			func(c *http.Cookie) bool { return right(t.Server, c.Value) })
	}
}

// loses takes a live session for a dead one.
func loses(only ...condition) effect {
	return at(finding, func(t *turn) { t.why = invented }, because(fine), of(serverInfo), where(only...))
}

// status gives the answer another status.
func status(code int, only ...condition) effect {
	return at(answering, func(t *turn) {
		t.Status = code
		switch code {
		case http.StatusFound:
			t.Set("Location", "/login.html")
		case http.StatusNoContent:
			t.Media = ""
		}
	}, only...)
}

// says replaces the whole answer.
func says(code int, label, content string, only ...condition) effect {
	return at(answering, func(t *turn) { t.say(code, label, content) }, only...)
}

// accountBy lets in who is refused for the reason, as the account that is found.
func accountBy(why reason, found func(*turn) (Account, bool)) effect {
	return at(reading, func(t *turn) {
		if account, is := found(t); is {
			t.account, t.why = account, fine
		}
	}, hasPassword, because(why))
}

// searches takes what looks like credentials from a body that is refused for the reason; searchesFor takes a field of
// this name for the password.
func searches(why reason, only ...condition) effect {
	return searchesFor("password", because(why), where(only...))
}

func searchesFor(password string, only ...condition) effect {
	return rejudges(func(t *turn) {
		t.given = credentials{userName: searched(t.body, "userName"), password: searched(t.body, password)}
	}, only...)
}

// offersToo offers the versions that fit a pattern, too.
func offersToo(pattern string) effect {
	return func(s *Server) { s.alsoOffers = regexp.MustCompile(pattern).MatchString }
}

// answersAsSent answers a login in the form of its body, whatever Accept says.
func answersAsSent(only ...condition) effect {
	return at(reading, func(t *turn) { t.wanted = "application/" + string(t.sent) },
		func(t *turn) bool { return t.sent != "" }, where(only...))
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

// passwordIs takes a wrong password for right where it is like the right one.
func passwordIs(alike func(right, came string) bool, only ...condition) effect {
	return accepts(wrongPassword, where(only...),
		func(t *turn) bool { return alike(t.account.Password, *t.given.password) })
}

// readsPassword judges a login anew with the password read in another way, readsAs with its body read so.
func readsPassword(how func(*turn) string, only ...condition) effect {
	return rejudges(func(t *turn) {
		text := how(t)
		t.given.password = &text
	}, hasPassword, where(only...))
}

func readsAs(how func(body string) string, f form) effect {
	return rereads(func(t *turn) { t.body = []byte(how(string(t.body))) }, sent(f))
}

// leavesSession is the fault that gives a live session's cookie to a login that is refused.
func leavesSession(name, says string, only ...condition) list {
	return is(name+"-opens-session", says+" is refused with the cookie of a live session.",
		at(answering, handsLiveSession, of(login), not(because(fine)), where(only...)))
}

func handsLiveSession(t *turn) {
	t.open(t.config.User)
	t.hand(t.session)
}

var peculiarities = slices.Concat(sessionFaults, answerFaults, xmlFaults, jsonFaults, refusalFaults,
	valueFaults, doorFaults, timeFaults, sampleFaults, laterFaults, variants)

// Faults are all the ways in which this server can break the document, Variants those in which it can stay within it.
var (
	Faults   = reference.Faults(peculiarities)
	Variants = reference.Variants(peculiarities)
)
