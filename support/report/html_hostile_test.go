//go:build unit

package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"session-conformance/support/target"
)

func TestHTMLLeadsOnlyToItselfAndItsEvidence(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	r.Targets = append(r.Targets, *judged(result(Fail, "stated")), *judged(result(Fail, "stated")))
	r.Targets[2].Name, r.Targets[3].Name = "../../../etc/passwd", "javascript:alert(1)"
	ids := map[string]bool{}
	r.Targets = append(r.Targets, *judged(result(Fail, "stated")), *judged(result(Fail, "stated")))
	r.Targets[4].Name, r.Targets[5].Name = "lab-title", "lab" // the second of that name
	root, _ := shown(t, r)
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			g.Expect(ids[id]).To(BeFalse(), "the ID %s is there twice", id)
			ids[id] = true
		}
	}
	for _, a := range elements(root, "a") {
		switch href := attribute(a, "href"); {
		case strings.HasPrefix(href, "#"):
			g.Expect(ids).To(HaveKey(href[1:]))
		default:
			g.Expect(href).To(MatchRegexp(`^evidence/(lab|lab-title|open)\.har$`))
		}
	}
	for _, n := range elements(root, "label") {
		if id := attribute(n, "for"); id != "" {
			g.Expect(ids).To(HaveKey(id))
		}
	}
}

// elementsAndAttributes are the elements with the attributes that stand in a page, without their values.
func elementsAndAttributes(root *html.Node) []string {
	var list []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		list = append(list, n.Data)
		for _, a := range n.Attr {
			list = append(list, n.Data+" "+a.Key)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// hostile is what a target, or whoever wrote the JSON, may send to have more than text in the page.
const hostile = "</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick='x' javascript:x {{.}} =1+1 \x00\x1b[31m\u202e\u2028\u200b\ufeff end"

func TestNothingATargetSendsIsMoreThanText(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	honest, _ := shown(t, r)
	h := hostile
	r.API, r.SuiteVersion, r.Filter, r.Problems = h, h, h, []string{h}
	r.Contradictions = []Contradiction{{h, h, h}}
	for i := range r.Targets {
		x := &r.Targets[i]
		x.Name, x.URL, x.Stopped, x.TooCommon = h, h, h, []string{h}
		x.Product = target.Product{Name: h, Version: h, Vendor: h}
		x.RefusedLogins = map[string]int{h: 1}
		x.Waivers = []Waiver{{target.Waiver{Clause: h, Reason: h, Until: h}, h}}
		x.Observations = []Observation{{h, h}}
		for j := range x.Results {
			x.Results[j] = Result{Clause: h, Tier: h, Spec: h, Verdict: Verdict(h), Message: h, Call: h, Says: h, Source: h, Curl: "curl " + h, Exchanges: []int{1}}
		}
	}
	root, text := shown(t, r)
	g.Expect(elements(root, "script")).To(HaveLen(1))
	g.Expect(elements(root, "img")).To(BeEmpty())
	g.Expect(text).NotTo(ContainSubstring("\u202e"))
	g.Expect(regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\ufeff]").FindString(text)).To(BeEmpty())
	g.Expect(wordsOf(elements(root, "main")[0])).To(ContainSubstring(`\x00\x1b[31m\u202e\u2028\u200b\ufeff end`))
	g.Expect(elementsAndAttributes(honest)).To(ContainElements(elementsAndAttributes(root)))
}

func TestThePolicyLetsOnlyThePagesOwnPartsRun(t *testing.T) {
	g := NewWithT(t)
	root, text := shown(t, whole())
	policy := ""
	for _, meta := range elements(root, "meta") {
		if attribute(meta, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(meta, "content")
		}
	}
	script, style := elements(root, "script")[0].FirstChild.Data, elements(root, "style")[0].FirstChild.Data
	g.Expect(policy).To(Equal("default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) + "; base-uri 'none'; form-action 'none'"))
	g.Expect(text).NotTo(Or(ContainSubstring(" style="), MatchRegexp(`(?i)\s(src|srcset|action)=`), MatchRegexp(`url\(|@import|https?://[^h]`)))
}
