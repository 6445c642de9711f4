//go:build unit

package report

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

func TestAcceptKeepsVerdictsAndObservations(t *testing.T) {
	g := NewWithT(t)
	run := sample()
	run.Targets[0].Observations = []Observation{{"z", "<1> & \"2\"\u2028"}, {"a", "x"}}
	accepted, err := Accept([]*Results{run})
	g.Expect(err).NotTo(HaveOccurred())
	text := accepted.JSON()
	g.Expect(string(text)).To(And(
		ContainSubstring(`    {"clause":"c-fail-stated","spec":"spec b","verdict":"fail"},`+"\n"),
		ContainSubstring(`{"name":"z","value":"<1> & \"2\"`), Not(ContainSubstring("2026")),
		Not(ContainSubstring("because"))))
	file := filepath.Join(t.TempDir(), "accepted.json")
	g.Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
	read, err := ReadAccepted(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(read).To(Equal(accepted))
	g.Expect(read.Targets[0].Observations[0].Name).To(Equal("a"))

	run.Targets[0], run.Targets[1] = run.Targets[1], run.Targets[0]
	run.Started, run.Seconds = run.Started.AddDate(0, 0, 1), 9
	again, err := Accept([]*Results{run})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(again.JSON()).To(Equal(text), "the same verdicts give the same file")
}

func TestAcceptRefusesWhatIsNoWholeRun(t *testing.T) {
	filtered, doubled := sample(), sample()
	filtered.Filter = `--focus "x"`
	doubled.Targets = append(doubled.Targets, doubled.Targets[0])
	for says, runs := range map[string][]*Results{
		"there are no results":   nil,
		"nothing was judged":     {{API: "sdm", Targets: []Target{}}},
		"of it was judged":       {{API: "sdm", Targets: []Target{{Name: "lab"}}}},
		"judged under a filter":  {filtered},
		"sdm was not judged: no": {sample(), {API: "sdm", Problems: []string{"no\ngood"}}},
		"stands here twice":      {doubled},
	} {
		_, err := Accept(runs)
		NewWithT(t).Expect(err).To(MatchError(ContainSubstring(says)))
	}
}

func TestKeepKeepsTheOtherTargets(t *testing.T) {
	g := NewWithT(t)
	earlier := &Accepted{Targets: []AcceptedTarget{{API: "saymon", Name: "a", SuiteVersion: "old"},
		{API: "sdm", Name: "b", SuiteVersion: "old"}}}
	now := &Accepted{Targets: []AcceptedTarget{{API: "sdm", Name: "b", SuiteVersion: "new"}}}
	now.Keep(earlier, []string{"b"})
	g.Expect(now.Targets).To(HaveLen(2))
	g.Expect([]string{now.Targets[0].Name, now.Targets[1].SuiteVersion}).To(Equal([]string{"a", "new"}))
}

const acceptedHead = "{\n \"format\": \"session-conformance-accepted/1\",\n"

func TestReadAcceptedIsStrict(t *testing.T) {
	const lab = `{"api": "sdm", "name": "lab", "suite_version": "v1", "specs": [], "observations": []}`
	spec := func(specs string) string {
		return acceptedHead + " \"targets\": [\n" + strings.Replace(lab, `"specs": []`, "\n\"specs\": [\n"+specs+"\n]",
			1) + "]}"
	}
	folder := t.TempDir()
	for name, test := range map[string]struct{ text, says string }{
		"empty":            {"", "line 1, column 1: unexpected end"},
		"no JSON":          {"{\n \"format\": <<<<<<< HEAD", "line 2, column 12: invalid character '<'"},
		"not UTF-8":        {"{\n\"\xff\"", "line 2, column 2: it is not UTF-8"},
		"something behind": {acceptedHead + `"targets": []} {}`, "line 3, column 16: invalid character '{'"},
		"a list":           {"[]", "line 1, column 1: the whole: got array, want object"},
		"another format": {`{"format": "session-conformance/1"}`,
			`line 1, column 12: its format is "session-conformance/1", not`},
		"no format":           {`{"targets": []}`, "the whole: missing property 'format'"},
		"a format of no text": {`{"format": 1, "targets": []}`, "line 1, column 12: format: "},
		"no targets":          {acceptedHead + `"targets": null}`, "line 3, column 12: targets: got null, want array"},
		"an unknown key": {acceptedHead + `"targets": [` + lab[:len(lab)-1] + `, "x": 1}]}`,
			"line 3, column 13: targets.0: additional properties 'x'"},
		"a key in capitals": {acceptedHead + `"Targets": []}`, "missing property 'targets'"},
		"a key twice": {acceptedHead + `"targets": [],` + "\n" + ` "targets": []}`,
			`line 4, column 10: the key "targets" stands here twice`},
		"an unknown api": {acceptedHead + `"targets": [` + strings.Replace(lab, "sdm", "smd", 1) + `]}`,
			"line 3, column 21: targets.0.api: value must be one of"},
		"a path as name": {acceptedHead + `"targets": [` + strings.Replace(lab, "lab", "../lab", 1) + `]}`,
			"targets.0.name: "},
		"a target twice": {acceptedHead + `"targets": [` + lab + ",\n" + lab + `]}`,
			"line 4, column 1: the target lab (sdm) stands here twice"},
		"a wrong verdict": {spec(`{"clause": "c", "spec": "s", "verdict": "passed"}`),
			"line 6, column 41: targets.0.specs.0.verdict: value must be one of"},
		"a verdict of no text": {spec(`{"clause": "c", "spec": "s", "verdict": true}`),
			"line 6, column 41: targets.0.specs.0.verdict: "},
		"a spec twice": {spec(`{"clause": "c", "spec": "s", "verdict": "pass"},` + "\n" +
			`{"clause": "d", "spec": "s", "verdict": "pass"}`),
			`line 7, column 1: the spec "s" of lab stands here twice`},
		"an observation twice": {acceptedHead + `"targets": [` +
			strings.Replace(lab, `"observations": []`,
				`"observations": [{"name": "o", "value": "1"}, {"name": "o", "value": "2"}]`, 1) + `]}`,
			`the observation "o" of lab stands here twice`},
		"deep": {strings.Repeat("[", 1<<20), "exceeded max depth"},
		"long": {strings.Repeat(" ", acceptedLimit+1), "it is longer than 16 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			file := filepath.Join(folder, strings.ReplaceAll(name, " ", "-"))
			g.Expect(os.WriteFile(file, []byte(test.text), 0o600)).To(Succeed())
			_, err := ReadAccepted(file)
			g.Expect(err).To(MatchError(And(ContainSubstring(test.says), ContainSubstring(file))))
		})
	}
	_, err := ReadAccepted(filepath.Join(folder, "absent"))
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("absent")))
	_, err = ReadAccepted(folder)
	NewWithT(t).Expect(err).To(HaveOccurred(), "a folder is no file")
}

func TestLoadMissesNothingSilently(t *testing.T) {
	g := NewWithT(t)
	d := Dir{t.TempDir()}
	_, err := d.Load()
	g.Expect(err).To(MatchError(ContainSubstring("no results lie in " + d.Path)))
	written := sample()
	written.Targets[1].Stopped = "nobody listens"
	g.Expect(d.Write(written)).To(Succeed())
	runs, err := d.Load()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(runs).To(Equal([]*Results{written}))
	for text, says := range map[string]string{"{": "sdm.json: not results: line 1",
		`{"format": "other/2"}`: "its format is", `{"format": "session-conformance/1", "targets": {}}`: "sdm.json"} {
		g.Expect(os.WriteFile(d.json("sdm"), []byte(text), 0o600)).To(Succeed())
		_, err = d.Load()
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
	text, err := os.ReadFile(d.json("saymon"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.WriteFile(d.json("sdm"), text, 0o600)).To(Succeed())
	_, err = d.Load()
	g.Expect(err).To(MatchError(ContainSubstring("it holds results of saymon")))
}

// Whatever the file holds, it is read or refused; what was read is written and read again as it was.
func FuzzParseAccepted(f *testing.F) {
	accepted, err := Accept([]*Results{sample()})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(accepted.JSON())
	f.Add([]byte(acceptedHead + `"targets": null}`))
	f.Add([]byte("[[[{\"a\":1,\"a\":2}]]]"))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := parseAccepted(text)
		if err != nil {
			return
		}
		again, err := parseAccepted(read.JSON())
		if err != nil || !bytes.Equal(again.JSON(), read.JSON()) {
			t.Errorf("%v\n%s\n%s", err, read.JSON(), again.JSON())
		}
	})
}

func TestAnAcceptedStateThatIsNotThereSaysHowToMakeOne(t *testing.T) {
	g := NewWithT(t)
	_, err := ReadAccepted(filepath.Join(t.TempDir(), "none.json"))
	g.Expect(errors.Is(err, fs.ErrNotExist)).To(BeTrue(), "accept begins a new one")
	g.Expect(err).To(MatchError(ContainSubstring("conformance accept -o ")))
}
