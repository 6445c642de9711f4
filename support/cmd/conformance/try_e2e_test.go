//go:build e2e

package main

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
	"session-conformance/support/report"
)

// product serves an SDM with peculiarities and gives its address.
func product(t *testing.T, with ...string) string {
	t.Helper()
	c := sdm.Default()
	c.With = with
	server, err := sdm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	return s.URL
}

// elsewhere runs the program in a folder that holds nothing, as on a machine that has nothing but it: no Go, no
// sources.
func elsewhere(t *testing.T, folder, input string, environment []string, args ...string) ran {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdin = folder, strings.NewReader(input)
	cmd.Env = append([]string{"PATH=", "HOME=" + folder, "TMPDIR=" + os.TempDir()}, environment...)
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return ran{string(output), cmd.ProcessState.ExitCode(), report.Dir{Path: filepath.Join(folder, "reports")}}
}

func emptyFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "a folder [of] Пульт #1")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestTryJudgesOneProductWithoutAFile(t *testing.T) {
	t.Parallel()
	password := []string{"PW=" + sdm.Default().User.Password}
	for name, c := range map[string]struct {
		with []string
		exit int
	}{"conforming": {nil, 0}, "broken": {[]string{"any-password-accepted"}, report.ExitNonConformant}} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			folder := emptyFolder(t)
			r := elsewhere(t, folder, "", password, "try", "--api", "sdm", "--url", product(t, c.with...), "--login",
				sdm.Default().User.UserName,
				"--password-env", "PW")
			g.Expect(r.exit).To(Equal(c.exit), r.output)
			g.Expect(r.results(t, "sdm").Targets[0].Name).To(Equal("sdm"))
			g.Expect(filepath.Join(folder, "reports", "index.html")).To(BeAnExistingFile())
			left, err := os.ReadDir(folder)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(left).To(HaveLen(1), "only reports are written")
			if c.with != nil {
				judgesAgain(t, folder, password, r)
			}
		})
	}
}

// judgesAgain pastes the line that judges a failed spec again, and looks at what it writes, and at what it leaves.
func judgesAgain(t *testing.T, folder string, environment []string, first ran) {
	t.Helper()
	g := NewWithT(t)
	before, err := os.ReadFile(filepath.Join(first.reports.Path, "specs.csv"))
	g.Expect(err).NotTo(HaveOccurred())
	for _, result := range first.results(t, "sdm").Targets[0].Results {
		_, line, failed := strings.Cut(result.Message, "\n  again     ")
		if !failed {
			continue
		}
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir, cmd.Env = folder, append([]string{"HOME=" + folder, "TMPDIR=" + os.TempDir()}, environment...)
		output, _ := cmd.CombinedOutput()
		g.Expect(cmd.ProcessState.ExitCode()).To(Equal(report.ExitNonConformant), "%s\n%s", line, output)
		filtered, err := report.Dir{Path: filepath.Join(first.reports.Path, "filtered")}.Read("sdm")
		g.Expect(err).NotTo(HaveOccurred(), line)
		g.Expect(filtered.Targets[0].Results).To(ContainElement(And(HaveField("Spec", result.Spec),
			HaveField("Verdict", report.Fail))))
		g.Expect(os.ReadFile(filepath.Join(first.reports.Path, "specs.csv"))).To(Equal(before), "the report being read stays")
		return
	}
	t.Fatal("no failure says how to judge it again")
}

func TestTrySaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for says, args := range map[string][]string{
		"give --api and --url":        {"--login", "x"},
		"not \"samon\"; did you mean": {"--api", "samon", "--url", "http://127.0.0.1:1"},
		"give --login":                {"--api", "sdm", "--url", "http://127.0.0.1:1"},
		"the variable NONE is not set": {"--api", "sdm", "--url", "http://127.0.0.1:1", "--login", "x", "--password-env",
			"NONE"},
		"there is no terminal to ask": {"--api", "sdm", "--url", "http://127.0.0.1:1", "--login", "x"},
		"`url` must begin with http://": {"--api", "sdm", "--url", "ftp://127.0.0.1:1", "--login", "x", "--password-env",
			"HOME"},
		"takes no words beside its flag": {"sdm"},
	} {
		r := elsewhere(t, emptyFolder(t), "", nil, append([]string{"try"}, args...)...)
		NewWithT(t).Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
		NewWithT(t).Expect(r.output).To(ContainSubstring(says))
	}
}

func TestInitWritesAFileThatIsJudgedAtOnce(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	folder, password := emptyFolder(t), []string{"SDM_PASSWORD=" + sdm.Default().User.Password}
	answers := "sdm\n" + product(t) + "\n" + sdm.Default().User.UserName + "\n\nlab\n"
	r := elsewhere(t, folder, answers, password, "init")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.output).To(MatchRegexp(`targets\.yaml is written`))
	written, err := os.ReadFile(filepath.Join(folder, "targets.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(written)).To(HavePrefix("# yaml-language-server: $schema=.targets.schema.json\n"))
	g.Expect(string(written)).To(ContainSubstring(`password: "${SDM_PASSWORD}"`))
	g.Expect(string(written)).NotTo(ContainSubstring(sdm.Default().User.Password))
	g.Expect(filepath.Join(folder, ".targets.schema.json")).To(BeAnExistingFile())

	r = elsewhere(t, folder, "", password, "run", "-q")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.results(t, "sdm").Targets[0].Name).To(Equal("lab"))

	r = elsewhere(t, folder, answers, password, "init")
	g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
	g.Expect(os.ReadFile(filepath.Join(folder, "targets.yaml"))).To(Equal(written))
}

func TestInitWritesNothingWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ answers, says string }{
		"a password for a variable": {"sdm\nhttp://127.0.0.1:1\nadmin\nS3cret pass!\nlab\n", "set a variable to the secret"},
		"a name with a blank":       {"sdm\nhttp://127.0.0.1:1\nadmin\n\nmy lab\n", "`name` may hold"},
		"an address without scheme": {"sdm\nsdm.acme.test\nadmin\n\nlab\n", "`url` must begin with"},
		"an API that is none":       {"smd\n", "did you mean `sdm`?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			folder := emptyFolder(t)
			r := elsewhere(t, folder, c.answers, nil, "init")
			g.Expect(r.exit).To(Equal(report.ExitWrongUse), r.output)
			g.Expect(r.output).To(And(ContainSubstring(c.says), Not(ContainSubstring("S3cret"))))
			g.Expect(os.ReadDir(folder)).To(BeEmpty())
		})
	}
}

func TestInitSaysWhatFurtherKeysBring(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	r := elsewhere(t, emptyFolder(t), "", []string{"PW=x"}, "init", "--api", "saymon", "--url", "http://127.0.0.1:1",
		"--login", `a "b" \`, "--password-env", "PW",
		"--name", "lab")
	g.Expect(r.exit).To(Equal(report.ExitInconclusive), r.output) // nothing listens there
	g.Expect(r.output).To(MatchRegexp(`user\.email would have \d+ more specs judged`))
	g.Expect(r.output).To(MatchRegexp(`keycloak would have \d+ more specs judged`))
}

func TestPartsAreJudgedAndMerged(t *testing.T) {
	t.Parallel()
	g := NewWithT(t)
	folder := emptyFolder(t)
	g.Expect(os.WriteFile(filepath.Join(folder, "t.jsonl"), []byte(`{"name":"a","api":"sdm","url":"embedded"}
{"name":"b","api":"sdm","url":"embedded"}
{"name":"c","api":"sessions","url":"embedded"}
`), 0o600)).To(Succeed())
	for _, part := range []string{"1", "2"} {
		r := elsewhere(t, folder, "", []string{"REPORTS_DIR=parts/" + part}, "run", "-q", "--targets", "t.jsonl", "--shard",
			part+"/3", "--shard-exit", "results")
		g.Expect(r.exit).To(Equal(0), r.output)
	}
	r := elsewhere(t, folder, "", nil, "merge", "parts")
	g.Expect(r.exit).To(Equal(report.ExitInconclusive), r.output)
	g.Expect(r.output).To(ContainSubstring("Shard 3/3 is missing"))
	r = elsewhere(t, folder, "", []string{"REPORTS_DIR=parts/3", "CI_NODE_INDEX=3", "CI_NODE_TOTAL=3"}, "run", "-q",
		"--targets", "t.jsonl")
	g.Expect(r.exit).To(Equal(0), r.output)
	r = elsewhere(t, folder, "", nil, "merge", "parts")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(len(r.results(t, "sdm").Targets) + len(r.results(t, "sessions").Targets)).To(Equal(3))

	r = elsewhere(t, folder, `{"name":"d","api":"sdm","url":"embedded"}`, nil, "run", "-q", "--targets", "-",
		"--wait", "1s")
	g.Expect(r.exit).To(Equal(0), r.output)
	g.Expect(r.results(t, "sdm").Targets[0].Name).To(Equal("d"))
}
