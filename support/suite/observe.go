package suite

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
)

// observation is something that the documents leave open and a reader wants to know.
type observation struct {
	name string
	look func(*Look) string
}

// Look reads evidence for an observation: it judges nothing and ends nothing.
type Look struct {
	Target evidence.Target
	run    *evidence.Evidence
}

// Of gives a step's answered exchange; nil if there is none.
func (l *Look) Of(step *evidence.Step) *exchange.Exchange {
	if e := l.run.Find(step.Scenario().Name, step.Name); e.Answered() {
		return e
	}
	return nil
}

// Status is the status line of such an exchange, or empty.
func (l *Look) Status(step *evidence.Step) string {
	return l.Seen(step, (*exchange.Exchange).StatusLine)
}

// Seen is what there is to say of a step's answer; empty where there is none.
func (l *Look) Seen(step *evidence.Step, say func(*exchange.Exchange) string) string {
	if e := l.Of(step); e != nil {
		return say(e)
	}
	return ""
}

// ObserveStatus declares an observation of a step's status.
func (s *Suite) ObserveStatus(name string, step *evidence.Step) bool {
	return s.Observe(name, func(l *Look) string { return l.Status(step) })
}

// ObserveAnswer declares an observation of a step's answer.
func (s *Suite) ObserveAnswer(name string, step *evidence.Step, say func(*exchange.Exchange) string) bool {
	return s.Observe(name, func(l *Look) string { return l.Seen(step, say) })
}

// ObserveAbsent declares an observation whether a feature that the target declares to lack really is not there, by the
// step that tried it: see Absent.
func (s *Suite) ObserveAbsent(feature string, tried *evidence.Step, also ...int) bool {
	return s.Observe("declared absent: "+feature, func(l *Look) string { return l.Absent(tried, also...) })
}

// ObserveSecondLogin declares an observation whether a login ends the user's earlier session, by a use of the first
// session after the second login and one of the second, where that is answered.
func (s *Suite) ObserveSecondLogin(ofFirst, ofSecond *evidence.Step) bool {
	return s.Observe("a second login ends the first session", func(l *Look) string {
		if !l.Of(ofSecond).Succeeded() {
			return ""
		}
		return l.Seen(ofFirst, Refused)
	})
}

// Observe declares an observation. An empty value says that nothing was seen, and is left out.
func (s *Suite) Observe(name string, look func(*Look) string) bool {
	s.observed = append(s.observed, observation{name, look})
	return true
}

// observedLimit is how much of an observation is shown, in bytes: a target may answer with a time zone of a megabyte.
const observedLimit = 500

// observe collects what there is to observe of a target.
func (s *Suite) observe(ev *subject) []report.Observation {
	list := []report.Observation{}
	if lost := unanswered(ev.run.Exchanges); lost != "" {
		list = append(list, report.Observation{Name: "requests without an answer",
			Value: exchange.Printable(lost, observedLimit)})
	}
	if limited := limited(ev.run.Exchanges); limited != "" {
		list = append(list, report.Observation{Name: "limits on requests", Value: limited})
	}
	if odd := oddCoding(ev.run.Exchanges); odd != "" {
		list = append(list, report.Observation{Name: "Content-Encoding that is no coding",
			Value: exchange.Printable(odd, observedLimit)})
	}
	look := &Look{Target: ev.run.Target, run: ev.run}
	for _, o := range s.observed {
		if seen := o.look(look); seen != "" {
			list = append(list, report.Observation{Name: o.name, Value: exchange.Printable(seen, observedLimit)})
		}
	}
	return list
}

// limited says how often the target put requests off, and which setting helps; empty where it did not.
func limited(exchanges []*exchange.Exchange) string {
	n, again, waited := 0, 0, time.Duration(0)
	for _, e := range exchanges {
		if e.Resends > 0 || e.Status() == http.StatusTooManyRequests {
			n, again, waited = n+1, again+e.Resends, waited+e.Waited
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d requests were answered 429 or 503 at first, asked again %d times, and waited %s in all: "+
		"concurrency: 1 in targets.yaml, or a higher limit for the address of this machine, makes a run faster",
		n, again, waited.Round(time.Second))
}

// oddCoding is a Content-Encoding that is none, as UTF-8, of an answer which was read as if it were absent; empty where
// there is none.
func oddCoding(exchanges []*exchange.Exchange) string {
	for _, e := range exchanges {
		if odd := e.Answer.OddCoding(); odd != "" {
			return fmt.Sprintf("%s, which is ignored, as curl and browsers do", odd)
		}
	}
	return ""
}

// unanswered says how many requests got no answer, and why the first of them did not: it may be one that no spec
// judges. It is empty where all did.
func unanswered(exchanges []*exchange.Exchange) string {
	var first *exchange.Exchange
	n := 0
	for _, e := range exchanges {
		if !e.Answered() {
			if first == nil {
				first = e
			}
			n++
		}
	}
	if first == nil {
		return ""
	}
	return fmt.Sprintf("%d, the first of them %q: %s", n, first.Scenario+": "+first.Step,
		cmp.Or(first.NoAnswer, first.Unanswered()))
}

// These put what an observation sees into words that stay the same from run to run, so that releases can be compared.

// Absent says whether a feature that the target declares to lack really is not there, by the step that tried it; empty
// where that was not asked. also are further statuses that say so.
func (l *Look) Absent(tried *evidence.Step, also ...int) string {
	e := l.Of(tried)
	switch {
	case e == nil:
		return ""
	case slices.Contains(append(also, 404, 405, 501), e.Status()):
		return "really absent: " + e.StatusLine()
	}
	return fmt.Sprintf("answered %s to invented credentials, so it may be there", e.StatusLine())
}

// ContentType is an answer's, or "none".
func ContentType(e *exchange.Exchange) string { return TextOr(e.Header("Content-Type"), "none") }

// MediaType is that without parameters.
func MediaType(e *exchange.Exchange) string { return TextOr(e.MediaType(), "none") }

// YesNo is "yes" or "no".
func YesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// Accepted says whether a request was answered 2xx, Refused whether it was not.
func Accepted(e *exchange.Exchange) string { return YesNo(e.Succeeded()) }

func Refused(e *exchange.Exchange) string { return YesNo(!e.Succeeded()) }

// TextOr is the text, or what stands for an empty one.
func TextOr(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

// Attributes are those of a cookie, or "none". When it expires differs from run to run, so only that it does is said.
func Attributes(c exchange.Cookie) string {
	var list []string
	for _, a := range c.Attributes {
		switch {
		case a.Name == "expires":
			list = append(list, "expires=…")
		case a.Value != "":
			list = append(list, a.Name+"="+a.Value)
		default:
			list = append(list, a.Name)
		}
	}
	return TextOr(strings.Join(list, "; "), "none")
}
