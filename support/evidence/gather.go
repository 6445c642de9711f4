package evidence

import (
	"context"
	"crypto/tls"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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
// wait for a request's turn, and hold what they gathered meanwhile.
const underWayLimit = 256

// AtOnceVariable lowers how many targets are asked at once: of a crowd on a busy machine each would wait for the
// others.
const AtOnceVariable = "TARGETS_AT_ONCE"

// TargetsAtOnce is how many targets are asked at once at the most.
func TargetsAtOnce() int {
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
// hands over each target's evidence as soon as it is whole, by the job's place among jobs, and keeps nothing of it;
// done may be called by several goroutines at once.
func Gather(ctx context.Context, api *API, jobs []Job, userAgent string, progress *Progress,
	done func(i int, g Gathered)) {
	requests, targets := make(chan struct{}, underWayLimit), make(chan struct{}, TargetsAtOnce())
	grants, accounts := &keycloak.Grants{}, &accounts{}
	// What comes after the requests is work for a processor: more of it at once would keep answers waiting until they are
	// too late.
	finishing := make(chan struct{}, runtime.GOMAXPROCS(0))
	one := func(i int) {
		r := newRecorder(ctx, api, jobs[i], requests, userAgent, progress)
		r.grants, r.accounts = grants, accounts
		defer r.client.Close()
		failure := safely(func() { r.run(ctx, api, jobs[i]) })
		finishing <- struct{}{}
		done(i, r.gathered(failure))
		<-finishing
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

// gathered is the evidence of a run, or of one that failed by a mistake of our own: that ends its target alone, without
// evidence.
func (r *recorder) gathered(failure string) Gathered {
	g := Gathered{Secrets: r.hider}
	if failure == "" {
		failure = safely(func() { g.HAR = r.guarded(r.har(r.api)) })
	}
	if failure != "" {
		g.HAR = r.bare("the suite itself failed (" + failure + "): please report it")
	}
	return g
}

// safely says what panicked and where; empty: nothing. Of a panic only the type and place are said: its value may be a
// secret, and hiding may be what failed.
func safely(do func()) (failure string) {
	defer func() {
		if cause := recover(); cause != nil {
			failure = fmt.Sprintf("%T at %s", cause, PlaceOfPanic())
		}
	}()
	do()
	return ""
}

// bare is the evidence of a target of which nothing can be kept, with the reason.
func (r *recorder) bare(reason string) []byte {
	return encode(Target{r.target.WithoutSecrets(), Course{RefusedLogins: r.wrongPasswords(), Stopped: reason,
		LeftOut: r.leftOut}}, nil, nil, Version())
}

// PlaceOfPanic is the file and line that panicked, for a deferred function that recovers.
func PlaceOfPanic() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf("%s line %d", filepath.Base(frame.File), frame.Line)
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
		about:     map[string][]*exchange.Exchange{},
		own:       map[string]*ownAccount{},
		api:       api,
		accounts:  &accounts{},
		refusedIn: map[*Scenario]bool{},
		done:      map[*Scenario]chan struct{}{},
		order:     map[*Scenario]int{},
		labels:    map[string]string{},
		madeOf:    map[string]string{},
		handedOut: map[string]int{},
		refusals:  newRefusals(),
		together:  make(chan struct{}),
		inPlace:   answersInPlace{map[string]time.Time{}, map[string]bool{}, ""},
		stopped:   job.Failed,
	}
	r.tokens = sync.OnceValues(func() (keycloak.Tokens, string) { return r.fetch(ctx, userAgent) })
	return r
}
