//go:build unit

package fleet

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis" // whose targets the tests are about
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// shard writes the reports of a part, and gives its folder.
func shard(t *testing.T, k, n int, started time.Time, targets ...report.Target) string {
	t.Helper()
	dir := report.Dir{Path: filepath.Join(t.TempDir(), "reports")}
	if len(targets) > 0 {
		r := &report.Results{Format: report.Format, API: "sdm", SuiteVersion: "v1",
			Shard: target.Shard{K: k, N: n}.String(), Started: started, Seconds: 2, Targets: targets}
		if err := dir.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := Mark(dir.Path, target.Shard{K: k, N: n}, started); err != nil {
		t.Fatal(err)
	}
	return dir.Path
}

func judged(name string, verdict report.Verdict) report.Target {
	t := report.Target{Name: name, URL: "http://127.0.0.1",
		Results: []report.Result{{Clause: "sdm-x", Tier: "stated", Spec: "is x",
			Verdict: verdict, Exchanges: []int{}}}, Observations: []report.Observation{}, RefusedLogins: map[string]int{}}
	t.Judge(time.Now(), false)
	return t
}

var now = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func TestShardsBecomeOneRun(t *testing.T) {
	g := NewWithT(t)
	one, two, three := shard(t, 1, 3, now, judged("b", report.Pass)),
		shard(t, 2, 3, now.Add(-time.Minute), judged("a", report.Fail)), shard(t, 3, 3, now)
	g.Expect(report.Dir{Path: one}.WriteEvidence("b", []byte(`{"log":{}}`))).To(Succeed())
	into := report.Dir{Path: t.TempDir()}
	merged, err := Merge([]string{one, two, three}, into)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Missing).To(BeEmpty())
	g.Expect(merged.Runs).To(HaveLen(1))
	g.Expect(merged.Runs[0].Started).To(Equal(now.Add(-time.Minute)))
	g.Expect([]string{merged.Runs[0].Targets[0].Name, merged.Runs[0].Targets[1].Name}).To(Equal([]string{"a", "b"}))
	g.Expect(report.Exit(merged.Runs)).To(Equal(report.ExitNonConformant))
	g.Expect(os.ReadFile(into.Evidence("b"))).To(Equal([]byte(`{"log":{}}`)))
	for _, name := range []string{"index.html", "summary.md", "specs.csv", "TEST-sdm.xml"} { // though two APIs have none
		g.Expect(filepath.Join(into.Path, name)).To(BeAnExistingFile())
	}
	kept, err := into.Read("sdm")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(kept.Targets).To(HaveLen(2))
}

func TestAMissingShardIsNeverGreen(t *testing.T) {
	g := NewWithT(t)
	into := report.Dir{Path: t.TempDir()}
	merged, err := Merge([]string{shard(t, 1, 3, now, judged("a", report.Pass)), shard(t, 3, 3, now)}, into)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Missing).To(Equal([]target.Shard{{K: 2, N: 3}}))
	g.Expect(report.Exit(merged.Runs)).To(Equal(report.ExitInconclusive))
	junit, err := os.ReadFile(filepath.Join(into.Path, "TEST-sdm.xml"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(junit)).To(ContainSubstring("shard 2/3 left no results"))
	g.Expect(string(junit)).To(MatchRegexp(`<failure `))
}

// Nothing that a reader would take for green comes of what no run writes.
func TestAShardThatContradictsItselfIsNotMerged(t *testing.T) {
	g := NewWithT(t)
	edited := judged("b", report.Fail)
	edited.Verdict = report.Conformant
	into := report.Dir{Path: t.TempDir()}
	_, err := Merge([]string{shard(t, 1, 2, now, judged("a", report.Pass)), shard(t, 2, 2, now, edited)}, into)
	g.Expect(err).To(MatchError(ContainSubstring(
		`b: its verdict is "conformant", and its specs make it "non-conformant"`)))
	g.Expect(into.All()).To(BeEmpty())
}

func TestAShardThatWasCutShortIsMissing(t *testing.T) {
	g := NewWithT(t)
	cut := shard(t, 2, 2, now, judged("b", report.Pass))
	g.Expect(Unmark(cut)).To(Succeed())
	merged, err := Merge([]string{shard(t, 1, 2, now, judged("a", report.Pass)), cut}, report.Dir{Path: t.TempDir()})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Missing).To(Equal([]target.Shard{{K: 2, N: 2}}))
	g.Expect(merged.Cut).To(Equal([]string{cut}))
	g.Expect(report.Exit(merged.Runs)).To(Equal(report.ExitInconclusive))
}

func TestAShardThatWasRunAgainCountsOnce(t *testing.T) {
	g := NewWithT(t)
	first, again := shard(t, 1, 1, now, judged("a", report.Fail)),
		shard(t, 1, 1, now.Add(time.Minute), judged("a", report.Pass))
	for _, folders := range [][]string{{first, again}, {again, first}} {
		merged, err := Merge(folders, report.Dir{Path: t.TempDir()})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(report.Exit(merged.Runs)).To(Equal(0))
	}
}

func TestFoldersOfAPipelinesDownloads(t *testing.T) {
	g := NewWithT(t)
	top := t.TempDir()
	for name, from := range map[string]string{"shard [1]": shard(t, 1, 2, now, judged("a", report.Pass)),
		"shard 2/reports": shard(t, 2, 2, now, judged("b", report.Pass))} {
		g.Expect(os.CopyFS(filepath.Join(top, name), os.DirFS(from))).To(Succeed())
	}
	filtered := os.DirFS(shard(t, 1, 3, now, judged("a", report.Pass))) // of a shard that was judged in part, within it
	g.Expect(os.CopyFS(filepath.Join(top, "shard [1]", "filtered"), filtered)).To(Succeed())
	parts := []string{filepath.Join(top, "shard [1]"), filepath.Join(top, "shard 2")}
	merged, err := Merge(parts, report.Dir{Path: t.TempDir()})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Missing).To(BeEmpty())
	for range 2 { // the second time the merged reports lie there too
		merged, err = Merge([]string{top}, report.Dir{Path: filepath.Join(top, "merged")})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(merged.Missing).To(BeEmpty())
		g.Expect(merged.Runs[0].Targets).To(HaveLen(2))
	}
}

// The merged reports may lie among the parts, and take the place of an earlier merge, but of nothing else.
func TestMergedReportsTakeThePlaceOfNoPart(t *testing.T) {
	top := t.TempDir()
	for k, target := range []string{"a", "b"} {
		from := os.DirFS(shard(t, k+1, 2, now, judged(target, report.Pass)))
		if err := os.CopyFS(filepath.Join(top, fmt.Sprint(k+1)), from); err != nil {
			t.Fatal(err)
		}
	}
	other := report.Dir{Path: filepath.Join(top, "other")}
	g := NewWithT(t)
	for range 2 {
		merged, err := Merge([]string{top}, report.Dir{Path: top})
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(merged.Runs[0].Targets).To(HaveLen(2))
	}
	g.Expect(other.Write(&report.Results{Format: report.Format, API: "sdm",
		Targets: []report.Target{judged("c", report.Pass)}})).To(Succeed())
	for _, into := range []string{filepath.Join(top, "1"), other.Path} {
		_, err := Merge([]string{top}, report.Dir{Path: into})
		g.Expect(err).To(MatchError(ContainSubstring("cannot take the merged reports too")), into)
		g.Expect(report.Dir{Path: into}.Read("sdm")).To(HaveField("Targets", HaveLen(1)), into)
	}
}

// A part whose results were lost on the way does not count, and links and deeper folders are looked into.
func TestAPartThatLostItsResultsIsMissing(t *testing.T) {
	g := NewWithT(t)
	top := t.TempDir()
	one, two := shard(t, 1, 2, now, judged("a", report.Pass)), shard(t, 2, 2, now, judged("b", report.Fail))
	g.Expect(os.Symlink(one, filepath.Join(top, "one"))).To(Succeed())
	g.Expect(os.CopyFS(filepath.Join(top, "job", "artifacts", "two"), os.DirFS(two))).To(Succeed())
	into := report.Dir{Path: t.TempDir()}
	merged, err := Merge([]string{top}, into)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Runs[0].Targets).To(HaveLen(2))
	g.Expect(os.Remove(filepath.Join(top, "job", "artifacts", "two", "sdm.json"))).To(Succeed())
	merged, err = Merge([]string{top}, into)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(merged.Missing).To(Equal([]target.Shard{{K: 2, N: 2}}))
	g.Expect(report.Exit(merged.Runs)).To(Equal(report.ExitInconclusive))

	_, err = Merge([]string{one, shard(t, 2, 2, now, judged("a", report.Pass))}, into)
	g.Expect(err).To(MatchError(ContainSubstring("stands in")))
	g.Expect(into.Read("sdm")).To(HaveField("Targets", HaveLen(2)), "what was there stays")
}

func TestWhatDoesNotBelongTogetherIsRefused(t *testing.T) {
	cut := shard(t, 2, 2, now, judged("b", report.Pass))
	if err := Unmark(cut); err != nil {
		t.Fatal(err)
	}
	other := shard(t, 2, 2, now)
	if err := Unmark(other); err != nil {
		t.Fatal(err)
	}
	if err := (report.Dir{Path: other}).
		Write(&report.Results{Format: report.Format, API: "sdm",
			Targets: []report.Target{judged("x", report.Pass)}}); err != nil {
		t.Fatal(err)
	}
	broken := shard(t, 2, 2, now)
	if err := os.WriteFile(filepath.Join(broken, markName), []byte(`{"shard": "2"`), 0o600); err != nil {
		t.Fatal(err)
	}
	one := shard(t, 1, 2, now, judged("a", report.Pass))
	for says, folders := range map[string][]string{
		"others are of 2":              {one, shard(t, 1, 3, now)},
		"the target a stands in":       {one, shard(t, 2, 2, now, judged("a", report.Pass))},
		"is no shard, and others are":  {one, other},
		"run that shard again":         {one, broken},
		"holds no results":             {t.TempDir()},
		"no such file":                 {filepath.Join(t.TempDir(), "none")},
		"there is nothing to merge":    {shard(t, 1, 1, now)},
		"cut short were":               {cut},
		"cannot take the merged":       {one, shard(t, 2, 2, now)},
		`"../../x" is no name of a ta`: {shard(t, 1, 1, now, judged("../../x", report.Pass))},
	} {
		g := NewWithT(t)
		into := t.TempDir()
		if says == "cannot take the merged" {
			into = one
		}
		_, err := Merge(folders, report.Dir{Path: into})
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
}
