//go:build unit

package sink_test

import (
	"encoding/json"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"unicode"

	. "github.com/onsi/gomega"
	"pgregory.net/rapid"

	"session-conformance/support/sink"
)

// A text is prepared so that a reader of the log still sees what came.
func TestATextStaysLegible(t *testing.T) {
	for text, want := range map[string]string{
		"tab\tand\nline, é, שלום, 中":    "tab\tand\nline, é, שלום, 中",
		"\x00\x1b[31m\r\x7f\u009b":      `\x00\x1b[31m\r\x7f\u009b`,
		"a\u202eb\u2066\u200b\ufeff":    `a\u202eb\u2066\u200b\ufeff`,
		"\u2028\u2029\u0085\u00a0":      `\u2028\u2029\u0085\u00a0`,
		"admin\u3164\ufe0f\u034f\u2800": `admin\u3164\ufe0f\u034f\u2800`,
		"no UTF-8: \xff\xc3":            `no UTF-8: \xff\xc3`,
		"replaced: \ufffd":              "replaced: \ufffd",
		"##vso[task.complete]":          `##vso\x5btask.complete]`,
		"std::string a::b":              "std::string a::b",
	} {
		NewWithT(t).Expect(sink.Text(text)).To(Equal(want), "%q", text)
		NewWithT(t).Expect(sink.Text(want)).To(Equal(want), "%q, prepared twice", text)
	}
	NewWithT(t).Expect(sink.Line("one\n::error::two\t \nthree")).To(Equal(`one :\x3aerror::two three`))
}

// agents say by their own rules whether a line of a job's log is obeyed.
var agents = map[string]func(line string) bool{
	"GitHub's runner, commands": func(line string) bool {
		return strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	},
	"GitHub's runner, old commands": func(line string) bool { return strings.Contains(line, "##[") },
	"Azure's agent": func(line string) bool {
		return strings.Contains(strings.ToLower(line), "##vso[") || regexp.MustCompile(`(?i)##\[\w+\]`).MatchString(line)
	},
	"TeamCity":   func(line string) bool { return strings.Contains(line, "##teamcity[") },
	"GitLab":     regexp.MustCompile(`section_(start|end):\d+:`).MatchString,
	"Travis":     regexp.MustCompile(`travis_(fold|time):(start|end):`).MatchString,
	"Buildkite":  regexp.MustCompile(`^\s*(---|\+\+\+|~~~|\^\^\^) `).MatchString,
	"attachment": regexp.MustCompile(`(?i)\[\[ATTACHMENT\|`).MatchString,
	"a terminal": func(line string) bool {
		return strings.ContainsFunc(line, func(c rune) bool {
			return unicode.IsControl(c) && c != '\t' ||
				unicode.Is(unicode.Bidi_Control, c)
		})
	},
}

// obeyed are texts that some agent obeys, each by itself.
var obeyed = []string{
	"::error::x", "  ::stop-commands::x", "\u00a0::error::x", "\u2003::add-mask::x", "::set-output name=a::b",
	"##[command]x", "a ##[group]b",
	"##vso[artifact.upload artifactname=x]/etc/hostname", "say ##VSO[task.complete result=Succeeded;]",
	"###vso[task.debug]",
	"##teamcity[buildStatus status='SUCCESS']", "x##teamcity[importData]", "section_start:1:a\r\x1b[0K",
	"section_end:1560896352:b",
	"travis_fold:start:x", "--- group", "+++ group", "~~~ group", "^^^ +++", "[[ATTACHMENT|/etc/passwd]]",
	"a[[[attachment|../x]]",
	"\x1b]0;owned\x07", "\u009b31m", "a\rb", "\u202eabc", "\u2067abc", "\x1b]8;;http://evil\x1b\\",
}

func TestNoAgentObeysAText(t *testing.T) {
	g := NewWithT(t)
	for _, text := range obeyed {
		by := 0
		for _, obeys := range agents {
			if obeys(text) {
				by++
			}
		}
		g.Expect(by).NotTo(BeZero(), "no agent obeys %q: the test proves nothing by it", text)
	}
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		pieces := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(obeyed),
			rapid.SampledFrom([]string{" ", "\n", ":", "#", "[", "word", "\u2028", "\xff"}), rapid.String()), 1, 6)
		prepared := sink.Text(strings.Join(pieces.Draw(t, "pieces"), ""))
		// Ginkgo wraps lines at blanks, so each may come to stand at the beginning of one.
		for _, line := range append(strings.Split(prepared, "\n"), strings.FieldsFunc(prepared, unicode.IsSpace)...) {
			for name, obeys := range agents {
				g.Expect(obeys(line)).To(BeFalse(), "%s obeys %q", name, line)
			}
		}
		g.Expect(sink.Text(prepared)).To(Equal(prepared))
	})
}

type holder struct{ Text string }

// What Text gives stands in XML and JSON as it is.
func TestXMLAndJSONHoldEveryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewWithT(t)
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom(obeyed), rapid.Just("\x00\ufffe\uffff\U000e0041]]>")).
			Draw(t, "text")
		prepared := sink.Text(text)
		encoded, err := xml.Marshal(holder{prepared})
		g.Expect(err).NotTo(HaveOccurred())
		var back holder
		g.Expect(xml.Unmarshal(encoded, &back)).To(Succeed())
		g.Expect(back.Text).To(Equal(prepared))
		plain, err := json.Marshal(text)
		g.Expect(err).NotTo(HaveOccurred())
		written := sink.JSON(plain)
		g.Expect(sink.Visible(string(written))).To(Equal(string(written)))
		var decoded, wanted string
		g.Expect(json.Unmarshal(written, &decoded)).To(Succeed())
		g.Expect(json.Unmarshal(plain, &wanted)).To(Succeed())
		g.Expect(decoded).To(Equal(wanted))
	})
}
