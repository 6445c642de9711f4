package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"session-conformance/support/sink"
)

// annotationsShown is how many annotations are made: GitHub and Azure show ten of a step.
const annotationsShown = 10

// annotation is something that became worse, or failed where nothing was compared.
type annotation struct{ target, clause, text string }

// annotated are those of the runs, once for each clause of a target.
func annotated(runs []*Results) (list []annotation) {
	for _, run := range runs {
		for _, gone := range run.Gone {
			list = append(list, annotation{gone, Gone, "the target stands in " + run.Since + " and has no results"})
		}
		for _, t := range run.Targets {
			var all []annotation
			for _, c := range t.Changes {
				if c.Worse {
					all = append(all, annotation{t.Name, cmp.Or(c.Clause, c.Subject), c.String()})
				}
			}
			for _, r := range t.As(Fail) {
				if run.Since == "" {
					all = append(all, annotation{t.Name, r.Clause, "failed: " + r.Says})
				}
			}
			for _, same := range grouped(all, func(a annotation) string { return a.clause }) {
				list = append(list, same[0])
			}
		}
	}
	return list
}

// Annotations are lines for the log of a CI job, by which the agents of GitHub and Azure mark what became worse since
// an accepted state, or what failed where nothing was compared. They are empty for other systems, which variable
// tells: os.Getenv.
func Annotations(runs []*Results, variable func(string) string) string {
	var write func(annotation) string
	switch {
	case variable("GITHUB_ACTIONS") == "true":
		write = func(a annotation) string {
			return fmt.Sprintf("::error title=%s::%s\n", sink.GitHubProperty(a.target+": "+a.clause), sink.GitHubData(a.text))
		}
	case strings.EqualFold(variable("TF_BUILD"), "true"):
		write = func(a annotation) string {
			return "##vso[task.logissue type=error]" + sink.AzureData(a.target+": "+a.clause+": "+a.text) + "\n"
		}
	default:
		return ""
	}
	text, all := "", annotated(runs)
	for _, a := range all[:min(len(all), annotationsShown)] {
		text += write(a)
	}
	return text
}

// WriteCodeQuality writes gl-code-quality.json: see CodeQuality.
func (d Dir) WriteCodeQuality(runs []*Results, file string) error {
	return write(d.quality(), entire(CodeQuality(runs, file)))
}

// CodeQuality is GitLab's report of code quality: what became worse, or failed where nothing was compared. file names
// the targets, below the project's folder; GitLab shows an issue at a place in a file.
func CodeQuality(runs []*Results, file string) []byte {
	list := []map[string]any{}
	for _, a := range annotated(runs) {
		sum := sha256.Sum256([]byte(a.target + "\x00" + a.clause))
		list = append(list, map[string]any{"description": sink.Line(a.target + ": " + a.clause + ": " + a.text),
			"check_name": sink.Line(a.clause), "fingerprint": hex.EncodeToString(sum[:]), "severity": "major",
			"location": map[string]any{"path": sink.Line(file), "lines": map[string]int{"begin": 1}}})
	}
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		panic("code quality of plain strings does not encode: " + err.Error())
	}
	return append(text, '\n')
}
