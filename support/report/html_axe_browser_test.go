//go:build browser

package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"session-conformance/support/lang"
)

// axe is the source of the accessibility checker.
func axe(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	pack := exec.Command("npm", "pack", "axe-core@4", "--silent")
	pack.Dir = folder
	name, err := pack.Output()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip("accessibility was not checked: npm is absent, which fetches the checker axe-core")
	}
	NewWithT(t).Expect(err).NotTo(HaveOccurred(), "npm pack axe-core@4")
	file := strings.TrimSpace(string(name))
	NewWithT(t).Expect(exec.Command("tar", "-xzf", filepath.Join(folder, file), "-C", folder).Run()).To(Succeed())
	source, err := os.ReadFile(filepath.Join(folder, "package", "axe.min.js"))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return string(source)
}

func TestAccessibility(t *testing.T) {
	source := axe(t)
	many := whole()
	for i := range 10 {
		more := *judged(result(Pass, "stated"), result(Unsupported, "shown"), result(Unconfigured, "shown"),
			result(NotApplicable, "extra"), result(Inconclusive, "extra"))
		more.Name, more.Verdict = fmt.Sprintf("site-%d", i), []Verdict{Conformant, Partial}[i%2]
		many.Targets = append(many.Targets, more)
	}
	runs := []*Results{many, {API: "sdm", Started: now, Problems: []string{"no good"}}}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{360, 1280, 1920} {
			accessible(t, source, width, scheme, runs...)
		}
	}
	inRussian(t)
	for _, width := range []int64{360, 1280} {
		accessible(t, source, width, "light", runs...)
	}
}

// accessible looks at the pages in a window of that width.
func accessible(t *testing.T, source string, width int64, scheme string, runs ...*Results) {
	for _, anchor := range []string{"", "/targets/lab.html", "/certificate/lab.html", "/site/index.html"} {
		t.Run(fmt.Sprint(lang.Reader(), scheme, width, anchor), func(t *testing.T) {
			b := open(t, width, scheme, runs...)
			site := Dir{filepath.Join(filepath.Dir(b.file), "site")}
			b.Expect(site.Site([]Past{{Name: "one", Runs: runs}, {Name: "two", Runs: runs[:1]}})).To(Succeed())
			b.goTo(anchor)
			b.Expect(value[string](b, `document.documentElement.lang`)).To(Equal(string(lang.Reader())))
			value[any](b, `for (const d of document.querySelectorAll("details")) d.open = true`)
			value[any](b, source+"; null")
			result, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
				`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, at: v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary)}))))`,
				chromedp.EvalAwaitPromise))
			b.Expect(err).NotTo(HaveOccurred())
			var violations []map[string]any
			b.Expect(json.Unmarshal([]byte(result), &violations)).To(Succeed())
			b.Expect(violations).To(BeEmpty())
			b.Expect(value[bool](b, `document.documentElement.scrollWidth <= innerWidth`)).
				To(BeTrue(), "the page scrolls sideways")
		})
	}
}
