package report

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"session-conformance/support/sink"
)

// allureResult is a spec as Allure reads it, from a file whose name ends in -result.json.
type allureResult struct {
	UUID      string        `json:"uuid"`
	HistoryID string        `json:"historyId"`
	Name      string        `json:"name"`
	FullName  string        `json:"fullName"`
	Status    string        `json:"status"`
	Details   allureDetails `json:"statusDetails"`
	Labels    []allureLabel `json:"labels"`
	Start     int64         `json:"start"` // milliseconds since the epoch
	Stop      int64         `json:"stop"`
}

type allureDetails struct {
	Message string `json:"message,omitempty"`
}

type allureLabel struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// allureStatus are Allure's words for verdicts; for all others it is skipped, as in JUnit.
var allureStatus = map[Verdict]string{Pass: "passed", Fail: "failed", Inconclusive: "broken"}

// allureSeverity are Allure's words for tiers.
var allureSeverity = map[string]string{"stated": "critical", "shown": "normal", "extra": "minor"}

// WriteAllure writes a file for each spec into the folder, as Allure 2 and 3 read them. A spec of a target has the same
// history in every run.
func WriteAllure(runs []*Results, folder string) error {
	for _, run := range runs {
		began := run.Started
		for _, t := range run.Targets {
			for _, r := range t.Results {
				took := time.Duration(r.Seconds * float64(time.Second))
				full := run.API + "." + t.Name + ": " + r.Spec
				id := sha256.Sum256([]byte(full))
				name := fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
				a := allureResult{UUID: name, HistoryID: fmt.Sprintf("%x", id[:16]), Name: sink.Visible(r.Spec),
					FullName: sink.Visible(full), Status: allureStatus[r.Verdict], Start: began.UnixMilli(),
					Stop: began.Add(took).UnixMilli(),
					Labels: []allureLabel{{"parentSuite", titleOf(run.API)}, {"suite", sink.Visible(t.Name)},
						{"subSuite", sink.Visible(r.Call)}, {"tag", sink.Visible(r.Clause)}, {"tag", r.Tier},
						{"severity", allureSeverity[r.Tier]}, {"framework", "session-conformance"}}}
				if a.Status == "" {
					a.Status = "skipped"
				}
				if r.Verdict != Pass {
					a.Details.Message = string(r.Verdict) + ": " + sink.Text(r.Message)
				}
				text, err := json.Marshal(a)
				if err == nil {
					err = write(filepath.Join(folder, name+"-result.json"), entire(text))
				}
				if err != nil {
					return err
				}
				began = began.Add(took)
			}
		}
	}
	return nil
}
