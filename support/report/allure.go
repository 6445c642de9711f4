package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"

	"session-conformance/support/sink"
)

// allureSeverity are Allure's words for tiers.
var allureSeverity = map[string]string{"stated": "critical", "shown": "normal", "extra": "minor"}

// WriteAllure writes a file for each case of JUnit into the folder, as Allure 2 and 3 read them: its name ends in
// -result.json. A case of a target has the same history in every run. How the targets were judged stands in
// environment.properties, which a report shows at its head.
func WriteAllure(runs []*Results, folder string) error {
	var environment bytes.Buffer
	for _, run := range runs {
		began := run.Started
		for s := range run.suites("") {
			fmt.Fprintf(&environment, "%s = %s\n", javaKey(s.Name), java(s.judged()))
			for _, c := range s.Cases {
				ended := began
				if c.of != nil {
					ended = began.Add(time.Duration(c.of.Seconds * float64(time.Second)))
				}
				id := sha256.Sum256([]byte(s.Name + ": " + c.Name))
				name := fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:16])
				text, err := json.Marshal(map[string]any{"uuid": name, "historyId": fmt.Sprintf("%x", id[:16]),
					"name": sink.Line(c.Name), "fullName": s.Name + ": " + sink.Line(c.Name),
					"status": c.allureStatus(), "statusDetails": c.allureDetails(),
					"labels": c.allureLabels(run.API, s.Name),
					"start":  began.UnixMilli(), "stop": ended.UnixMilli()}) // milliseconds since the epoch
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
	return write(filepath.Join(folder, "environment.properties"), entire(environment.Bytes()))
}

// judged says how a target was judged, and what must be known before any verdict.
func (s *junitSuite) judged() string {
	var said []string
	for _, p := range s.Properties {
		if p.Name == "verdict" || p.Name == "judged" || p.Name == "notice" {
			said = append(said, p.Value)
		}
	}
	return sink.Line(cmp.Or(strings.Join(said, "; "), "not judged"))
}

// allureStatus is Allure's word for what became of a case: what could not be judged is broken.
func (c *junitCase) allureStatus() string {
	switch {
	case c.of == nil || c.of.Verdict == Inconclusive:
		return "broken"
	case c.Failure != nil:
		return "failed"
	case c.Skipped != nil:
		return "skipped"
	}
	return "passed"
}

// allureDetails are the first line of why a case did not pass, by which Allure groups cases, and all of it.
func (c *junitCase) allureDetails() map[string]string {
	m := cmp.Or(c.Failure, c.Skipped)
	if m == nil {
		return map[string]string{}
	}
	return map[string]string{"message": m.Message, "trace": cmp.Or(m.Text, m.Message)}
}

// allureLabels place a case in the trees of Allure: by target, and by call and clause.
func (c *junitCase) allureLabels(api, suite string) []map[string]string {
	labels := [][2]string{{"framework", "session-conformance"}, {"parentSuite", titleOf(api)}, {"epic", titleOf(api)},
		{"suite", strings.TrimPrefix(suite, sink.Line(api)+".")}, {"package", suite}}
	if r := c.of; r != nil {
		labels = append(labels, [2]string{"subSuite", r.Call}, [2]string{"feature", r.Call},
			[2]string{"story", r.Clause}, [2]string{"tag", r.Clause}, [2]string{"tag", r.Tier},
			[2]string{"severity", allureSeverity[r.Tier]})
	}
	var list []map[string]string
	for _, label := range labels {
		if label[1] != "" {
			list = append(list, map[string]string{"name": label[0], "value": sink.Line(label[1])})
		}
	}
	return list
}

// java is a text of one line as a value in a file of Java properties.
func java(text string) string {
	var b strings.Builder
	for _, c := range strings.ReplaceAll(text, `\`, `\\`) {
		if c > '~' {
			for _, unit := range utf16.AppendRune(nil, c) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// javaKey is a text of one line as a key there.
func javaKey(text string) string {
	return strings.NewReplacer(" ", `\ `, ":", `\:`, "=", `\=`, "#", `\#`, "!", `\!`).Replace(java(text))
}
