package report

// Shown is an exchange as reports show it: one that a spec read which did not pass. Secrets are hidden, as in the
// evidence.
type Shown struct {
	Number   int     `json:"number"` // in the target's evidence
	Scenario string  `json:"scenario"`
	Step     string  `json:"step"`
	Asked    Message `json:"asked"`
	Answer   Message `json:"answer"` // empty where none came
	NoAnswer string  `json:"no_answer,omitempty"`
	Took     float64 `json:"took"` // in seconds
}

// Message is a request or an answer.
type Message struct {
	Line    string      `json:"line,omitempty"` // "POST https://… " or "401 Unauthorized"
	Headers [][2]string `json:"headers,omitempty"`
	Body    string      `json:"body,omitempty"`
	LeftOut int         `json:"left_out,omitempty"` // bytes of the body that stand in the evidence only
}

// Moment is when a request was sent and how long its answer took, in seconds from the first one on.
type Moment struct {
	At     float64 `json:"at"`
	Took   float64 `json:"took"`
	Status int     `json:"status,omitempty"` // 0: no answer
}

// Unjudged is a documented behaviour that no spec judges.
type Unjudged struct {
	Clause string `json:"clause"`
	Says   string `json:"says"`
	Why    string `json:"why"`
}
