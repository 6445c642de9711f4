package suite

import (
	"slices"

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
		ev.asked = &repro.Run{Target: ev.name, URL: t.URL, Judged: (&report.Target{Gathered: ev.gathered}).From(lang.English),
			Exchanges: ev.run.Exchanges, Secrets: t.StandIns, Made: t.Made,
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
