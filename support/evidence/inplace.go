package evidence

import (
	"fmt"
	"strings"
	"time"

	"session-conformance/support/exchange"
)

// answersInPlace are those that others give in a product's place, by what they look like: see exchange.InItsPlace. A
// product may give them too: all that has no session is shown a login page.
type answersInPlace struct {
	letIn map[string]time.Time // when a good login was let in after one of them
	own   map[string]bool      // it came again after that: the product answers so itself
	ended string               // why nothing more is asked; empty: the product was there all the time
}

// whoAnswers finds out after an answer that may be somebody else's whether the product is there: a good login tells.
func (t *Caller) whoAnswers(e *exchange.Exchange) {
	look := e.InItsPlace()
	if look == "" || t.scenario.control || t.rec.over(t.ctx) != "" {
		return
	}
	r, p := t.rec, &t.rec.inPlace
	r.mu.Lock()
	let, known := p.letIn[look]
	p.own[look] = p.own[look] || known && e.Started.After(let)
	r.mu.Unlock()
	if known || IsOwn(t.scenario.Name) { // what tidies up tells of an answer that came before, and asks nothing more
		return
	}
	defer t.takeTurn("user")()
	if plain := t.plain("user", "log in, to see who answers"); plain.Succeeded() && LetIn(plain) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if _, known = p.letIn[look]; !known {
			p.letIn[look] = time.Now()
		}
	}
}

// notTheProduct ends the target because a good login that was accepted before is answered by somebody else.
func (r *recorder) notTheProduct(name string, e *exchange.Exchange) {
	why := fmt.Sprintf("the login of %s that was accepted before is answered %s: somebody on the way, a captive portal "+
		"or a login page of a proxy, answers in the target's place, or the product is being maintained", name, e.InItsPlace())
	e.Void(why)
	r.stop(why)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inPlace.ended = why
}

// insteadOfSuccess finds the looks of answers to requests that succeeded when the very same was sent later.
func (r *recorder) insteadOfSuccess() map[string]bool {
	same := func(e *exchange.Exchange) string {
		header := e.Request.Header
		return strings.Join([]string{e.Request.Method, e.Request.URL, header.Get("Cookie"), header.Get("Authorization"),
			string(e.Request.Body)}, "\n")
	}
	succeeded, looks := map[string]time.Time{}, map[string]bool{}
	for _, e := range r.every() {
		if LetIn(e) && e.Started.After(succeeded[same(e)]) {
			succeeded[same(e)] = e.Started
		}
	}
	for _, e := range r.every() {
		if e.Started.Before(succeeded[same(e)]) {
			looks[e.InItsPlace()] = true
		}
	}
	return looks
}

// tellInPlace voids what somebody else may have answered: all that looks so where a good login was answered like that,
// or what else succeeds, else what came no more once a good login was let in.
func (r *recorder) tellInPlace() {
	others := r.insteadOfSuccess()
	for _, e := range r.every() {
		look := e.InItsPlace()
		switch {
		case look == "" || !e.Answered():
		case r.inPlace.ended != "":
			e.Void(r.inPlace.ended)
		case r.letIn && !r.inPlace.own[look]:
			e.Void(fmt.Sprintf("it was answered %s, and no other request was once a good login had been let in: somebody on "+
				"the way may have answered in the target's place", look))
		case others[look]:
			e.Void(fmt.Sprintf("it was answered %s, and so was a request that succeeded when it was sent again: somebody on "+
				"the way answered in the target's place, or one of several servers behind its address is being maintained", look))
		}
	}
}
