//go:build unit

package report

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// acceptedLab is a state with one target, lab of saymon, whose specs a, b, c … have these verdicts, each with a clause
// of its own.
func acceptedLab(verdicts ...Verdict) *Accepted {
	t := AcceptedTarget{API: "saymon", Name: "lab", SuiteVersion: "v1", Observations: []Observation{{"status", "200"}}}
	for i, v := range verdicts {
		t.Specs = append(t.Specs, AcceptedSpec{fmt.Sprintf("c-%d", i), fmt.Sprintf("spec %d", i), v})
	}
	return &Accepted{Format: AcceptedFormat, Targets: []AcceptedTarget{t}}
}

// runOfLab is a run of lab with these verdicts.
func runOfLab(tier string, verdicts ...Verdict) *Results {
	t := Target{Name: "lab", Observations: []Observation{{"status", "200"}}}
	for i, v := range verdicts {
		t.Results = append(t.Results, Result{Clause: fmt.Sprintf("c-%d", i), Spec: fmt.Sprintf("spec %d", i), Tier: tier,
			Verdict: v})
	}
	return &Results{API: "saymon", Targets: []Target{t}}
}

func compare(t *testing.T, before *Accepted, now ...*Results) *Comparison {
	t.Helper()
	c, err := Compare(before, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCompareOfOneSpec(t *testing.T) {
	for _, test := range []struct {
		before, now Verdict
		tier, kind  string
		worse       bool
	}{
		{Pass, Pass, "stated", "", false},
		{Fail, Fail, "stated", "", false},
		{Inconclusive, Inconclusive, "shown", "", false},
		{Pass, Fail, "stated", NewlyFailing, true},
		{Waived, Fail, "shown", NewlyFailing, true},
		{Warn, Fail, "extra", NewlyFailing, true}, // strict
		{Inconclusive, Fail, "stated", NewlyFailing, true},
		{Unconfigured, Fail, "stated", NewlyFailing, true},
		{"", Fail, "stated", NewlyFailing, true},
		{Pass, Inconclusive, "stated", NewlyUnanswered, true},
		{Fail, Inconclusive, "shown", NewlyUnanswered, true},
		{Pass, Inconclusive, "extra", NewlyUnanswered, false},
		{"", Inconclusive, "stated", NewlyUnanswered, true},
		{Pass, Unsupported, "stated", NoLongerJudged, true},
		{Fail, Unconfigured, "stated", NoLongerJudged, true},
		{Pass, NotApplicable, "stated", NoLongerJudged, false},
		{Unconfigured, Unsupported, "stated", OtherVerdict, false},
		{Pass, Warn, "extra", OtherVerdict, false},
		{Pass, Waived, "stated", OtherVerdict, false},
		{Fail, Waived, "stated", OtherVerdict, false},
		{Fail, Pass, "stated", NewlyPassing, false},
		{Inconclusive, Pass, "stated", NewlyPassing, false},
		{"", Pass, "stated", Came, false},
		{"", Warn, "extra", Came, false},
	} {
		t.Run(fmt.Sprintf("%s then %s (%s)", test.before, test.now, test.tier), func(t *testing.T) {
			g := NewWithT(t)
			before := acceptedLab(Pass)
			if test.before != "" {
				before = acceptedLab(Pass, test.before)
			}
			c := compare(t, before, runOfLab(test.tier, Pass, test.now))
			g.Expect(c.Worse()).To(Equal(test.worse))
			if test.kind == "" {
				g.Expect(c.Targets[0].Changes).To(BeEmpty())
				return
			}
			change := c.Targets[0].Changes[0]
			g.Expect(change.Kind).To(Equal(test.kind))
			g.Expect(change.Subject).To(HavePrefix("c-1: spec 1"))
			g.Expect(strings.HasSuffix(change.Subject, "(a new clause)")).To(Equal(test.before == ""))
		})
	}
}

func TestCompareOfWhatWent(t *testing.T) {
	g := NewWithT(t)
	c := compare(t, acceptedLab(Pass, Warn, Unconfigured), runOfLab("stated", Pass))
	g.Expect(c.Targets[0].Changes).To(Equal([]Change{
		{Gone, "c-1: spec 1 (with its clause)", "spec 1", "c-1", "warn", "", true},
		{Gone, "c-2: spec 2 (with its clause)", "spec 2", "c-2", "unconfigured", "", false}}))
	filtered := runOfLab("stated", Pass)
	filtered.Filter = "x"
	g.Expect(compare(t, acceptedLab(Pass, Warn), filtered).Worse()).To(BeFalse())

	other := runOfLab("stated", Pass)
	other.Targets[0].Name = "other"
	c = compare(t, acceptedLab(Pass), other)
	g.Expect(c.Worse()).To(BeTrue())
	g.Expect(c.Targets[0].Changes).To(Equal([]Change{{Kind: Came, Subject: "the target"}}))
	g.Expect(c.Targets[1].Changes).To(Equal([]Change{{Kind: Gone, Subject: "the target", Worse: true}}))
	other.Filter = "x"
	g.Expect(compare(t, acceptedLab(Pass), other).Worse()).To(BeFalse())
}

func TestCompareOfANewTargetThatFails(t *testing.T) {
	g := NewWithT(t)
	now := runOfLab("stated", Pass)
	fresh := runOfLab("stated", Pass, Fail, Inconclusive).Targets[0]
	fresh.Name = "fresh"
	now.Targets = append(now.Targets, fresh)
	c := compare(t, acceptedLab(Pass), now)
	g.Expect(c.Targets[0].Changes).To(BeEmpty())
	g.Expect([]string{c.Targets[1].Changes[0].Kind, c.Targets[1].Changes[1].Kind, c.Targets[1].Changes[2].Kind}).
		To(Equal([]string{NewlyFailing, NewlyUnanswered, Came}))
	g.Expect(c.Worse()).To(BeTrue())
}

func TestCompareOfTheSameNameInTwoAPIs(t *testing.T) {
	g := NewWithT(t)
	sdm := runOfLab("stated", Fail)
	sdm.API = "sdm"
	before := acceptedLab(Pass)
	before.Targets = append(before.Targets,
		AcceptedTarget{API: "sdm", Name: "lab", Specs: []AcceptedSpec{{"c-0", "spec 0", Fail}},
			Observations: sdm.Targets[0].Observations})
	c := compare(t, before, runOfLab("stated", Pass), sdm)
	g.Expect(c.Targets).To(HaveLen(2))
	g.Expect(c.Targets[0].Changes).To(BeEmpty())
	g.Expect(c.Targets[1].Changes).To(BeEmpty())
}

func TestCompareOfChosenTargets(t *testing.T) {
	g := NewWithT(t)
	before := acceptedLab(Pass)
	before.Targets = append(before.Targets, AcceptedTarget{API: "sdm", Name: "gone"})
	c, err := Compare(before, []*Results{runOfLab("stated", Pass)}, []string{"lab"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Worse()).To(BeFalse())
	c, err = Compare(before, []*Results{runOfLab("stated", Pass)}, []string{"gone"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.Worse()).To(BeTrue())
	_, err = Compare(before, []*Results{runOfLab("stated", Pass)}, []string{"lba"})
	g.Expect(err).To(MatchError(ContainSubstring("TARGET names lba")), "a slip of the pen compares nothing")
}

func TestCompareNeedsResults(t *testing.T) {
	_, err := Compare(acceptedLab(Pass), nil, nil)
	NewWithT(t).Expect(err).To(HaveOccurred())
	_, err = Compare(acceptedLab(Pass),
		[]*Results{runOfLab("stated", Pass), {API: "sdm", Problems: []string{"wrong"}}}, nil)
	NewWithT(t).Expect(err).To(MatchError(ContainSubstring("sdm was not judged: wrong")))
}

func TestCompareOfObservations(t *testing.T) {
	g := NewWithT(t)
	now := runOfLab("stated", Pass)
	now.Targets[0].Observations = []Observation{{"status", "201"}, {"form", "text"}}
	before := acceptedLab(Pass)
	before.Targets[0].Observations = append(before.Targets[0].Observations, Observation{"cookie", "plain"})
	c := compare(t, before, now)
	g.Expect(c.Worse()).To(BeFalse())
	g.Expect(c.Text("accepted.json")).
		To(And(ContainSubstring("lab (saymon): changed, nothing worse"),
			ContainSubstring("changed observation  status: was 200, now 201\n"),
			ContainSubstring("changed observation  form: text, not there before\n"),
			ContainSubstring("changed observation  cookie: was plain\n"), HaveSuffix("Nothing became worse.\n")))
	now.Filter = "x"
	g.Expect(compare(t, before, now).Text("a")).NotTo(ContainSubstring("cookie"), "a filter leaves out what others see")
}

func TestTextIsShortAndHarmless(t *testing.T) {
	g := NewWithT(t)
	before, now := make([]Verdict, 50), make([]Verdict, 50)
	for i := range before {
		before[i], now[i] = Pass, Fail
	}
	down := runOfLab("stated", now...)
	down.Targets[0].Observations[0].Value = "\x1b[31m" + strings.Repeat("x", 9999)
	text := compare(t, acceptedLab(before...), down).Text("accepted.json")
	g.Expect(text).To(And(ContainSubstring("lab (saymon): WORSE in 50 of 51 changes"),
		ContainSubstring("newly failing        c-0: spec 0: was pass, now fail"),
		ContainSubstring("newly failing        and 30 more"), HaveSuffix("Something became worse.\n"),
		Not(ContainSubstring("\x1b"))))
	g.Expect(len(text)).To(BeNumerically("<", 4096))
	g.Expect(compare(t, acceptedLab(Pass), runOfLab("stated", Pass)).Text("a")).
		To(Equal("Since a:\nlab (saymon): unchanged\nNothing became worse.\n"))
}
