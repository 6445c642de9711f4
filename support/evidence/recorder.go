package evidence

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/keycloak"
	"session-conformance/support/redact"
	"session-conformance/support/target"
)

const (
	silenceLimit = 3       // requests in a row without an answer end a target
	keptLimit    = 8 << 20 // bytes of a target's requests and answers, with what is not a body; more than that end it
)

// recorder keeps what one target's run leaves. Scenarios running side by side share it.
type recorder struct {
	target   target.Target
	client   *exchange.Client
	hider    *redact.Hider
	progress *Progress
	// userAgent names the suite: no secret, also where a target repeats it.
	userAgent string
	masked    string // what had to be masked in the evidence
	leftOut   bool   // its evidence could not be masked

	tokens func() (keycloak.Tokens, string) // the target's, or why it has none; the first call fetches them
	grants *keycloak.Grants                 // of all targets of the run; nil: this one is alone

	api      *API
	accounts *accounts // of all targets of the run

	takeTurns bool                        // written by control only, which runs alone
	oneAtOnce bool                        // a user has one session at a time: likewise
	done      map[*Scenario]chan struct{} // closed when a scenario has ended; only those that run

	order map[*Scenario]int // the place of each scenario in its API's order

	mu        sync.Mutex
	exchanges map[*Scenario][]*exchange.Exchange
	about     map[string][]*exchange.Exchange // by each cookie that they carry, as name=value
	outcomes  []Outcome
	silent    int // requests in a row without an answer
	kept      int // bytes of what was recorded
	stopped   string
	own       map[string]*ownAccount // by name: see account
	letIn     bool                   // a login was accepted
	open      []openSession
	lived     []lived    // all sessions that logins opened, in their order
	left      []leftover // whatever else is to be undone
	refusals  *refusals
	inPlace   answersInPlace
	lost      *exchange.Exchange // see noteLost
	lockedOut string             // the account of which a good login was refused that was accepted before
	refusedIn map[*Scenario]bool // the scenarios that have sent a refused login
	tidying   bool               // what the run left is being undone, whatever ended it
	tidied    int                // what had been sent by tidies before
	granted   keycloak.Tokens    // fetched in this run
	cut       time.Time          // when the run was interrupted; zero: it was not
	harmless  bool               // a logout ends its own session and no other: written when only control has run
	together  chan struct{}      // closed when all scenarios that run side by side have begun
	labels    map[string]string  // what the secrets are that scenarios and settings know, by secret
	madeOf    map[string]string  // secrets that scenarios made of others, and of which
	handedOut map[string]int     // values of cookies that answers set, by the exchange that did so first
}

// send sends the request unless the target has ended, and records what came of it.
func (r *recorder) send(ctx context.Context, s *Scenario, c call) *exchange.Exchange {
	if reason := r.over(ctx); reason != "" {
		return r.notAsked(s, c, reason)
	}
	c.request.Urgency = r.urgency(s)
	if c.wrong != "" {
		c.request.Again = r.account(c.wrong).wrongAgain
	}
	e := r.client.Send(ctx, c.request)
	e.Scenario, e.Step, e.TryOf, e.Mints, e.Configured = s.Name, c.step.Name, c.step.tryOf(), c.mints, c.opens != ""
	e.Account = c.logsIn
	if e.NotAsked != "" {
		return r.notAsked(s, c, e.NotAsked)
	}
	e.Request.Abridge()
	r.record(s, c, e)
	r.progress.asked(r.target.Name)
	return e
}

// urgency lets a scenario go on before others start, the earliest declared one first: a long chain that has to wait
// behind many short ones is what a run then waits for.
func (r *recorder) urgency(s *Scenario) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.exchanges[s])*len(r.order) - r.order[s]
}

// notAsked settles a request that is not sent.
func (r *recorder) notAsked(s *Scenario, c call, reason string) *exchange.Exchange {
	return r.notAskedAs(Inconclusive, s, c, reason)
}

func (r *recorder) notAskedAs(verdict string, s *Scenario, c call, reason string) *exchange.Exchange {
	if !IsOwn(s.Name) {
		r.settle(c.step.outcome(s, verdict, "not asked: "+reason))
	}
	return &exchange.Exchange{Scenario: s.Name, Step: c.step.Name, Request: c.request, NotAsked: reason}
}

// over says why nothing more is sent, or is empty.
func (r *recorder) over(ctx context.Context) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return "the run was interrupted"
	case r.tidying:
		return ""
	}
	return r.stopped
}

// wrongLimit is how many wrong passwords an account may see in a run.
func (r *recorder) wrongLimit() int {
	return cmp.Or(r.target.WrongPasswords, target.DefaultWrongPasswords)
}

// turnsOf names whose turns a scenario of the account takes: where a user has one session at a time those of all
// accounts, for a scenario of one may log another one in.
func (r *recorder) turnsOf(account string) string {
	if r.oneAtOnce {
		return "all"
	}
	return account
}

// caller is what a scenario acts through.
func (r *recorder) caller(ctx context.Context, s *Scenario) *Caller {
	return &Caller{Target: r.target, ctx: ctx, rec: r, scenario: s}
}

// every gives all exchanges so far, in no order.
func (r *recorder) every() []*exchange.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Concat(slices.Collect(maps.Values(r.exchanges))...)
}

// keep keeps the exchanges of a scenario in the order in which they were sent: two of them may be under way at once.
func (r *recorder) keep(s *Scenario, e *exchange.Exchange) {
	all := r.exchanges[s]
	at := len(all)
	for at > 0 && all[at-1].Started.After(e.Started) {
		at--
	}
	r.exchanges[s] = slices.Insert(all, at, e)
	for pair := range strings.SplitSeq(e.Request.Header.Get("Cookie")+"; "+e.CookieHeader(), "; ") {
		if pair != "" {
			r.about[pair] = append(r.about[pair], e)
		}
	}
}

func (r *recorder) record(s *Scenario, c call, e *exchange.Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(s, e)
	r.noteLost(c, e)
	r.bound(e)
	if c.wrong != "" {
		r.at(c.wrong).sent++
	}
	switch {
	case e.Unsendable:
		return // neither silence nor an answer
	case e.NoAnswer != "" && e.Answer != nil: // it broke off: somebody is there
	case e.NoAnswer != "" && !e.Unsent && (c.refuse || c.odd) && !c.beside && r.letIn && !s.control:
		return // a good login tells whether the target is there: see isThere
	case e.Unanswered() != "" && e.HeldBack() == "":
		if r.silent++; r.silent >= silenceLimit && r.stopped == "" {
			r.stopped = fmt.Sprintf("%d requests in a row got no answer (%s)", silenceLimit,
				cmp.Or(e.NoAnswer, e.Unanswered()))
		}
		return
	}
	r.silent = 0
}

// bound sees to it that a target's evidence stays small: what is beyond keptLimit is not kept, and ends the target.
func (r *recorder) bound(e *exchange.Exchange) {
	size := e.Size()
	if r.kept+size <= keptLimit {
		r.kept += size
		return
	}
	if r.stopped == "" {
		r.stopped = fmt.Sprintf("its answers are longer than %d MiB in all, which no documented call needs",
			keptLimit>>20)
	}
	e.Forget(fmt.Sprintf("it was not kept, because the target's answers are longer than %d MiB in all", keptLimit>>20))
}

// find gives a step's exchange; where it was not reached, one that says so.
func (r *recorder) find(step *Step) *exchange.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.exchanges[step.Scenario()] {
		if e.Step == step.Name {
			return e
		}
	}
	return &exchange.Exchange{Scenario: step.Scenario().Name, Step: step.Name,
		NotAsked: fmt.Sprintf("%q was not reached in %q", step.Name, step.Scenario().Name)}
}

func (r *recorder) settle(o Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcomes = append(r.outcomes, o)
}

func (r *recorder) stop(reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped == "" {
		r.stopped = reason
	}
}

func (r *recorder) refuse(account, reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at(account).barred = reason
}
