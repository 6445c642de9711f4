package evidence

import (
	"context"
	"net/http"
	"slices"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/keycloak"
	"session-conformance/support/target"
)

// needToken is the need for which a Keycloak token is fetched where targets.yaml has none.
const needToken = "keycloak"

// fetch gets the target's tokens, or says why there are none. A token of targets.yaml is taken as it is.
func (r *recorder) fetch(ctx context.Context, userAgent string) (tokens keycloak.Tokens, none string) {
	k := r.target.Realm()
	if k.Token != "" {
		return keycloak.Tokens{Access: k.Token}, ""
	}
	tokens, err := keycloak.Fetch(ctx, keycloak.Realm{Keycloak: *k, Timeout: r.target.Timeout, UserAgent: userAgent,
		Grants: r.grants})
	if err != nil {
		return keycloak.Tokens{}, "no Keycloak token: " + err.Error()
	}
	r.mu.Lock()
	r.granted = tokens
	r.mu.Unlock()
	r.learn("keycloak.token", tokens.Access)
	r.learn("keycloak.refresh_token", tokens.Refresh)
	r.learn("keycloak.id_token", tokens.ID)
	return tokens, ""
}

// asksTokens says whether the scenario acts with a Keycloak token.
func (s *Scenario) asksTokens() bool { return slices.Contains(s.needs, needToken) }

// giveTokens gives a caller the target's tokens; what it returns says why there are none.
func (r *recorder) giveTokens(caller *Caller) (verdict, reason string) {
	tokens, none := r.tokens()
	switch {
	case none != "":
		return Inconclusive, none
	case tokens.Fetched && tokens.Over(time.Now()):
		return Inconclusive, "the Keycloak token that was fetched had expired before this was asked: have the realm's " +
			"Access Token Lifespan longer"
	}
	caller.tokens = tokens
	return "", ""
}

// Doubt records in a refused login with the fetched access token why the target may have been right to refuse it, if
// anything speaks for that: see keycloak.Tokens.Doubt, and DoubtOf for the spec that reads it.
func (t *Caller) Doubt(login *exchange.Exchange) {
	if login.Unanswered() != "" || login.Succeeded() {
		return
	}
	date, err := http.ParseTime(login.Header("Date"))
	if err != nil {
		date = time.Time{} // none, or none that can be read
	}
	var users []string
	for _, u := range []*target.User{t.User, t.OtherUser} {
		if u != nil {
			users = append(users, u.Login, u.Email)
		}
	}
	if doubt := t.tokens.Doubt(t.Realm().ClientID, login.Started.Add(login.Took), date, users...); doubt != "" {
		login.Note(doubted, doubt)
	}
}

// DoubtOf is what Doubt recorded, or empty.
func DoubtOf(login *exchange.Exchange) string { return login.Notes[doubted] }

const doubted = "doubt of the token"
