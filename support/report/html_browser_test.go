//go:build browser

// These tests open the report in a real Chromium. They need chromium (or CHROMIUM, its path), and npm for the checker
// of accessibility.
package report

import (
	"context"
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
	for _, verdict := range Verdicts() {
		many.Targets[0].Results = append(many.Targets[0].Results, result(verdict, "shown"), result(verdict, "extra"))
	}
	certificatePrints(t, many)
	b := open(t, 1400, "dark", many)
	b.goTo("/targets/lab.html")
	b.media("print", "dark")
	b.Expect(value[string](b, `getComputedStyle(document.body).backgroundColor`)).To(Equal("rgb(255, 255, 255)"))
	b.Expect(b.visible("button.copy")).To(BeZero())
	b.quiet()
	inRussian(t)
	certificatePrints(t, many)
}

// certificatePrints sees the certificate on one page of either paper.
func certificatePrints(t *testing.T, many *Results) {
	b := open(t, 1400, "dark", many)
	for name, paper := range map[string]cdppage.PrintToPDFParams{"A4": {PaperWidth: 8.27, PaperHeight: 11.69},
		"Letter": {PaperWidth: 8.5, PaperHeight: 11}} {
		b.goTo("/certificate/lab.html")
		printed, err := chromedp.Call(b.ctx, cdppage.PrintToPDF, paper)
		b.Expect(err).NotTo(HaveOccurred())
		b.Expect(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(printed.Data, -1)).
			To(HaveLen(1), "the certificate is one page on %s, in %s", name, lang.Reader())
	}
}
