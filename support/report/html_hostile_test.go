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

func TestPagesLeadOnlyToThemselvesAndTheirNeighbours(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	r.Targets = append(r.Targets, *judged(result(Fail, "stated"), result(Fail, "stated")), *judged(result(Fail, "stated")))
	r.Targets[2].Name, r.Targets[3].Name = "../../../etc/passwd", "javascript:alert(1)"
	r.Targets[3].Results[0].Clause = "failed" // as a part of the page
	index, _ := shown(t, r)
	pages := []*html.Node{index}
	for i := range r.Targets {
		page, _ := shownTarget(t, r, i)
		pages = append(pages, page)
	}
	for _, root := range pages {
		ids := map[string]bool{}
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
				g.Expect(href).To(MatchRegexp(`^(targets/(lab|open)\.html(#[a-z-]+)?|\.\./index\.html|` +
					`(\.\./)?clauses/saymon\.html|\.\./evidence/(lab|open)\.har)$`))
			}
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
const hostile = "</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick='x' javascript:x " +
	"{{.}} =1+1 \x00\x1b[31m\u202e\u2028\u200b\ufeff end"

func TestNothingATargetSendsIsMoreThanText(t *testing.T) {
	g := NewWithT(t)
	r := whole()
	honest, _ := shown(t, r, &Results{API: "sdm", Problems: []string{"no good"}})
	honestPage, _ := shownTarget(t, r, 0)
	h := hostile
	r.API, r.SuiteVersion, r.Filter, r.Problems = h, h, h, []string{h}
	r.Contradictions, r.Unjudged, r.Documents = []Contradiction{{h, h, h}}, []Unjudged{{h, h, h}}, []Document{{h, h, h}}
	for i := range r.Targets {
		x := &r.Targets[i]
		x.Name, x.URL, x.Stopped, x.TooCommon = h, h, h, []string{h}
		x.Product = target.Product{Name: h, Version: h, Vendor: h}
		x.RefusedLogins = map[string]int{h: 1}
		x.Waivers = []Waiver{{target.Waiver{Clause: h, Reason: h, Until: h}, h}}
		x.Observations, x.Scripts = []Observation{{h, h}}, []Script{{h, []string{h}, h, h}}
		x.Exchanges = []Shown{{Number: 1, Scenario: h, Step: h, Asked: Message{h, [][2]string{{h, h}}, h, 1},
			Answer: Message{h, [][2]string{{h, h}}, h, 1}, NoAnswer: h}}
		for j := range x.Results {
			x.Results[j] = Result{Clause: h, Tier: h, Spec: h, Verdict: Verdict(h), Message: h, Documented: Documented{h, h, h},
				Curl: "curl " + h, Exchanges: []int{1}}
		}
	}
	index, indexText := shown(t, r)
	page, pageText := shownTarget(t, r, 0)
	var certificate strings.Builder
	g.Expect(writePage(&certificate, "certificate.html", r.certificate(&r.Targets[0], ""))).To(Succeed())
	paper, err := html.Parse(strings.NewReader(certificate.String()))
	g.Expect(err).NotTo(HaveOccurred())
	for text, root := range map[string]*html.Node{indexText: index, pageText: page, certificate.String(): paper} {
		g.Expect(len(elements(root, "script"))).To(BeNumerically("<=", 1))
		g.Expect(elements(root, "img")).To(BeEmpty())
		g.Expect(text).NotTo(ContainSubstring("\u202e"))
		g.Expect(regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028\ufeff]").FindString(text)).To(BeEmpty())
		g.Expect(wordsOf(elements(root, "main")[0])).To(ContainSubstring(`\x00\x1b[31m\u202e\u2028\u200b\ufeff end`))
	}
	g.Expect(elementsAndAttributes(honest)).To(ContainElements(elementsAndAttributes(index)))
	g.Expect(elementsAndAttributes(honestPage)).To(ContainElements(elementsAndAttributes(page)))
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
	g.Expect(policy).To(Equal("default-src 'none'; style-src " + hash(style) + "; script-src " + hash(script) +
		"; base-uri 'none'; form-action 'none'"))
	g.Expect(text).NotTo(Or(ContainSubstring(" style="), MatchRegexp(`(?i)\s(src|srcset|action)=`),
		MatchRegexp(`url\(|@import|https?://[^h]`)))
}
