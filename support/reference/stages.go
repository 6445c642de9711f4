package reference

import (
	"net/http"
	"regexp"
	"slices"
)

// Stage is a point on a request's way through a server at which effects change it.
type Stage int

// Effects are what peculiarities do to the requests T of a server that embeds them, in the order of their list. The
// zero value has none.
type Effects[T any] struct{ at map[Stage][]func(T) }

// Take lets the effects of a stage change a request.
func (e *Effects[T]) Take(at Stage, request T) {
	for _, change := range e.at[at] {
		change(request)
	}
}

func (e *Effects[T]) add(at Stage, change func(T)) {
	if e.at == nil {
		e.at = map[Stage][]func(T){}
	}
	e.at[at] = append(e.at[at], change)
}

// When is a condition on a request.
type When[T any] func(T) bool

// Where holds where all the conditions do. Each may rely on those before it.
func Where[T any](all ...When[T]) When[T] {
	return func(request T) bool {
		return !slices.ContainsFunc(all, func(holds When[T]) bool { return !holds(request) })
	}
}

// Unless holds where the condition does not.
func Unless[T any](holds When[T]) When[T] { return func(request T) bool { return !holds(request) } }

// At changes requests at a stage where all the conditions hold.
func At[S interface{ add(Stage, func(T)) }, T any](at Stage, change func(T), only ...When[T]) func(S) {
	holds := Where(only...)
	return func(server S) {
		server.add(at, func(request T) {
			if holds(request) {
				change(request)
			}
		})
	}
}

// Gate is the way into a server that embeds it: its handler, and what peculiarities put before that.
type Gate struct{ http.Handler }

// Before puts something before what is there, which it may hand requests on to.
func (g *Gate) Before(does func(next http.Handler, w http.ResponseWriter, r *http.Request)) {
	next := g.Handler
	g.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { does(next, w, r) })
}

// Near answers requests whose path has such a part as if it were another one's.
func (g *Gate) Near(pattern string, answers http.HandlerFunc) {
	near := regexp.MustCompile(pattern)
	g.Before(func(next http.Handler, w http.ResponseWriter, r *http.Request) {
		if near.MatchString(r.URL.EscapedPath()) {
			next = answers
		}
		next.ServeHTTP(w, r)
	})
}
