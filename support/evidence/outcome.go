package evidence

// The verdicts that a scenario can settle for the specs that read it.
const (
	Unsupported   = "unsupported"
	Unconfigured  = "unconfigured"
	NotApplicable = "not-applicable"
	Inconclusive  = "inconclusive"
)

// Outcome says why a scenario, or one step of it, left nothing to judge.
type Outcome struct {
	Scenario string `json:"scenario"`
	Step     string `json:"step,omitempty"`  // empty: the whole scenario
	TryOf    string `json:"tryOf,omitempty"` // as Exchange.TryOf
	Verdict  string `json:"verdict"`
	Reason   string `json:"reason"`
}

// Session is a session that a run opened.
type Session struct {
	Account string // whose it is
	Cookie  string // the Cookie header that carries it
}
