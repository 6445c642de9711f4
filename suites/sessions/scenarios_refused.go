package sessions

import (
	"time"

	"github.com/tidwall/gjson"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/match"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// apart is how far logins whose times are compared must lie apart, so that the times which a product keeps differ: a
// little more than the unit of the times that the control's logins showed, and not less than some ticks of a clock that
// ticks every 16 ms.
func apart(logins ...*exchange.Exchange) time.Duration {
	unit := int64(1000)
	for _, e := range logins {
		for gjson.GetBytes(e.Body(), goodField).Int()%unit != 0 && unit > 10 {
			unit /= 10
		}
	}
	return map[int64]time.Duration{1000: 1100 * time.Millisecond, 100: 150 * time.Millisecond,
		10: 50 * time.Millisecond}[unit]
}

// waitSince lets what is left of a time since an answer pass.
func waitSince(t *Caller, e *exchange.Exchange, d time.Duration) {
	if left := time.Until(e.Started.Add(e.Took + d)); left > 0 {
		t.Wait(left)
	}
}

// Steps of RefusedLogins: wrong ones, each with a good one behind it.
var (
	ofRefusedLogins Steps
	wrongPassword   = ofRefusedLogins.Step("wrong password")
	goodAfterOne    = ofRefusedLogins.Step("log in after one")
	lastCharacter   = ofRefusedLogins.Step("last character")
	goodAfterTwo    = ofRefusedLogins.Step("log in after two")
	otherCase       = ofRefusedLogins.Step("other case")
	goodAfterThree  = ofRefusedLogins.Step("log in after three")
	goodAtLast      = ofRefusedLogins.Step("log in at last")
)

// RefusedLogins sends the user's login with wrong passwords, each with a good login behind it. What a refused login
// leaves must not be live, not even after that one. The good logins show whether the times have moved.
var RefusedLogins = sessions.Scenario("log in with wrong passwords", &ofRefusedLogins, func(t *Caller) {
	first := wrong(t, byPassword, wrongPassword, vary.Another(t.User.Password))
	distance := apart(t.Of(firstLogin), t.Of(secondLogin))
	waitSince(t, t.Of(firstLogin), distance)
	if !good(t, byPassword, goodAfterOne) {
		return
	}
	tryAgain(t, wrongPassword)
	waitSince(t, first, distance)
	wrong(t, byPassword, lastCharacter, vary.Shortened(t.User.Password))
	if !good(t, byPassword, goodAfterTwo) {
		return
	}
	if swapped, differs := vary.Case(t.User.Password); differs {
		wrong(t, byPassword, otherCase, swapped)
		if !good(t, byPassword, goodAfterThree) {
			return
		}
	} else {
		t.Omit(otherCase, NotApplicable, "the password has no letters with two cases")
	}
	good(t, byPassword, goodAtLast)
}, After(LogIn), Account("user"))

// wrong goes a way in with a wrong password.
func wrong(t *Caller, w *session.Way, step *Step, password string) *exchange.Exchange {
	fields := w.Right(t).With("password", t.Secret("wrong password", password))
	return refuse(t, w, step, inJSON(fields), WrongPassword(w.Account))
}

// good goes a way in with a login made right, after one that had to be refused. Where it is refused now, nothing more
// is sent.
func good(t *Caller, w *session.Way, step *Step) bool {
	v := logIn(t, w, step, w.Body(t), Opens(w.Account))
	return session.StillGood(t, w.Account, v.login)
}

// passwordRefusals put into the password's field what is no password, beside the user's own login.
var passwordRefusals = slicesOf(session.Refusals{
	{Name: "no password", Text: "refuses a login without a password", Clause: "sessions-login-without-password",
		Way: byPassword, Kind: session.Incomplete, Named: true, Change: session.Put("password", session.Absent)},
	{Name: "null for the password", Text: "refuses null for a password", Clause: "sessions-login-without-password",
		Way: byPassword, Kind: session.Incomplete, Named: true, Change: session.Put("password", session.Null)},
	{Name: "an empty password", Text: "refuses an empty password", Clause: "sessions-login-empty-password",
		Way: byPassword, Kind: session.Invalid, Named: true, Change: session.Put("password", session.Empty)},
}, session.Each(byPassword, "password", "sessions-login-password-no-text", session.Mistyped,
	session.Anys(session.Mistypes)...))

// RefusedValues sends them, each with a good login behind it: a product may count them as wrong passwords.
var RefusedValues = chain("log in with values that are no password", byPassword, passwordRefusals, After(LogIn))

// chain declares a scenario that sends refusals which name an account, each with a good login behind it.
func chain(name string, w *session.Way, refusals session.Refusals, options ...ScenarioOption) *Scenario {
	steps := &Steps{}
	for _, r := range refusals {
		r.Named, r.Step, r.Behind = true, steps.Step(r.Text), steps.Step("log in after: "+r.Text)
	}
	return sessions.Scenario(name, steps, func(t *Caller) {
		if w == byPassword {
			t.Await(RefusedLogins) // so that never two refused ones stand in a row
		}
		inTurn(t, refusals, nil)
	}, append(options, Needs(w.Needs...), Account(w.Account))...)
}

// inTurn sends them. live is a session of the account.
func inTurn(t *Caller, refusals session.Refusals, live *visit) {
	for _, r := range refusals {
		option := Refused()
		if r.Wrong {
			option = WrongPassword(r.Way.Account)
		}
		switch {
		case !r.Wrong && r.Unchanged(t):
			t.Omit(r.Step, NotApplicable, "the target's login has nothing of this kind")
			continue
		case r.Unless != nil && t.Of(r.Unless).Succeeded():
			t.Omit(r.Step, NotApplicable, "the wrong password that is left went out as a Basic one")
			continue
		case r.Beside && !t.OneAtATime():
			// A product may renew that session, so nothing that the answer leaves is tried.
			logIn(t, r.Way, r.Step, r.Body(t), option, CookieHeader(live.Cookie))
		default:
			refuse(t, r.Way, r.Step, r.Body(t), option)
		}
		if !good(t, r.Way, r.Behind) {
			return
		}
	}
}

// The logins that a target declares to be without are tried once all the same, with invented credentials.
var (
	triedToken = sessions.Absent("is the login with a token really absent", "token", func(t *Caller, try *Step) {
		logIn(t, byToken, try, inJSON(session.Fields{{Name: "token", Value: vary.UUID()}}), Refused())
	})
	triedNode = sessions.Absent("is the node's login really absent", "node", func(t *Caller, try *Step) {
		logIn(t, asNode, try, inJSON(credentials(vary.Word(), vary.UUID())), Refused())
	})
)

// refusals are the logins that must not succeed though they carry no wrong password of an account. Each is sent once.
var refusals = slicesOf(unnamedRefusals, passwordRefusals, nodeRefusals)

// unnamedRefusals name no configured account.
var unnamedRefusals = slicesOf(session.Refusals{
	{Name: "log in as nobody", Text: "refuses a login that no user has", Clause: "sessions-login-unknown-login",
		Way: byPassword, Kind: session.Unknown,
		Change: session.Put("login", func(t *Caller) any { return vary.Nobody(t.User.Login) })},
	{Name: "log in as nobody without a password", Text: "refuses a login that no user has, without a password",
		Clause: "sessions-login-unknown-login", Way: byPassword, Kind: session.Incomplete,
		Change: func(t *Caller, _ session.Fields) session.Fields {
			return session.Fields{{Name: "login", Value: vary.Nobody(t.User.Login)}}
		}},
	{Name: "log in as nobody with a long password", Text: "refuses a login that no user has, with a long password",
		Clause: "sessions-login-unknown-login", Way: byPassword, Kind: session.Invalid,
		Change: func(t *Caller, _ session.Fields) session.Fields {
			return credentials(vary.Nobody(t.User.Login), session.Long().Is.(string))
		}},
	{Name: "log in with the guid for a login", Text: "refuses the user's guid for the login, with an invented password",
		Clause: "sessions-login-unknown-login", Way: byPassword, Kind: session.Invalid,
		Change: func(t *Caller, _ session.Fields) session.Fields {
			return credentials(match.Member(t.Of(details), guidField).String(), vary.UUID())
		}},
	{Name: "log in without a login", Text: "refuses a password without a login", Clause: "sessions-login-without-login",
		Way: byPassword, Kind: session.Incomplete, Change: session.Put("login", session.Absent)},
	{Name: "log in with an empty object", Text: "refuses an empty object", Clause: "sessions-login-without-credentials",
		Way: byPassword, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in with malformed JSON", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    byPassword, Kind: session.Unreadable, Raw: text(`{"login": "` + vary.Word() + `", "password"`)},
	{Name: "log in with an empty body", Text: "answers an empty body with a status 4xx",
		Clause: "sessions-empty-body-4xx", Way: byPassword, Kind: session.Unreadable, Raw: text("")},
	{Name: "log in with a number for a login", Text: "answers fields of wrong types with a status 4xx",
		Clause: "sessions-wrong-types-4xx",
		Way:    byPassword, Kind: session.Unreadable, Raw: text(`{"login":12345,"password":["a","list"]}`)},

	{Name: "log in with an unknown token", Text: "refuses an unknown token", Clause: "sessions-token-unknown",
		Way: byToken, Kind: session.Unknown,
		Change: session.Put("token",
			func(t *Caller) any { return t.Secret("invented token", vary.Another(own(t).Token)) })},
	{Name: "log in with an altered token", Text: "refuses a token that differs in its last character",
		Clause: "sessions-token-unknown", Way: byToken, Kind: session.Unknown,
		Change: session.Put("token", func(t *Caller) any {
			return t.Altered("altered token", vary.AlteredSession(own(t).Token), own(t).Token)
		})},
	{Name: "log in with no token", Text: "refuses an empty object", Clause: "sessions-token-missing",
		Way: byToken, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in with an empty token", Text: "refuses an empty token", Clause: "sessions-token-empty",
		Way: byToken, Kind: session.Invalid, Change: session.Put("token", session.Empty)},
	{Name: "log in with malformed JSON for a token", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    byToken, Kind: session.Unreadable, Raw: text(`{"token": "` + vary.Word())},
	{Name: "log in with an empty body for a token", Text: "answers an empty body with a status 4xx",
		Clause: "sessions-empty-body-4xx", Way: byToken, Kind: session.Unreadable, Raw: text("")},
	{Name: "log in with a list for a token", Text: "answers fields of wrong types with a status 4xx",
		Clause: "sessions-wrong-types-4xx", Way: byToken, Kind: session.Unreadable, Raw: text(`{"token":[1,2,3]}`)},

	{Name: "log in as no node", Text: "refuses an empty object", Clause: "sessions-node-empty",
		Way: asNode, Kind: session.Incomplete, Raw: text("{}")},
	{Name: "log in as a node with malformed JSON", Text: "answers malformed JSON with a status 4xx",
		Clause: "sessions-malformed-json-4xx",
		Way:    asNode, Kind: session.Unreadable, Raw: text(`{"login": "` + vary.Word())},
	{Name: "log in as a node with an empty body", Text: "answers an empty body with a status 4xx",
		Clause: "sessions-empty-body-4xx", Way: asNode, Kind: session.Unreadable, Raw: text("")},
}, valueRefusals, bodyRefusals).Declare(func(r *session.Refusal, steps *Steps) {
	sessions.Scenario(r.Name, steps, func(t *Caller) {
		if r.Unchanged(t) {
			t.Omit(r.Step, NotApplicable, "the right value is the same")
			return
		}
		if r.Kind == session.Unreadable {
			logIn(t, r.Way, r.Step, r.Body(t), Refused())
			return
		}
		if e := refuse(t, r.Way, r.Step, r.Body(t), Refused()); e.Succeeded() && likeTheSample(r) {
			tryLeft(t, r.Step, e)
		}
	}, Needs(r.Way.Needs...), After(LogIn))
})

// text is a body as it stands.
func text(body string) func(*Caller) Body { return func(*Caller) Body { return JSONText(body) } }
