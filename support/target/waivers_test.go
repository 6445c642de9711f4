//go:build unit

package target

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
)

func TestReadWaivers(t *testing.T) {
	one := Waiver{Clause: "saymon-cookie-path", Reason: "ACME-1", Until: "2027-01-31"}
	for text, want := range map[string]Waivers{
		"waivers:\n - {target: lab, clause: saymon-cookie-path, reason: ACME-1, until: 2027-01-31}":                                                 {{"lab", one}},
		"waivers:\n - {clause: saymon-cookie-path, reason: ACME-1, until: \"2027-01-31\"}":                                                          {{"", one}},
		"targets:\n - name: lab\n   url: \"${UNSET}\"\n   waivers: [{clause: saymon-cookie-path, reason: ACME-1, until: 2027-01-31}]\n - {name: b}": {{"lab", one}},
		`{"waivers": []}`: {},
	} {
		g := NewWithT(t)
		path := filepath.Join(t.TempDir(), "waivers.yaml")
		g.Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
		got, err := ReadWaivers(path)
		g.Expect(err).NotTo(HaveOccurred(), text)
		g.Expect(got).To(HaveLen(len(want)))
		for i := range want {
			g.Expect(got[i]).To(Equal(want[i]))
		}
		g.Expect(got.Of("saymon", "lab")).To(HaveLen(len(want)))
	}
	for text, says := range map[string]string{
		"": "it has no list `waivers`", "waivers: none": ":1:10: this does not belong in a list of waivers",
		"- {clause: x}":               ":1:1: this does not belong in a list of waivers; write `waivers:`",
		"<<<<<<< HEAD\nwaivers: []\n": ":1: the marks of a merge",
		"waivers: [\n":                ":1:10: not YAML",
		"targets:\n - {name: a, password: s3cretWord}\n - s3cretWord": ":3:4: this does not belong in a list",
		"waivers: [{reason: x, until: 2027-01-31}]":                   "waiver 1, of \"\": has no `clause`",
		"waivers: [{clause: x, until: 2027-01-31}]":                   "has no `reason`",
		"waivers: [{targt: lab, clause: x, reason: y, until: 2027-01-31}]": "has an unknown key \"targt\"; " +
			"did you mean `target`?",
		"waivers: [{target: , clause: x, reason: y, until: 2027-01-31}]": "has an empty `target`",
		"waivers: [{clause: x, reason: y, until: 2027-01-31}, {clause: x, reason: z, until: 2027-02-28}]": "waiver 2, of " +
			"\"x\": stands twice",
		"waivers: [{clause: x, reason: y, until: soon}]": "`until` is not a day", "waivers: \x1b": "U+001B",
	} {
		g := NewWithT(t)
		path := filepath.Join(t.TempDir(), "waivers.yaml")
		g.Expect(os.WriteFile(path, []byte(text), 0o600)).To(Succeed())
		_, err := ReadWaivers(path)
		g.Expect(err).To(MatchError(And(ContainSubstring(says), ContainSubstring(path))), text)
		g.Expect(err).NotTo(MatchError(ContainSubstring("s3cretWord")), text)
	}
}

// A target's own waiver of a clause stands in the place of the one for all.
func TestAWaiverOfATargetGoesBeforeThatOfAll(t *testing.T) {
	all, own := Waiver{Clause: "saymon-a", Reason: "all"}, Waiver{Clause: "saymon-a", Reason: "own"}
	list := Waivers{{"", all}, {"lab", own}}
	NewWithT(t).Expect(list.Of("saymon", "lab")).To(Equal([]Waiver{own}))
	NewWithT(t).Expect(list.Of("saymon", "other")).To(Equal([]Waiver{all}))
}
