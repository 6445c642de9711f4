package suite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/lang"
	"session-conformance/support/target"
)

// Login is what came of the control of a target: see LogIn.
type Login struct {
	Target   string
	Requests int
	First    *exchange.Exchange // the login by password; nil where none was sent
	In       *exchange.Exchange // the login that was let in; nil where none was
	Why      string             // why nobody was let in, with the likely causes; empty: somebody was
}

// LogIn runs the control of each target, as a run begins, and what ends the sessions that it opened; nothing else is
// sent. The targets are all of the suite's API.
func (s *Suite) LogIn(ctx context.Context, targets []target.Target) ([]Login, error) {
	err := s.takeCatalogue()
	if err == nil {
		err = s.api.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("suites/%s: %w", s.api.Name, err)
	}
	var jobs []evidence.Job
	for _, t := range targets {
		job := evidence.Job{Target: t, Scenarios: map[string]bool{}} // control is always run
		stop := s.prepare(&job)
		defer stop()
		jobs = append(jobs, job)
	}
	logins, failed := make([]Login, len(jobs)), make([]error, len(jobs))
	evidence.Gather(ctx, s.api, jobs, "session-conformance/"+evidence.Version(), &s.progress,
		func(i int, g evidence.Gathered) {
			logins[i], failed[i] = s.login(g.HAR)
		})
	return logins, errors.Join(failed...)
}

// login reads what came of a target's control.
func (s *Suite) login(har []byte) (Login, error) {
	ev, err := evidence.Read(har)
	if err != nil {
		return Login{}, err
	}
	l := Login{Target: ev.Target.Name, Requests: len(ev.Exchanges), Why: ev.Target.Stopped}
	control := s.api.Scenarios()[0].Name
	for _, e := range ev.Exchanges {
		if e.Scenario != control {
			continue
		}
		if l.First == nil {
			l.First = e
		}
		if l.Why == "" && l.In == nil && evidence.LetIn(e) {
			l.In = e
		}
	}
	if l.In == nil && l.Why == "" {
		l.Why = "nobody was let in"
	}
	return l, nil
}

// Tell says in one or two lines what came of it.
func (l Login) Tell() string {
	if l.In == nil {
		return lang.T("%s: nobody is let in", l.Target) + "\n  " + upper(lang.Sentence(l.Why))
	}
	if l.In != l.First {
		return lang.T("%s: let in by %q only: %s %s is answered %s\n  If user.password is right, a run fails the "+
			"product for this.", l.Target, l.In.Step, l.First.Request.Method, l.First.Request.URL, l.First.StatusLine())
	}
	return lang.T("%s: let in: %s %s is answered %s; %d requests", l.Target, l.First.Request.Method,
		l.First.Request.URL, l.First.StatusLine(), l.Requests)
}

// upper writes a sentence's first letter large, and ends it.
func upper(sentence string) string {
	if sentence == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(sentence)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(sentence[size:], ".") + "."
}
