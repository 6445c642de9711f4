//go:build browser

// These tests open the report in a real Chromium. They need chromium (or CHROMIUM, its path), and npm for the checker of
// accessibility.
package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"
)

// tab is a browser's tab that shows a report.
type tab struct {
	*WithT
	ctx      context.Context
	file     string
	messages chan string // what the console shows
}

// open writes the report of the runs to a file and opens that, in a window of that width in CSS pixels.
func open(t *testing.T, width int64, scheme string, runs ...*Results) *tab {
	t.Helper()
	program := os.Getenv("CHROMIUM")
	if program == "" {
		program = "chromium"
	}
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("no browser to test with: install chromium or name it in CHROMIUM: %v", err)
	}
	b := &tab{WithT: NewWithT(t), file: filepath.Join(t.TempDir(), "index.html"), messages: make(chan string, 100)}
	text, err := HTML(runs)
	b.Expect(err).NotTo(HaveOccurred())
	b.Expect(os.WriteFile(b.file, text, 0o600)).To(Succeed())
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b.Expect(chromedp.Do(ctx, chromedp.EmulateViewport(width, 900))).To(Succeed())
	b.ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	b.Expect(chromedp.Listen(ctx, b.listen)).To(Succeed())
	b.media("", scheme)
	b.goTo("")
	return b
}

func (b *tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.messages <- string(e.Type)
	case *runtime.EventExceptionThrown:
		b.messages <- e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		b.messages <- e.Entry.Text
	}
}

// media sets the medium (empty: the screen) and the colour scheme.
func (b *tab) media(medium, scheme string) {
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	b.Expect(err).NotTo(HaveOccurred())
}

// goTo opens the report at that anchor, with "#" before it, anew.
func (b *tab) goTo(anchor string) {
	address := url.URL{Scheme: "file", Path: b.file}
	b.Expect(chromedp.Do(b.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address.String()+anchor))).To(Succeed())
}

// value evaluates JavaScript.
func value[T any](b *tab, script string) T {
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	b.Expect(err).NotTo(HaveOccurred(), script)
	return v
}

// visibleSpecs counts the specs that take room.
func (b *tab) visibleSpecs() int {
	return value[int](b, `[...document.querySelectorAll(".spec")].filter(e => e.checkVisibility()).length`)
}

func (b *tab) count() string { return value[string](b, `document.getElementById("count").textContent`) }

func (b *tab) quiet() { b.Expect(b.messages).NotTo(Receive(), "the console shows a message") }

func TestFiltersByKeyboard(t *testing.T) {
	b := open(t, 1400, "light", whole())
	b.Expect(b.count()).To(Equal("7 of 7 specs shown"))
	b.Expect(chromedp.Do(b.ctx, chromedp.Focus(`input[value="fail"]`), chromedp.KeyEvent(" "))).To(Succeed())
	b.Eventually(b.count).Should(Equal("2 of 7 specs shown"))
	b.Expect(b.visibleSpecs()).To(Equal(2))
	b.Expect(chromedp.Do(b.ctx, chromedp.Focus(`input[value="shown"]`), chromedp.KeyEvent(" "))).To(Succeed())
	b.Eventually(b.count).Should(Equal("1 of 7 specs shown"))
	b.Expect(value[int](b, `[...document.querySelectorAll("tr[data-clause]")].filter(e => e.checkVisibility()).length`)).To(Equal(1))
	b.Expect(chromedp.Do(b.ctx, chromedp.Focus("button[type=reset]"), chromedp.KeyEvent("\r"))).To(Succeed())
	b.Eventually(b.count).Should(Equal("7 of 7 specs shown"))
	b.Expect(chromedp.Do(b.ctx, chromedp.SendKeys("#text", "THREE\r"))).To(Succeed()) // Enter sends nothing anywhere
	b.Eventually(b.count).Should(Equal("1 of 7 specs shown"))
	b.Expect(value[bool](b, `document.getElementById("count").matches("[aria-live=polite]")`)).To(BeTrue())
	b.quiet()
}

func TestATargetHasAPageOfItsOwn(t *testing.T) {
	b := open(t, 1400, "light", whole())
	b.goTo("#target-lab")
	b.Expect(b.count()).To(Equal("4 of 4 specs shown of this target"))
	b.Expect(b.visibleSpecs()).To(Equal(4))
	b.Expect(value[bool](b, `document.getElementById("verdicts").checkVisibility()`)).To(BeFalse())
	b.Expect(chromedp.Do(b.ctx, chromedp.Click("nav a"))).To(Succeed())
	b.Eventually(b.count).Should(Equal("7 of 7 specs shown"))
	b.Expect(b.visibleSpecs()).To(Equal(7))
	b.Expect(chromedp.Do(b.ctx, chromedp.Click(`input[value="pass"]`))).To(Succeed())
	b.Eventually(b.count).Should(Equal("1 of 7 specs shown"))
	b.Expect(chromedp.Do(b.ctx, chromedp.Click("#target-lab .attention a"))).To(Succeed())
	b.Eventually(b.count).Should(Equal("4 of 4 specs shown of this target"), "what a link leads to is shown, filter or not")
	b.quiet()
}

func TestAllCanBeReadWithoutScript(t *testing.T) {
	b := open(t, 1400, "light", whole())
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Expect(err).NotTo(HaveOccurred())
	b.goTo("")
	b.Expect(b.visibleSpecs()).To(Equal(7))
	b.Expect(value[bool](b, `document.getElementById("filters").checkVisibility()`)).To(BeFalse())
}

func TestPrints(t *testing.T) {
	b := open(t, 1400, "dark", whole())
	b.goTo("#target-lab")
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	b.Expect(err).NotTo(HaveOccurred())
	b.Expect(string(pdf)).To(HavePrefix("%PDF-"))
	b.media("print", "dark")
	b.Expect(value[string](b, `getComputedStyle(document.body).backgroundColor`)).To(Equal("rgb(255, 255, 255)"))
	b.Expect(value[bool](b, `document.querySelector("#target-lab .sign").checkVisibility()`)).To(BeTrue())
	b.Expect(value[bool](b, `document.getElementById("filters").checkVisibility()`)).To(BeFalse())
	b.Expect(value[bool](b, `[...document.querySelectorAll("#target-lab pre")].every(e => e.getBoundingClientRect().height > 0 || e.closest(".again"))`)).To(BeTrue())
	b.media("", "light")
	b.Expect(value[bool](b, `document.querySelector("#target-lab .sign").checkVisibility()`)).To(BeFalse())
	b.quiet()
}

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
		more := *judged(result(Pass, "stated"), result(Unsupported, "shown"), result(Unconfigured, "shown"), result(NotApplicable, "extra"), result(Inconclusive, "extra"))
		more.Name, more.Verdict = fmt.Sprintf("site-%d", i), []Verdict{Conformant, Partial}[i%2]
		many.Targets = append(many.Targets, more)
	}
	runs := []*Results{many, {API: "sdm", Started: now, Problems: []string{"no good"}}}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{400, 1400} {
			for _, anchor := range []string{"", "#target-lab"} {
				t.Run(fmt.Sprint(scheme, width, anchor), func(t *testing.T) {
					b := open(t, width, scheme, runs...)
					b.goTo(anchor)
					value[any](b, `for (const d of document.querySelectorAll("details")) d.open = true`)
					value[any](b, source+"; null")
					result, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
						`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, at: v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary)}))))`,
						chromedp.EvalAwaitPromise))
					b.Expect(err).NotTo(HaveOccurred())
					var violations []map[string]any
					b.Expect(json.Unmarshal([]byte(result), &violations)).To(Succeed())
					b.Expect(violations).To(BeEmpty())
					b.Expect(value[bool](b, `document.documentElement.scrollWidth <= innerWidth`)).To(BeTrue(), "the page scrolls sideways")
				})
			}
		}
	}
}
