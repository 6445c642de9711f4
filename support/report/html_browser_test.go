//go:build browser

// These tests open the report in a real Chromium. They need chromium (or CHROMIUM, its path), and npm for the checker
// of accessibility.
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
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"session-conformance/support/lang"
	"session-conformance/support/target"
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
	folder := Dir{filepath.Dir(b.file)}
	for _, r := range runs {
		b.Expect(folder.writeTargets(r)).To(Succeed())
	}
	b.Expect(folder.show(runs)).To(Succeed())
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.DisableGPU,
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

// goTo opens the report at that anchor, with "#" before it, or another of its files, with "/" before it, anew.
func (b *tab) goTo(anchor string) {
	address := url.URL{Scheme: "file", Path: b.file}
	if strings.HasPrefix(anchor, "/") {
		address.Path = filepath.Dir(b.file)
	}
	b.Expect(chromedp.Do(b.ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address.String()+anchor))).
		To(Succeed())
}

// value evaluates JavaScript.
func value[T any](b *tab, script string) T {
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	b.Expect(err).NotTo(HaveOccurred(), script)
	return v
}

func (b *tab) quiet() { b.Expect(b.messages).NotTo(Receive(), "the console shows a message") }

func (b *tab) visible(selector string) int {
	return value[int](b, fmt.Sprintf(
		`[...document.querySelectorAll(%q)].filter(e => e.checkVisibility({contentVisibilityAuto: true})).length`, selector))
}

func TestWhatFailedComesFirst(t *testing.T) {
	b := open(t, 1280, "light", whole())
	b.Expect(value[float64](b, `document.querySelector("#failed li").getBoundingClientRect().bottom`)).
		To(BeNumerically("<", 900), "it is seen without scrolling")
	b.Expect(chromedp.Do(b.ctx, chromedp.Click("#failed a"))).To(Succeed())
	b.Eventually(func() string { return value[string](b, `location.pathname + location.hash`) }).
		Should(HaveSuffix("/targets/lab.html#c-fail-stated"))
	b.Expect(value[float64](b, `document.querySelector(".finding .compared").getBoundingClientRect().bottom`)).
		To(BeNumerically("<", 900))
	b.Expect(value[bool](b, `document.querySelector(".finding .exchange").open`)).
		To(BeTrue(), "the request and its answer are there to see")
	b.quiet()
}

func TestALinkOpensWhatPasses(t *testing.T) {
	b := open(t, 1280, "light", whole())
	b.goTo("/targets/lab.html#c-pass-stated")
	b.Expect(value[bool](b, `document.getElementById("c-pass-stated").checkVisibility()`)).To(BeTrue())
	b.goTo("/targets/lab.html")
	b.Expect(value[bool](b, `document.querySelector("#passed details").open`)).To(BeFalse())
	b.quiet()
}

func TestTheKeyboardSuffices(t *testing.T) {
	b := open(t, 1280, "light", whole())
	b.goTo("/targets/lab.html")
	b.Expect(chromedp.Do(b.ctx, chromedp.Focus(".finding button.copy"), chromedp.KeyEvent("\r"))).To(Succeed())
	b.Eventually(func() string { return value[string](b, `document.querySelector(".finding button.copy").textContent`) }).
		Should(Equal("Copied"))
	b.Expect(chromedp.Do(b.ctx, chromedp.SendKeys("#text", "c-warn"))).To(Succeed())
	b.Eventually(func() int { return b.visible(".finding") }).Should(Equal(1))
	b.Expect(value[string](b, `document.getElementById("count").textContent`)).To(Equal("1 found"))
	b.quiet()
}

// What the script says by itself is said in the reader's language.
func TestTheScriptSpeaksRussian(t *testing.T) {
	inRussian(t)
	b := open(t, 1280, "light", whole())
	b.goTo("/targets/lab.html")
	b.Expect(chromedp.Do(b.ctx, chromedp.Focus(".finding button.copy"), chromedp.KeyEvent("\r"),
		chromedp.SendKeys("#text", "c-warn"))).To(Succeed())
	b.Eventually(func() string { return value[string](b, `document.getElementById("count").textContent`) }).
		Should(Equal("найдено: 1"))
	b.Expect(value[string](b, `document.querySelector(".finding button.copy").textContent`)).To(Equal("Скопировано"))
	b.quiet()
}

func TestAllCanBeReadWithoutScript(t *testing.T) {
	b := open(t, 1400, "light", whole())
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled,
		emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Expect(err).NotTo(HaveOccurred())
	b.goTo("/targets/lab.html")
	b.Expect(b.visible(".finding")).To(Equal(3))
	b.Expect(b.visible("button.copy") + b.visible("#text")).To(BeZero())
}

func TestPrints(t *testing.T) {
	many := whole()
	for i := range 40 {
		more := result([]Verdict{Fail, Waived}[i%2], "stated")
		more.Clause, more.Spec = fmt.Sprintf("c-clause-number-%d", i), fmt.Sprintf("does what clause %d says", i)
		more.Says = strings.Repeat("What the documents say takes a sentence. ", 3)
		many.Targets[0].Results = append(many.Targets[0].Results, more)
		many.Targets[0].Waivers = append(many.Targets[0].Waivers,
			Waiver{Waiver: target.Waiver{Clause: more.Clause, Reason: "ACME-1", Until: "2027-01-31"}})
	}
	many.Documents = []Document{{"000_a.txt", "Create a session", strings.Repeat("0", 64)},
		{"001_b.txt", "Create a session", strings.Repeat("1", 64)}, {"002_c.txt", "Tokens", strings.Repeat("2", 64)}}
	b := open(t, 1400, "dark", many)
	for name, paper := range map[string]cdppage.PrintToPDFParams{"A4": {PaperWidth: 8.27, PaperHeight: 11.69},
		"Letter": {PaperWidth: 8.5, PaperHeight: 11}} {
		b.goTo("/certificate/lab.html")
		printed, err := chromedp.Call(b.ctx, cdppage.PrintToPDF, paper)
		b.Expect(err).NotTo(HaveOccurred())
		b.Expect(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed.Data, -1)).
			To(HaveLen(1), "the certificate is one page on %s", name)
	}
	b.goTo("/targets/lab.html")
	b.media("print", "dark")
	b.Expect(value[string](b, `getComputedStyle(document.body).backgroundColor`)).To(Equal("rgb(255, 255, 255)"))
	b.Expect(b.visible("button.copy")).To(BeZero())
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
