package evidence

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/support/exchange"
)

// tidyLimit is how long undoing what a run left takes at most: after a stop from then on, after an interrupt from that
// moment on.
const tidyLimit = 10 * time.Second

// openSession is one that a scenario opened.
type openSession struct {
	Session
	by *Scenario
	// the scenario had sent a refused login before: the session only shows that the account is let in
	after bool
}

// leftover is what a scenario leaves behind besides sessions.
type leftover struct {
	name string
	undo func(*Caller)
}

// Leaves registers what is to be undone when all is done, under a filter, after a stop and an interrupt too.
func (t *Caller) Leaves(name string, undo func(*Caller)) {
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	t.rec.left = append(t.rec.left, leftover{name, undo})
}

// Undone takes back what Leaves registered under the name.
func (t *Caller) Undone(name string) {
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	t.rec.left = slices.DeleteFunc(t.rec.left, func(l leftover) bool { return l.name == name })
}

// Lives says whether a session that was registered has not been ended.
func (t *Caller) Lives(s Session) bool {
	return slices.ContainsFunc(t.rec.sessions(nil, s.Account), func(o openSession) bool { return o.Session == s })
}

// Live is the session of an account that was opened last of those that were not ended; its cookie is empty where there
// is none.
func (t *Caller) Live(account string) (live Session) {
	for _, o := range t.rec.sessions(nil, account) {
		live = o.Session
	}
	return live
}

// About are the answers of a kind that set or got one of the cookies of a Cookie header, the earliest first.
func (t *Caller) About(cookies string, kind func(*exchange.Answer) bool) []*exchange.Exchange {
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	var all []*exchange.Exchange
	for pair := range strings.SplitSeq(cookies, "; ") {
		for _, e := range t.rec.about[pair] {
			if e.Answer != nil && kind(e.Answer) && !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	slices.SortFunc(all, func(a, b *exchange.Exchange) int { return a.Started.Compare(b.Started) })
	return all
}

func (r *recorder) opened(by *Scenario, s Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.Cookie == "" {
		return
	}
	at := slices.IndexFunc(r.open, func(o openSession) bool { return o.Session == s })
	switch {
	case at < 0:
		r.open = append(r.open, openSession{s, by, r.refusedIn[by]})
		r.lived = append(r.lived, lived{Session: s, opened: time.Now()})
	case r.open[at].by != by:
		r.open[at].by = tidies // more than one use it: it ends with the run
	}
}

func (r *recorder) ended(s Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = slices.DeleteFunc(r.open, func(o openSession) bool { return o.Session == s })
	if at := slices.IndexFunc(r.lived, func(l lived) bool { return l.Session == s }); at >= 0 {
		r.lived[at].ended = time.Now()
	}
}

// sessions are those that live, the earliest first: of a scenario that opened them, or of any (nil); of an account, or
// of any (empty).
func (r *recorder) sessions(by *Scenario, account string) []openSession {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(r.open), func(o openSession) bool {
		return by != nil && o.by != by || account != "" && o.Account != account
	})
}

// logsOut says whether the target has a logout.
func (r *recorder) logsOut() bool {
	return r.api.LogOut != nil && !slices.Contains(r.target.Without, "logout")
}

// LogOut ends a session in a step of the scenario, and gives the logout. One that Opened registered is then over.
func (t *Caller) LogOut(step *Step, s Session) *exchange.Exchange {
	e := t.rec.api.LogOut(t, step, s)
	if e.Succeeded() {
		t.Ended(s)
	}
	return e
}

// end ends a session by its own logout.
func (r *recorder) end(ctx context.Context, s Session) *exchange.Exchange {
	return r.caller(ctx, tidies).LogOut(NewStep("log out"), s)
}

// EndSessions ends those that the scenario has opened and does not need any more, so that few of an account live at
// once. It does so by itself at its end.
func (t *Caller) EndSessions() { t.rec.endSessions(t.ctx, t.scenario) }

// endSessions ends those of a scenario that is done, so that few of an account live at once. A logout that ends others
// too waits until nobody needs them.
func (r *recorder) endSessions(ctx context.Context, of *Scenario) {
	if !r.harmless {
		return
	}
	for _, o := range r.sessions(of, "") {
		r.end(ctx, o.Session)
	}
}

// refuses notes that a scenario sends a refused login.
func (r *recorder) refuses(ctx context.Context, s *Scenario) {
	r.mu.Lock()
	r.refusedIn[s] = true
	r.mu.Unlock()
	r.endBetween(ctx, s)
}

// endBetween ends the sessions that a scenario opened after a refused login, but for the latest: it may be used to show
// that the next refused login ended nothing.
func (r *recorder) endBetween(ctx context.Context, s *Scenario) {
	if !r.harmless {
		return
	}
	after := slices.DeleteFunc(r.sessions(s, ""), func(o openSession) bool { return !o.after })
	for i := 0; i < len(after)-1; i++ {
		r.end(ctx, after[i].Session)
	}
}

// tidy undoes what is left, whatever ended the run, within tidyLimit: first a good login where an account's latest one
// was refused, then all else side by side. What comes of it decides nothing. A target that is silent is left alone
// after the first try.
func (r *recorder) tidy(ctx context.Context) {
	r.mu.Lock()
	limit := tidyLimit
	if !r.cut.IsZero() {
		limit -= time.Since(r.cut)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	r.tidying, r.tidied = true, len(r.exchanges[tidies])
	silent := r.silent >= silenceLimit
	r.mu.Unlock()
	caller := r.caller(ctx, tidies)
	for _, a := range r.target.Accounts() {
		if r.account(a.Name).owing() && !r.isLocked() && !silent {
			caller.goodBetween(a.Name)
		}
	}
	r.mu.Lock()
	left := slices.Clone(r.left)
	r.mu.Unlock()
	for _, l := range left { // while sessions live to do it with
		if !r.latestSilent() {
			r.undoing(func() { l.undo(caller) })
		}
	}
	var all sync.WaitGroup
	for i, o := range r.sessions(nil, "") {
		switch {
		case !r.logsOut() || r.latestSilent():
		case i == 0:
			r.undoing(func() { r.end(ctx, o.Session) })
		default:
			all.Go(func() { r.undoing(func() { r.end(ctx, o.Session) }) })
		}
	}
	all.Wait()
	r.mu.Lock()
	granted := r.granted
	r.mu.Unlock()
	granted.End(ctx)
}

// undoing does work that may panic: then it ends alone.
func (r *recorder) undoing(work func()) {
	defer r.settleFailure(tidies)
	work()
}

// isLocked says whether the target was ended because a good login was refused.
func (r *recorder) isLocked() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lockedOut != ""
}

// latestSilent says whether the latest request that undid something got no answer. One that an interrupt cut off before
// tells nothing.
func (r *recorder) latestSilent() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	sent := r.exchanges[tidies][r.tidied:]
	return len(sent) > 0 && !sent[len(sent)-1].Answered()
}
