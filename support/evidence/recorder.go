package evidence

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/keycloak"
	"session-conformance/support/redact"
	"session-conformance/support/target"
)

const (
	silenceLimit    = 3       // requests in a row without an answer end a target
	keptLimit       = 8 << 20 // bytes of a target's requests and answers, with what is not a body; more than that end it
	wrongLimit      = 5       // wrong passwords of an account in a run
	wrongInRowLimit = 2       // of them without a good login between
	wrongAgainLimit = 2       // of them that were put off, and so not judged, go out again
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

	takeTurns bool                        // written by control only, which runs alone
	done      map[*Scenario]chan struct{} // closed when a scenario has ended; only those that run

	order map[*Scenario]int // the place of each scenario in its API's order

	mu        sync.Mutex
	exchanges map[*Scenario][]*exchange.Exchange
	outcomes  []Outcome
	silent    int // requests in a row without an answer
	kept      int // bytes of what was recorded
	stopped   string
	refused   map[string]string
	wrong     map[string]*wrongPasswords
	sessions  []Session
	logins    map[string]*logins // by account: see Caller.Alone
	refusals  *refusals
	together  chan struct{}            // closed when all scenarios that run side by side have begun
	awaited   map[*Scenario][]awaiting // what scenarios waited for in their midst: see plan
	labels    map[string]string        // what the secrets are that scenarios and settings know, by secret
}

// wrongPasswords counts the refused logins of an account.
type wrongPasswords struct{ sent, inRow, again int }

// wrongAgain says whether a wrong password of the account that was put off may go out once more, and counts it.
func (r *recorder) wrongAgain(account string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.wrongOf(account)
	if w.again >= wrongAgainLimit {
		return false
	}
	w.again++
	return true
}

// send sends the request unless the target has ended, and records what came of it.
func (r *recorder) send(ctx context.Context, s *Scenario, c call) *exchange.Exchange {
	if reason := r.admit(ctx, c); reason != "" {
		r.settle(c.step.outcome(s, Inconclusive, "not asked: "+reason))
		return &exchange.Exchange{Scenario: s.Name, Step: c.step.Name, Request: c.request, NotAsked: reason}
	}
	c.request.Urgency = r.urgency(s)
	if c.wrong != "" {
		c.request.Again = func() bool { return r.wrongAgain(c.wrong) }
	}
	e := r.client.Send(ctx, c.request)
	e.Scenario, e.Step, e.TryOf, e.Mints, e.Configured = s.Name, c.step.Name, c.step.tryOf(), c.mints, c.opens != ""
	if e.NotAsked != "" {
		r.settle(c.step.outcome(s, Inconclusive, "not asked: "+e.NotAsked))
		return e
	}
	e.Request.Abridge()
	r.record(s, c, e)
	r.progress.asked()
	return e
}

// urgency lets a scenario go on before others start, the earliest declared one first: a long chain that has to wait behind many short
// ones is what a run then waits for.
func (r *recorder) urgency(s *Scenario) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.exchanges[s])*len(r.order) - r.order[s]
}

// admit says why the request must not be sent, or counts it and is empty.
func (r *recorder) admit(ctx context.Context, c call) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if ctx.Err() != nil {
		return "the run was interrupted"
	}
	if r.stopped != "" {
		return r.stopped
	}
	if c.wrong != "" {
		w := r.wrongOf(c.wrong)
		if w.sent >= wrongLimit || w.inRow >= wrongInRowLimit {
			return fmt.Sprintf("the account %s has seen %d wrong passwords, %d of them since its last good login; more could lock it", c.wrong, w.sent, w.inRow)
		}
		w.sent++
		w.inRow++
	}
	return ""
}

// keep keeps the exchanges of a scenario in the order in which they were sent: two of them may be under way at once.
func (r *recorder) keep(s *Scenario, e *exchange.Exchange) {
	all := r.exchanges[s]
	at := len(all)
	for at > 0 && all[at-1].Started.After(e.Started) {
		at--
	}
	r.exchanges[s] = slices.Insert(all, at, e)
}

func (r *recorder) record(s *Scenario, c call, e *exchange.Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(s, e)
	r.bound(e)
	switch {
	case e.Unsendable:
		return // neither silence nor an answer
	case e.NoAnswer != "" && e.Answer != nil: // it broke off: somebody is there
	case e.Unanswered() != "":
		if r.silent++; r.silent >= silenceLimit && r.stopped == "" {
			r.stopped = fmt.Sprintf("%d requests in a row got no answer (%s)", silenceLimit, cmp.Or(e.NoAnswer, e.Unanswered()))
		}
		return
	}
	r.silent = 0
	if c.opens != "" && e.Succeeded() {
		r.wrongOf(c.opens).inRow = 0
	}
}

// bound sees to it that a target's evidence stays small: what is beyond keptLimit is not kept, and ends the target.
func (r *recorder) bound(e *exchange.Exchange) {
	size := e.Size()
	if r.kept+size <= keptLimit {
		r.kept += size
		return
	}
	if r.stopped == "" {
		r.stopped = fmt.Sprintf("its answers are longer than %d MiB in all, which no documented call needs", keptLimit>>20)
	}
	e.Forget("it was not kept, because the target's answers are longer than " + fmt.Sprint(keptLimit>>20) + " MiB in all")
}

func (r *recorder) wrongOf(account string) *wrongPasswords {
	if r.wrong[account] == nil {
		r.wrong[account] = &wrongPasswords{}
	}
	return r.wrong[account]
}

// find gives a step's exchange; where it was not reached, one that says so.
func (r *recorder) find(step *Step) *exchange.Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range r.exchanges[step.scenario] {
		if e.Step == step.Name {
			return e
		}
	}
	return &exchange.Exchange{Scenario: step.scenario.Name, Step: step.Name,
		NotAsked: fmt.Sprintf("%q was not reached in %q", step.Name, step.scenario.Name)}
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
	r.refused[account] = reason
}

func (r *recorder) opened(s Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.Cookie != "" && !slices.Contains(r.sessions, s) {
		r.sessions = append(r.sessions, s)
	}
}

func (r *recorder) ended(s Session) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sessions = slices.DeleteFunc(r.sessions, func(o Session) bool { return o == s })
}

func (r *recorder) learn(label, secret string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hider.Learn(label, secret)
	if _, known := r.labels[secret]; !known && secret != "" {
		r.labels[secret] = label
	}
}

// awaits notes that a scenario waits for another one in its midst.
func (r *recorder) awaits(s, on *Scenario) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.awaited[s] = append(r.awaited[s], awaiting{sent: len(r.exchanges[s]), on: on})
}

// waits notes that a scenario lets time pass in its midst.
func (r *recorder) waits(s *Scenario, d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.awaited[s] = append(r.awaited[s], awaiting{sent: len(r.exchanges[s]), wait: d})
}
