package evidence

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/support/exchange"
)

// lived is a session that a login opened, and when it did. ended is when a logout ended it; zero: none did.
type lived struct {
	Session
	opened, ended time.Time
}

// carries says whether the cookies of a Cookie header are the session's.
func (l lived) carries(cookies string) bool {
	own := strings.Split(l.Cookie, "; ")
	return !slices.ContainsFunc(strings.Split(cookies, "; "),
		func(pair string) bool { return !slices.Contains(own, pair) })
}

// tellEnded finds out, when all has run, why sessions died that no logout had ended: a product may have begun to bound
// how many a user has, or an operator may. Where a further login of an account ends the earlier session now, what was
// refused to a session after another login of its account tells nothing of the product's sessions.
func (r *recorder) tellEnded(ctx context.Context) {
	defer r.settleFailure(tidies)
	if r.takeTurns {
		return // known from the beginning
	}
	died := map[string][]*exchange.Exchange{} // uses of sessions of an account, after another login of it
	for _, e := range r.every() {
		if account := r.diedBeside(e); account != "" {
			died[account] = append(died[account], e)
		}
	}
	for account, refused := range died {
		if r.over(ctx) != "" || !r.furtherLoginEnds(ctx, account, refused[0]) {
			continue
		}
		for _, e := range refused {
			e.Void(fmt.Sprintf("another login of %s had been accepted since the session was opened; when the run began a "+
				"further login ended no session, and at its end one did: was a bound set meanwhile on how many a user may "+
				"have?", account))
		}
	}
}

// diedBeside is the account of a session that no logout had ended, whose use is refused after another login of it;
// empty where the exchange is no such use.
func (r *recorder) diedBeside(e *exchange.Exchange) string {
	cookies := e.Request.Header.Get("Cookie")
	if e.Request.Method != http.MethodGet || cookies == "" || !e.Answered() || e.Succeeded() || e.Status() >= 500 {
		return ""
	}
	at := slices.IndexFunc(r.lived, func(l lived) bool {
		return l.carries(cookies) && l.opened.Before(e.Started) && (l.ended.IsZero() || l.ended.After(e.Started))
	})
	if at < 0 || !r.loggedInBeside(r.lived[at], e) {
		return ""
	}
	return r.lived[at].Account
}

// loggedInBeside says whether another login of the session's account was accepted at or after its own, and no later
// than the exchange: of two that overlap nobody knows which came first.
func (r *recorder) loggedInBeside(l lived, e *exchange.Exchange) bool {
	ended := func(e *exchange.Exchange) time.Time { return e.Started.Add(e.Took) }
	logins := slices.DeleteFunc(r.every(), func(o *exchange.Exchange) bool {
		return o.Account != l.Account || !o.Succeeded() || o.Started.After(ended(e))
	})
	var own *exchange.Exchange // the latest to end before the session was known
	for _, o := range logins {
		if !ended(o).After(l.opened) && (own == nil || ended(o).After(ended(own))) {
			own = o
		}
	}
	return own != nil && slices.ContainsFunc(logins, func(o *exchange.Exchange) bool {
		return o != own && !ended(o).Before(own.Started)
	})
}

// furtherLoginEnds opens two sessions of the account one after the other, and says whether the second login ended the
// first one. Nobody else logs in meanwhile.
func (r *recorder) furtherLoginEnds(ctx context.Context, account string, use *exchange.Exchange) bool {
	if e, first := r.logInAgain(ctx, tidies, account, "log in at last"); e.Succeeded() && first.Cookie != "" &&
		r.use(ctx, use, first).Succeeded() {
		e, second := r.logInAgain(ctx, tidies, account, "log in beside it")
		if !e.Succeeded() || second.Cookie == "" {
			return false
		}
		earlier := r.use(ctx, use, first)
		return earlier.Answered() && !earlier.Succeeded() && r.use(ctx, use, second).Succeeded()
	}
	return false
}
