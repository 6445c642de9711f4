package suite

import (
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"session-conformance/support/clause"
	"session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/lang"
	"session-conformance/support/match"
	"session-conformance/support/report"
	"session-conformance/support/repro"
	"session-conformance/support/sink"
	"session-conformance/support/target"
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

// fromCatalogue fills in what the catalogue says beside the clauses that specs judge, in its order.
func (s *Suite) fromCatalogue(r *report.Results) {
	for _, k := range s.catalogue.Clauses {
		if k.Contradiction != "" {
			r.Contradictions = append(r.Contradictions,
				report.Contradiction{Clause: k.ID, Source: k.Source.String(), Text: k.Contradiction})
		}
		if k.Unjudged != "" {
			r.Unjudged = append(r.Unjudged, report.Unjudged{Clause: k.ID, Says: k.Says, Why: k.Unjudged})
		}
	}
	for _, d := range s.catalogue.Documents {
		r.Documents = append(r.Documents, report.Document{File: d.File, Title: d.Title, SHA256: d.SHA256})
	}
}

// scripted are the verdicts whose clauses get a script that reproduces them.
var scripted = []report.Verdict{report.Fail, report.Warn, report.Waived}

// scripts are the scripts that reproduce what failed at a target: of each clause, the first spec that shows it. Of more
// targets than are drawn there are none: who looks at one of them judges it alone.
func (s *Suite) scripts(ev *subject) []report.Script {
	if len(s.targets) > drawnTargets {
		return nil
	}
	var list []report.Script
	at := slices.Index(s.targets, ev)
	for _, of := range s.of(at) {
		j := s.judgements[judged{of.full, at}]
		if !slices.Contains(scripted, j.Verdict) ||
			slices.ContainsFunc(list, func(earlier report.Script) bool { return earlier.Clause == of.clause }) {
			continue
		}
		i := slices.IndexFunc(ev.run.Exchanges, func(e *exchange.Exchange) bool { return e.Number == j.Judged })
		if i < 0 {
			continue
		}
		k, _ := s.catalogue.Get(of.clause)
		script := s.finding(ev, k, ev.run.Exchanges[i], j.Check).Script()
		list = append(list, report.Script{Clause: k.ID, Needs: script.Needs, Steps: cut(script.Steps, textLimit),
			Text: script.Text})
	}
	return list
}

// finding is a clause that failed, for who sends again what was sent.
func (s *Suite) finding(ev *subject, k clause.Clause, last *exchange.Exchange, check string) repro.Finding {
	if t := ev.run.Target; ev.asked == nil {
		ev.asked = &repro.Run{Target: ev.name, URL: t.URL,
			Judged: (&report.Target{Gathered: ev.gathered}).From(lang.English), Exchanges: ev.run.Exchanges,
			Secrets: t.StandIns, Made: t.Made,
			Variables: t.FromEnvironment, Plain: slices.Clone(s.api.Words)}
		for _, u := range []*target.User{t.User, t.OtherUser} {
			if u != nil {
				for _, text := range []string{u.Login, u.Email, u.ID} {
					ev.asked.Plain = append(append(ev.asked.Plain, text), evidence.InBase64(text)...)
				}
			}
		}
	}
	return repro.Finding{Run: ev.asked, Clause: k.ID, Tier: string(k.Tier), Says: k.Says, Source: k.Source.String(),
		Last: last, Check: check}
}

// attempt is the command that shows again what an exchange showed: its request, or where one request does not show it,
// the clause's script; empty where neither does.
func (ev *Evidence) attempt(k clause.Clause, last *exchange.Exchange) string {
	f := ev.suite.finding(ev.subject, k, last, "")
	if line := f.Line(); line != "" {
		return line
	}
	folder, err := ev.suite.folder()
	if err != nil || match.Last() == nil || len(ev.suite.targets) > drawnTargets {
		return ""
	}
	return "sh " + sink.ShellLine(folder.Script(ev.name, k.ID))
}
