package sessions

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"session-conformance/suites/sessions/settings"
	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/target"
)

// The paths of the documented calls, below the target's url.
const (
	statusPath  = "/session"
	userPath    = "/session/user"
	detailsPath = "/session/user/details"
	logoutPath  = "/session/logout"
)

// The fields that the logins, GET /session/user and its details share.
const (
	goodField   = "lastSuccessfulLogin"
	failedField = "lastFailedLogin"
	zoneField   = "uiTimeZone"
)

const jsonType = "application/json"

// own are the settings that only Storware's targets have.
func own(t *Caller) settings.Own { return target.Own[settings.Own](t.Target) }

// The three calls that open a session.
var (
	byPassword = &session.Way{Name: "with the password", Clause: "sessions-login-opens", Account: "user",
		Path: "/session/login", Write: inJSON, First: firstLogin, Login: secondLogin, Use: currentUser,
		Right: func(t *Caller) session.Fields { return credentials(t.User.Login, t.User.Password) }}
	byToken = &session.Way{Name: "with the token", Clause: "sessions-token-opens", Account: "user",
		Path:  "/session/login-with-token",
		Write: inJSON, Needs: []string{"token"}, First: tokenLogin, Login: tokenLoginAgain, Use: tokenUser,
		Right: func(t *Caller) session.Fields { return session.Fields{{Name: "token", Value: own(t).Token}} }}
	asNode = &session.Way{Name: "as the node", Clause: "sessions-node-opens", Account: "node", Path: "/session/node/login",
		Write: inJSON, Needs: []string{"node"}, First: nodeLogin, Login: nodeLoginAgain, Use: nodeUser,
		Right: func(t *Caller) session.Fields { return fieldsOf(own(t).Node) }}
)

// inJSON writes the fields of a login.
func inJSON(fields session.Fields) Body { return JSONText(fields.JSON()) }

// credentials are the fields of a login with a password.
func credentials(login, password string) session.Fields {
	return session.Fields{{Name: "login", Value: login}, {Name: "password", Value: password}}
}

// fieldsOf are those of a node's map, by name.
func fieldsOf(node map[string]any) (fields session.Fields) {
	for _, name := range slices.Sorted(maps.Keys(node)) {
		fields = append(fields, session.Field{Name: name, Value: node[name]})
	}
	return fields
}

// visit is a session in use; it has no cookie where none was opened.
type visit struct {
	Session
	t     *Caller
	login *exchange.Exchange
}

// logIn goes a way in with the body, and with the headers of the document's samples. What it opens is ended when all is
// done.
func logIn(t *Caller, w *session.Way, step *Step, body Body, options ...Option) *visit {
	options = append([]Option{Header("Accept", jsonType)}, options...)
	v := &visit{Session{Account: w.Account}, t, t.Post(step, w.Path, body, options...)}
	noteSecrets(t, v.login, repeated[w.Path+w.Account])
	v.keep(v.login)
	return v
}

// keep takes the cookies of an answer, as a browser does: some products hand out a new one with every answer.
func (v *visit) keep(e *exchange.Exchange) {
	if cookies := merged(v.Cookie, e); e.Succeeded() && cookies != v.Cookie {
		v.t.Ended(v.Session)
		v.Cookie = cookies
		v.t.Opened(v.Session)
	}
}

// merged adds the cookies that an answer sets to a Cookie header. Cookies that it takes back stay.
func merged(cookies string, e *exchange.Exchange) string {
	var pairs []string
	at := map[string]int{}
	for _, pair := range append(pairsOf(cookies), pairsOf(e.CookieHeader())...) {
		name, _, _ := strings.Cut(pair, "=")
		if i, known := at[name]; known {
			pairs[i] = pair
			continue
		}
		at[name] = len(pairs)
		pairs = append(pairs, pair)
	}
	return strings.Join(pairs, "; ")
}

// pairsOf are the name=value pairs of a Cookie header.
func pairsOf(cookies string) []string {
	if cookies == "" {
		return nil
	}
	return strings.Split(cookies, "; ")
}

// get asks with the session, if there is one.
func (v *visit) get(step *Step, path string) *exchange.Exchange {
	if v.Cookie == "" {
		return &exchange.Exchange{NotAsked: "no session was opened"}
	}
	e := get(v.t, step, path, v.Cookie)
	v.keep(e)
	return e
}

// get asks with the cookies, and with the headers of the document's samples.
func get(t *Caller, step *Step, path, cookies string, options ...Option) *exchange.Exchange {
	e := t.Get(step, path, append(options, CookieHeader(cookies), Header("Content-Type", jsonType),
		Header("Accept", jsonType))...)
	noteSecrets(t, e, "")
	return e
}

// logOut ends a session, with what one of its cookies says against forged requests; one without cookies is nobody's.
func logOut(t *Caller, step *Step, s Session, options ...Option) *exchange.Exchange {
	e := t.Post(step, logoutPath, nil, append(append(options, session.CSRF(t, s.Cookie)...), CookieHeader(s.Cookie),
		Header("Content-Type", jsonType))...)
	noteSecrets(t, e, "")
	return e
}

// The attempts to use what a refused request left, and to do so after a good login.
var isLive, liveAfterGood = sessions.Attempt(session.Live), sessions.Attempt("is it live after a good one")

// sessionOfLogin is the session that a login opened.
func sessionOfLogin(_ *Caller, login *exchange.Exchange) Session {
	return Session{Account: cmp.Or(login.Account, "user"), Cookie: login.CookieHeader()}
}

const (
	// secretNote says which secrets of the target an answer shows, in clear or hashed. Specs see only stand-ins of
	// secrets.
	secretNote = "shows a secret"
	// repeatedNote says whether a login's answer repeats the secret that was sent: yes, no, or why nobody can tell.
	repeatedNote = "repeats the secret"
	// shortestTold is how long a secret must be, in bytes, to be told from innocent text.
	shortestTold = 8
)

// repeated are the secrets that a good login sends, by its path and account, where another clause says that its answer
// does not repeat them: see noteRepeated.
var repeated = map[string]string{byPassword.Path + "user": "user.password", byToken.Path + "user": "token"}

// noteSecrets records which of the target's secrets the answer shows. An accepted one may show that which it was sent.
func noteSecrets(t *Caller, e *exchange.Exchange, sent string) {
	if e.Answer == nil || e.Succeeded() && len(e.Body()) > longest {
		return
	}
	shown := slices.DeleteFunc(finderOf(t).In(e), func(one string) bool {
		return e.Succeeded() && sent != "" && (strings.HasPrefix(one, sent+" ") || strings.Contains(one, " of "+sent+" "))
	})
	if len(shown) > 0 {
		e.Note(secretNote, "the answer shows "+strings.Join(shown, ", "))
	}
}

// finderOf finds the target's secrets, by their names in targets.yaml.
func finderOf(t *Caller) *session.Finder {
	words := []string{t.User.Login}
	var secrets []string
	add := func(name, secret string) {
		if len(secret) >= shortestTold {
			secrets = append(secrets, name, secret)
		}
	}
	add("user.password", t.User.Password)
	add("token", own(t).Token)
	if t.OtherUser != nil {
		add("other_user.password", t.OtherUser.Password)
		words = append(words, t.OtherUser.Login)
	}
	if key := nodeSecret(t); key != "" {
		add("node."+key, own(t).Node[key].(string))
	}
	return session.FinderOf(secrets, words...)
}

// noteRepeated records whether the answer repeats the secret: specs see only a stand-in of it.
func noteRepeated(e *exchange.Exchange, login, secret string) {
	switch {
	case len(secret) < shortestTold:
		e.Note(repeatedNote, "the secret is too short to be told from other text")
	case login != "" && strings.Contains(login, secret):
		e.Note(repeatedNote, "the secret is a part of the login")
	case len(session.Shown(e, secret, login)) > 0:
		e.Note(repeatedNote, "yes")
	default:
		e.Note(repeatedNote, "no")
	}
}

// noteAlike notes of a login whether its cookies are like those of an earlier one: the one that differs most counts.
func noteAlike(earlier, later *exchange.Exchange) {
	was, now, before := map[string]string{}, "", ""
	for _, pair := range pairsOf(earlier.CookieHeader()) {
		name, value, _ := strings.Cut(pair, "=")
		was[name] = value
	}
	for _, pair := range pairsOf(later.CookieHeader()) {
		name, value, _ := strings.Cut(pair, "=")
		if session.Differing(was[name], value) > session.Differing(now, before) {
			now, before = value, was[name]
		}
	}
	session.NoteAlike(later, now, before)
}
