package evidence

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/keycloak"
	"session-conformance/support/sink"
	"session-conformance/support/target"
)

// Caller is what a scenario acts through: the target's settings, and requests that are recorded.
type Caller struct {
	target.Target
	ctx      context.Context // of the run, or of its clean-up
	rec      *recorder
	scenario *Scenario
	tokens   keycloak.Tokens
	seat     chan struct{} // of its account, while it holds that: see ownAccount
	alone    string        // the account whose logins this scenario keeps to itself at the moment
}

// Body is what a request carries.
type Body interface {
	encode() (contentType string, text []byte)
}

// JSON is a JSON object, sent as raw UTF-8.
type JSON map[string]any

func (j JSON) encode() (string, []byte) { return "application/json", sink.Compact(map[string]any(j)) }

// Raw is a body as it stands, with its media type.
type Raw struct{ ContentType, Text string }

func (r Raw) encode() (string, []byte) { return r.ContentType, []byte(r.Text) }

// JSONText is a body sent as application/json as it stands, well-formed or not.
func JSONText(text string) Body { return Raw{ContentType: "application/json", Text: text} }

// Get sends a step of the scenario as a GET to the path below the target's url. It always returns an exchange.
func (t *Caller) Get(step *Step, path string, options ...Option) *exchange.Exchange {
	return t.send(step, http.MethodGet, path, nil, options)
}

// Post sends a POST; a nil body sends none.
func (t *Caller) Post(step *Step, path string, body Body, options ...Option) *exchange.Exchange {
	return t.send(step, http.MethodPost, path, body, options)
}

// Delete sends a DELETE.
func (t *Caller) Delete(step *Step, path string, options ...Option) *exchange.Exchange {
	return t.send(step, http.MethodDelete, path, nil, options)
}

func (t *Caller) send(step *Step, method, path string, body Body, options []Option) *exchange.Exchange {
	c := call{request: exchange.Request{Method: method, URL: t.URL + path, Header: http.Header{}},
		step: t.scenario.own(step, method+" "+path)}
	if body != nil {
		contentType, text := body.encode()
		c.request.Body = text
		if contentType != "" {
			c.request.Header.Set("Content-Type", contentType)
		}
	}
	for _, option := range options {
		option(&c)
	}
	e := t.logIn(c)
	t.whoAnswers(e)
	return e
}

// Of gives a step's exchange, of this scenario or of one that this one builds on, with its real values; never nil.
func (t *Caller) Of(step *Step) *exchange.Exchange { return t.rec.find(step) }

// Await waits until a scenario that was declared earlier has ended, where it runs at all. Waiting for a later one could
// wait for ever, so that is refused.
func (t *Caller) Await(s *Scenario) {
	if t.rec.order[s] >= t.rec.order[t.scenario] {
		panic(fmt.Sprintf("%q waits for %q, which is declared later", t.scenario.Name, s.Name))
	}
	if done := t.rec.done[s]; done != nil {
		if t.seat != nil && !t.rec.takeTurns { // so that the other one finds a seat, and the account few sessions
			t.rec.endBetween(context.Background(), t.scenario)
			<-t.seat
			defer func() { t.seat <- struct{}{} }()
		}
		<-done
	}
}

// Wait lets the time pass, or less where the run is interrupted. A scenario has to say why it waits: everybody's run
// takes longer.
func (t *Caller) Wait(d time.Duration) {
	select {
	case <-t.ctx.Done():
	case <-time.After(d):
	}
}

// Secret tells that a value made by the scenario is a secret: a near-password, an altered token.
func (t *Caller) Secret(label, value string) string {
	t.rec.learn(label, value)
	return value
}

// Altered is Secret for what a scenario made of another secret, so that evidence says of which, and how.
func (t *Caller) Altered(label, value, of string) string {
	t.rec.learn(label, value)
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	t.rec.madeOf[value] = of
	return value
}

// Minted is Secret for what an answer handed out, of which a scenario makes others.
func (t *Caller) Minted(label, value string) string {
	t.rec.learn(label, value)
	t.rec.mu.Lock()
	defer t.rec.mu.Unlock()
	t.rec.handedOut[value] = 0
	return value
}

// Tokens are the target's Keycloak tokens, for a scenario that Needs "keycloak"; none for others. The ID and refresh
// token are empty where none was fetched.
func (t *Caller) Tokens() keycloak.Tokens { return t.tokens }

// Omit records why a step was left out.
func (t *Caller) Omit(step *Step, verdict, reason string) {
	t.rec.settle(step.outcome(t.scenario, verdict, reason))
}

// TakeTurns makes the scenarios of one account run one after another: a login of the target ends the earlier session.
func (t *Caller) TakeTurns() { t.rec.takeTurns = true }

// Turned tells whether TakeTurns was called.
func (t *Caller) Turned() bool { return t.rec.takeTurns }

// RefuseAccount keeps an account's configured credentials from being sent any more: they are refused.
func (t *Caller) RefuseAccount(account, reason string) { t.rec.refuse(account, reason) }

// Stop ends the target: nothing more is sent, and what is left is inconclusive for that reason.
func (t *Caller) Stop(reason string) { t.rec.stop(reason) }

// Opened registers a session, to be ended when all is done.
func (t *Caller) Opened(s Session) { t.rec.opened(t.scenario, s) }

// Ended takes a session back that Opened registered: the scenario ended it itself.
func (t *Caller) Ended(s Session) { t.rec.ended(s) }
