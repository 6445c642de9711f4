package suite

import "session-conformance/support/report"

// These fill in what the report shows beside the verdicts.

// addCurl fills in the line that sends the last exchange again that a spec read; none where it read none.
func (ev *subject) addCurl(results []report.Result) {
	again := report.NewCurl(ev.run.Target.StandIns)
	lines := map[int]string{}
	for i := range results {
		read := results[i].Exchanges
		if len(read) == 0 {
			continue
		}
		last := read[len(read)-1]
		if lines[last] == "" {
			for _, e := range ev.run.Exchanges {
				if e.Number == last {
					lines[last] = again.Line(e)
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
