package evidence

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"session-conformance/support/exchange"
	"session-conformance/support/keycloak"
	"session-conformance/support/redact"
	"session-conformance/support/target"
)

// underWayLimit bounds the requests under way over all targets, and so the targets that are asked at once: more would
// wait for
// a request's turn, and hold what they gathered meanwhile.
const underWayLimit = 256

// AtOnceVariable lowers how many targets are asked at once: of a crowd on a busy machine each would wait for the
// others.
const AtOnceVariable = "TARGETS_AT_ONCE"

func targetsAtOnce() int {
	if n, err := strconv.Atoi(os.Getenv(AtOnceVariable)); err == nil && n > 0 && n < underWayLimit {
		return n
	}
	return underWayLimit
}

// Job is one target to gather evidence of.
type Job struct {
	Target target.Target
	TLS    *tls.Config
	// Scenarios are the names of the scenarios that are needed; nil: all.
	Scenarios map[string]bool
	// Failed says why the target cannot be asked at all; empty: it can.
	Failed string
}

// Gathered is a target's evidence, as a HAR file with its secrets hidden.
type Gathered struct {
	HAR []byte
	// Secrets are those of the target, to be masked in what is made of the evidence.
	Secrets *redact.Hider
}

// Gather runs the scenarios of an API against all targets side by side, those of one account one after the other. It
// hands over each target's evidence as soon as it is
// whole, by the job's place among jobs, and keeps nothing of it; done may be called by several goroutines at once.
func Gather(ctx context.Context, api *API, jobs []Job, userAgent string, progress *Progress,
	done func(i int, g Gathered)) {
	requests, targets := make(chan struct{}, underWayLimit), make(chan struct{}, targetsAtOnce())
	grants, accounts := &keycloak.Grants{}, &accounts{}
	one := func(i int) {
		r := newRecorder(ctx, api, jobs[i], requests, userAgent, progress)
		r.grants, r.accounts = grants, accounts
		defer r.client.Close()
		done(i, r.gather(ctx, api, jobs[i]))
		progress.finished(jobs[i].Target.Name)
	}
	var all sync.WaitGroup
	for _, chain := range byAccount(jobs) {
		targets <- struct{}{}
		all.Go(func() {
			defer func() { <-targets }()
			for _, i := range chain {
				one(i)
			}
		})
	}
	all.Wait()
}

// gather runs one target. A mistake of our own ends that target alone, without evidence. Of a panic only the type and
// place are said:
// its value may be a secret, and hiding may be what failed.
func (r *recorder) gather(ctx context.Context, api *API, job Job) (gathered Gathered) {
	gathered.Secrets = r.hider
	defer func() {
		if failure := recover(); failure != nil {
			gathered.HAR = r.bare(fmt.Sprintf("the suite itself failed (%T at %s): please report it", failure, placeOfPanic()))
		}
	}()
	r.run(ctx, api, job)
	gathered.HAR = r.guarded(r.har(api))
	return gathered
}

// bare is the evidence of a target of which nothing can be kept, with the reason.
func (r *recorder) bare(reason string) []byte {
	return encode(Target{Target: r.target.WithoutSecrets(), RefusedLogins: r.refusedLogins(), Stopped: reason,
		LeftOut: r.leftOut}, nil, nil, Version())
}

// placeOfPanic is the file and line that panicked, for a deferred function that recovers.
func placeOfPanic() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s:%d", filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}

func newRecorder(ctx context.Context, api *API, job Job, shared chan struct{}, userAgent string,
	progress *Progress) *recorder {
	r := &recorder{
		target: job.Target,
		client: exchange.NewClient(exchange.Settings{Timeout: job.Target.Timeout, Concurrency: job.Target.Concurrency,
			Headers: job.Target.Headers, TLS: job.TLS, UserAgent: userAgent, Shared: shared}),
		hider:     redact.New(),
		progress:  progress,
		userAgent: userAgent,
		exchanges: map[*Scenario][]*exchange.Exchange{},
		refused:   map[string]string{},
		wrong:     map[string]int{},
		good:      map[string]call{},
		turned:    map[string]call{},
		turns:     map[string]*sync.Mutex{},
		api:       api,
		accounts:  &accounts{},
		between:   &Scenario{Name: BetweenName},
		tidies:    &Scenario{Name: CleanUpName},
		refusedIn: map[*Scenario]bool{},
		seats:     make(chan struct{}, seats),
		done:      map[*Scenario]chan struct{}{},
		order:     map[*Scenario]int{},
		logins:    map[string]*logins{},
		awaited:   map[*Scenario][]awaiting{},
		labels:    map[string]string{},
		handedOut: map[string]bool{},
		refusals:  newRefusals(),
		together:  make(chan struct{}),
		stopped:   job.Failed,
	}
	r.tokens = sync.OnceValues(func() (keycloak.Tokens, string) { return r.fetch(ctx, userAgent) })
	return r
}

// run keeps the order: control alone, then side by side, then endings one by one, then the clean-up.
func (r *recorder) run(ctx context.Context, api *API, job Job) {
	chosen := api.chosen(job.Scenarios)
	for i, s := range api.Scenarios() {
		r.order[s] = i
	}
	r.act(ctx, chosen[0])
	r.tellLogout(ctx, chosen[0])
	r.mu.Lock()
	if control := r.exchanges[chosen[0]]; r.stopped == "" && len(control) > 0 &&
		!slices.ContainsFunc(control, (*exchange.Exchange).Answered) {
		r.stopped = "the first request got no answer (" + cmp.Or(control[0].NoAnswer, control[0].Unanswered()) + ")"
	}
	r.mu.Unlock()

	var endings []*Scenario
	var sideBySide sync.WaitGroup
	turns := map[string][]*Scenario{}
	for _, s := range chosen {
		r.done[s] = make(chan struct{})
	}
	close(r.done[chosen[0]])
	if r.stopped == "" && slices.ContainsFunc(chosen, func(s *Scenario) bool { return s.asksTokens() && r.runs(s) }) {
		sideBySide.Go(func() { r.tokens() }) // so that it does not wait for the turn of who needs them
	}
	start := func(chain []*Scenario) {
		sideBySide.Go(func() {
			for _, s := range chain {
				for _, earlier := range s.after {
					<-r.done[earlier]
				}
				r.act(ctx, s)
				close(r.done[s])
			}
		})
	}
	letGo := r.client.HoldBack()
	for _, s := range chosen[1:] {
		switch {
		case s.ending:
			endings = append(endings, s)
		case r.takeTurns && s.account != "":
			turns[s.account] = append(turns[s.account], s)
		default:
			start([]*Scenario{s})
		}
	}
	for _, chain := range turns {
		start(chain)
	}
	time.Sleep(together)
	close(r.together)
	letGo()
	sideBySide.Wait()
	for _, s := range endings {
		r.act(ctx, s)
		close(r.done[s])
	}
	r.tidy(ctx)
	r.tellSteady()
	if ctx.Err() != nil {
		r.stop("the run was interrupted")
	}
}

// tellSteady finds the calls that the target answers 503 while it answers others before and after: that is their
// answer.
func (r *recorder) tellSteady() {
	r.mu.Lock()
	defer r.mu.Unlock()
	var first, last time.Time // of the answered ones
	var busy []*exchange.Exchange
	for _, exchanges := range r.exchanges {
		for _, e := range exchanges {
			switch {
			case !e.Answered():
				busy = append(busy, e)
			case first.IsZero() || e.Started.Before(first):
				first = e.Started
				last = later(last, e.Started)
			default:
				last = later(last, e.Started)
			}
		}
	}
	for _, e := range busy {
		if !first.IsZero() && first.Before(e.Started) && last.After(e.Started) {
			e.Steady()
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// together is within what time the first requests of scenarios that start together have come.
const together = time.Millisecond

// runs says whether nothing keeps the scenario from running, as far as targets.yaml tells.
func (r *recorder) runs(s *Scenario) bool {
	verdict, _ := missing(s, &r.target)
	return verdict == ""
}

// act runs one scenario, or settles why it does not run. A scenario that panics ends alone.
func (r *recorder) act(ctx context.Context, s *Scenario) {
	if verdict, reason := missing(s, &r.target); verdict != "" {
		r.settle(s.outcome(verdict, reason))
		return
	}
	r.mu.Lock()
	reason := r.stopped
	r.mu.Unlock()
	if reason != "" {
		r.settle(s.outcome(Inconclusive, "not asked: "+reason))
		return
	}
	defer r.settleFailure(s)
	caller := &Caller{Target: r.target, rec: r, scenario: s}
	if verdict, reason := r.withTokens(s, caller); verdict != "" {
		r.settle(s.outcome(verdict, reason))
		return
	}
	if r.takeTurns && s.account != "" {
		turn := r.turnOf(s.account)
		turn.Lock()
		defer turn.Unlock()
	}
	if s.account != "" && !s.control && !s.ending && r.harmless {
		r.seats <- struct{}{}
		caller.seated = true
		defer func() { <-r.seats }()
	}
	s.act(ctx, caller)
	if !s.control {
		r.endSessions(ctx, s)
	}
}

// settleFailure records that a scenario panicked, where it did. To be deferred.
func (r *recorder) settleFailure(s *Scenario) {
	if failure := recover(); failure != nil {
		r.settle(s.outcome(Inconclusive, fmt.Sprintf("the suite's own scenario failed: %v", failure)))
	}
}

// CleanUpName is the scenario under which the clean-up's exchanges stand in the evidence.
const CleanUpName = "end the sessions that are left open"
