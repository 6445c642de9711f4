package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"session-conformance/support/sink"
)

// allureStatus are Allure's words for verdicts; for all others it is skipped, as in JUnit.
var allureStatus = map[Verdict]string{Pass: "passed", Fail: "failed", Inconclusive: "broken"}

// allureSeverity are Allure's words for tiers.
var allureSeverity = map[string]string{"stated": "critical", "shown": "normal", "extra": "minor"}

// WriteAllure writes a file for each spec into the folder, as Allure 2 and 3 read them: its name ends in -result.json.
// A spec of a target has the same history in every run.
func WriteAllure(runs []*Results, folder string) error {
	for _, run := range runs {
		began := run.Started
		for _, t := range run.Targets {
			for _, r := range t.Results {
				ended := began.Add(time.Duration(r.Seconds * float64(time.Second)))
				full := run.API + "." + t.Name + ": " + r.Spec
				id := sha256.Sum256([]byte(full))
				name := fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
				details, labels := map[string]string{}, []map[string]string{}
				if r.Verdict != Pass {
					details["message"] = string(r.Verdict) + ": " + sink.Text(r.Message)
				}
				for _, label := range [][2]string{{"parentSuite", titleOf(run.API)}, {"suite", sink.Visible(t.Name)},
					{"subSuite", sink.Visible(r.Call)}, {"tag", sink.Visible(r.Clause)}, {"tag", r.Tier},
					{"severity", allureSeverity[r.Tier]}, {"framework", "session-conformance"}} {
					labels = append(labels, map[string]string{"name": label[0], "value": label[1]})
				}
				text, err := json.Marshal(map[string]any{"uuid": name, "historyId": fmt.Sprintf("%x", id[:16]),
					"name": sink.Visible(r.Spec), "fullName": sink.Visible(full),
					"status": cmp.Or(allureStatus[r.Verdict], "skipped"), "statusDetails": details, "labels": labels,
					"start": began.UnixMilli(), "stop": ended.UnixMilli()}) // milliseconds since the epoch
				if err == nil {
					err = write(filepath.Join(folder, name+"-result.json"), entire(text))
				}
				if err != nil {
					return err
				}
				began = ended
			}
		}
	}
	return nil
}
