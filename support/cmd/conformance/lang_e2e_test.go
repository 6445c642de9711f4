//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/report"
)

// times are what differs between two judgements of the same evidence.
var times = regexp.MustCompile(`"(started|seconds)": ?[^,\n]+|(time|timestamp)="[^"]*"`)

// The same evidence, judged for readers of both languages: people read Russian, programs read the same.
func TestRussianIsForPeople(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	asked := call(t, peculiar(t, "", "cookie-path-node", "cookie-without-http-only"), nil, program, "run")
	g.Expect(asked.exit).To(Equal(1), asked.output)
	folder := filepath.Join(t.TempDir(), "reports")
	files := []string{"saymon.json", "TEST-saymon.xml", "specs.csv", "repro/peculiar/saymon-cookie-path.sh"}
	judge := func(environment string, args ...string) (string, map[string]string) {
		r := call(t, "", []string{"REPORTS_DIR=" + folder, environment}, program,
			append(args, "judge", asked.reports.Path, "--altered")...)
		g.Expect(r.exit).To(Equal(report.ExitNonConformant), r.output)
		texts := map[string]string{}
		for _, file := range files {
			text, err := os.ReadFile(filepath.Join(folder, file))
			g.Expect(err).NotTo(HaveOccurred())
			texts[file] = times.ReplaceAllString(string(text), "")
		}
		return r.output, texts
	}
	said, english := judge("CONFORMANCE_LANG=")
	g.Expect(said).To(ContainSubstring("peculiar (saymon): NON-CONFORMANT, judged from evidence"))
	for environment, args := range map[string][]string{"CONFORMANCE_LANG=ru": nil, "CONFORMANCE_LANG=en": {"--lang=ru"}} {
		said, russian := judge(environment, args...)
		g.Expect(said).To(ContainSubstring("peculiar (saymon): НЕ СООТВЕТСТВУЕТ, оценено по записи обмена"))
		g.Expect(said).To(ContainSubstring("нарушено  saymon-cookie-path (показано; 001, "))
		g.Expect(said).To(ContainSubstring("Отчёты: " + folder))
		for file, text := range russian {
			g.Expect(text).To(Equal(english[file]), file)
		}
		summary, err := os.ReadFile(filepath.Join(folder, "summary.md"))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(summary)).To(ContainSubstring("- замечание **saymon-cookie-http-only** (дополнительно): "))
	}
}

// The results of an English run become Russian pages, and a Russian site, without being judged again.
func TestReportsAreWrittenAnewInAnotherLanguage(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, nil, program, "run")
	g.Expect(r.exit).To(Equal(0), r.output)
	results, err := os.ReadFile(filepath.Join(r.reports.Path, "saymon.json"))
	g.Expect(err).NotTo(HaveOccurred())
	again := call(t, "", nil, program, "report", "--lang=ru", r.reports.Path)
	g.Expect(again.exit).To(Equal(0), again.output)
	site := filepath.Join(t.TempDir(), "site")
	made := call(t, "", nil, program, "site", "--lang=ru", "-o", site, r.reports.Path)
	g.Expect(made.exit).To(Equal(0), made.output)
	g.Expect(os.ReadFile(filepath.Join(r.reports.Path, "saymon.json"))).To(Equal(results))
	for file, says := range map[string]string{"index.html": "Вердикты", "targets/lab.one.html": "Cookie sid",
		"certificate/lab.one.html": "Подпись", "clauses/saymon.html": "Cookie sid устанавливается для пути /.",
		"summary.md": "соответствует"} {
		for _, path := range []string{filepath.Join(r.reports.Path, file), filepath.Join(site, "reports", file)} {
			text, err := os.ReadFile(path)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(string(text)).To(ContainSubstring(says), path)
		}
	}
	history := call(t, "", []string{"CONFORMANCE_LANG=ru"}, program, "history", r.reports.Path)
	g.Expect(history.output).To(And(HavePrefix("# История\n"), ContainSubstring("| вердикт | соответствует |")))
	explained := call(t, "", nil, program, "--lang=ru", "explain", "saymon-cookie-path")
	g.Expect(explained.output).To(ContainSubstring("\n  Cookie sid устанавливается для пути /.\n  источник: 001 "))
	listed := []string{}
	for _, language := range []string{"en", "ru"} {
		listed = append(listed, call(t, "", nil, program, "clauses", "--format=json", "--lang="+language).output)
	}
	g.Expect(listed[1]).To(Equal(listed[0]))
}

func TestAnUnknownLanguageIsRefusedBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	for _, how := range [][]string{{"CONFORMANCE_LANG=rus", "run"}, {"CONFORMANCE_LANG=", "run", "--lang", "rus"},
		{"CONFORMANCE_LANG=", "report", "-lang=rus"}} {
		g := NewWithT(t)
		r := call(t, embeddedSAYMON, how[:1], program, how[1:]...)
		g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
		g.Expect(r.output).To(MatchRegexp(
			"^(CONFORMANCE_LANG|--lang): there is no language \"rus\": use en or ru; did you mean `ru`\\?\n$"))
		g.Expect(r.reports.Path).NotTo(BeADirectory())
	}
}

// Ginkgo alone follows the variable too.
func TestABareGinkgoHonoursTheLanguage(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := call(t, embeddedSAYMON, []string{"CONFORMANCE_LANG=ru"}, "go", "test", "./suites/saymon",
		"-ginkgo.focus=sets the sid cookie for the path")
	g.Expect(r.exit).To(Equal(0), r.output)
	summary, err := os.ReadFile(filepath.Join(r.reports.Path, "summary.md"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(summary)).To(HavePrefix("# Соответствие сессий документам\n"))
	r = call(t, embeddedSAYMON, []string{"CONFORMANCE_LANG=rus"}, "go", "test", "./suites/saymon")
	g.Expect(r.exit).NotTo(Equal(0))
	g.Expect(r.results(t, "saymon").Problems).To(ConsistOf(HavePrefix("CONFORMANCE_LANG: there is no language")))
}
