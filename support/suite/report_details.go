package suite

import (
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/support/clause"
	"session-conformance/support/exchange"
	"session-conformance/support/report"
)

// These fill in what the report shows beside the verdicts.

// addCurl fills in the line that sends the last exchange again that a spec read which did not pass, where one line
// does.
func (s *Suite) addCurl(ev *subject, results []report.Result) {
	lines := map[int]string{}
	for i := range results {
		read := results[i].Exchanges
		if len(read) == 0 || !slices.Contains(scripted, results[i].Verdict) {
			continue
		}
		last := read[len(read)-1]
		if _, known := lines[last]; !known {
			for _, e := range ev.run.Exchanges {
				if e.Number == last {
					lines[last] = s.finding(ev, clause.Clause{}, e, "").Line()
				}
			}
		}
		results[i].Curl = lines[last]
	}
}

// contradictions are those that the catalogue notes, in its order.
func (s *Suite) contradictions() []report.Contradiction {
	var list []report.Contradiction
	for _, k := range s.catalogue.Clauses {
		if k.Contradiction != "" {
			list = append(list, report.Contradiction{Clause: k.ID, Source: k.Source.String(), Text: k.Contradiction})
		}
	}
	return list
}

// unjudged are the clauses that no spec judges, in the catalogue's order.
func (s *Suite) unjudged() []report.Unjudged {
	var list []report.Unjudged
	for _, k := range s.catalogue.Clauses {
		if k.Unjudged != "" {
			list = append(list, report.Unjudged{Clause: k.ID, Says: k.Says, Why: k.Unjudged})
		}
	}
	return list
}

const (
	drawnTargets  = 20      // of more targets the times of requests are not kept: nobody looks at a thousand pictures
	shownOfSpec   = 4       // exchanges of a spec, the last ones
	shownOfTarget = 120     // exchanges
	shownOfMany   = 20      // exchanges of a target where there are more than drawnTargets
	shownBody     = 2 << 10 // bytes of a body
	shownHeader   = 500     // bytes of a header's value
	shownHeaders  = 40      // of a request or an answer
)

// show fills in the exchanges that reports show with what did not pass, and when requests were sent.
func (ev *subject) show(t *report.Target, targets int) {
	most, wanted := shownOfTarget, map[int]bool{}
	if targets > drawnTargets {
		most = shownOfMany
	}
	for _, verdict := range []report.Verdict{report.Fail, report.Inconclusive, report.Waived, report.Warn} {
		for _, r := range t.Results {
			if r.Verdict != verdict {
				continue
			}
			for _, n := range r.Exchanges[max(0, len(r.Exchanges)-shownOfSpec):] {
				if len(wanted) < most {
					wanted[n] = true
				}
			}
		}
	}
	var first time.Time
	for _, e := range ev.run.Exchanges {
		if first.IsZero() || e.Started.Before(first) {
			first = e.Started
		}
		if wanted[e.Number] {
			t.Exchanges = append(t.Exchanges, shownOf(e))
		}
	}
	if targets <= drawnTargets {
		for _, e := range ev.run.Exchanges {
			t.Timeline = append(t.Timeline, report.Moment{At: rounded(e.Started.Sub(first)), Took: rounded(e.Took),
				Status: e.Status()})
		}
	}
}

func rounded(d time.Duration) float64 { return math.Round(d.Seconds()*10000) / 10000 }

func shownOf(e *exchange.Exchange) report.Shown {
	shown := report.Shown{Number: e.Number, Scenario: e.Scenario, Step: e.Step, NoAnswer: e.NoAnswer,
		Took:  rounded(e.Took),
		Asked: message(e.Request.Method+" "+e.Request.URL, e.Request.Header, e.Request.Body, e.Request.LeftOut)}
	if e.Answer != nil {
		shown.Answer = message(e.StatusLine(), e.Answer.Header, e.Answer.Body, 0)
	}
	return shown
}

func message(line string, header http.Header, body []byte, leftOut int) report.Message {
	m := report.Message{Line: cut(line, shownBody), LeftOut: leftOut}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			if len(m.Headers) < shownHeaders {
				m.Headers = append(m.Headers, [2]string{cut(name, shownHeader), cut(value, shownHeader)})
			}
		}
	}
	if len(body) > shownBody {
		m.LeftOut += len(body) - shownBody
		body = body[:shownBody]
	}
	m.Body = strings.ToValidUTF8(string(body), "\ufffd")
	return m
}

// documents are those that the catalogue names.
func (s *Suite) documents() []report.Document {
	var list []report.Document
	for _, d := range s.catalogue.Documents {
		list = append(list, report.Document{File: d.File, Title: d.Title, SHA256: d.SHA256})
	}
	return list
}
