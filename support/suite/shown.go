package suite

import "session-conformance/support/report"

// These fill in what the report shows beside the verdicts.

// curl is the line that sends the last of the exchanges with these numbers again; empty where none was read.
func (ev *Evidence) curl(numbers []int) string {
	if len(numbers) == 0 || ev.run == nil {
		return ""
	}
	for _, e := range ev.run.Exchanges {
		if e.Number == numbers[len(numbers)-1] {
			return report.Curl(e, ev.run.Target.StandIns)
		}
	}
	return ""
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
