package report

import (
	"fmt"
	"slices"
	"strings"

	"session-conformance/support/lang"
	"session-conformance/support/sink"
)

// drawing is a picture of numbers, with the same in words.
type drawing struct {
	Height, TextY int
	Label, End    string
	Rows          []drawnTier
	Bars          []drawnBar
}

type drawnTier struct {
	Name, Judged string
	TextY        int
	Parts        []drawnBar
}

type drawnBar struct {
	Class, Title string
	X, Y, Width  string
}

// drawnVerdicts are the verdicts in a tier's bar, from left to right.
var drawnVerdicts = []Verdict{Pass, Warn, Waived, Fail, Inconclusive, Unconfigured, Unsupported, NotApplicable}

// DrawTiers draws how the specs of each tier were judged.
func (t *Target) DrawTiers() drawing {
	var rows []Target
	for _, tier := range t.Tiers() {
		rows = append(rows, t.of(tier))
	}
	return draw(rows, 105)
}

// Tiers are those that results have.
func (t *Target) Tiers() []string {
	return slices.DeleteFunc(slices.Clone(tiers), func(tier string) bool { return len(t.of(tier).Results) == 0 })
}

// of is the target with the results of a tier only, by whose name it goes.
func (t *Target) of(tier string) Target {
	results := slices.DeleteFunc(slices.Clone(t.Results), func(r Result) bool { return r.Tier != tier })
	return Target{Name: lang.T(tier), Results: results}
}

// draw draws how the specs of each target were judged, in bars that begin so many pixels from the left.
func draw(rows []Target, left float64) drawing {
	most := 1
	for _, t := range rows {
		most = max(most, len(t.Results))
	}
	d := drawing{}
	var words []string
	for _, t := range rows {
		row := drawnTier{Name: shortened(t.Name, int(left)/6), TextY: d.Height + 14, Judged: t.JudgedOf(lang.Reader())}
		x := left
		for _, v := range drawnVerdicts {
			n := len(t.As(v))
			if n == 0 {
				continue
			}
			width := (500 - left) * float64(n) / float64(most)
			row.Parts = append(row.Parts, drawnBar{string(v), countOf(n, v), pixels(x), fmt.Sprint(d.Height + 2),
				pixels(width)})
			x += width
		}
		words = append(words, row.Name+": "+lang.T("%s judged", row.Judged))
		d.Rows, d.Height = append(d.Rows, row), d.Height+22
	}
	d.Label = strings.Join(words, ", ")
	return d
}

// DrawTimeline draws each request as a line from when it was sent to when its answer was there; nil where the times are
// not kept.
func (t *Target) DrawTimeline() *drawing {
	end := 0.0
	for _, m := range t.Timeline {
		end = max(end, m.At+m.Took)
	}
	if end <= 0 {
		return nil
	}
	const rows = 120 // then it begins at the top again
	d := &drawing{End: took(end)}
	d.Label = lang.N(len(t.Timeline), "%d request within %s", "%d requests within %s", d.End)
	for i, m := range t.Timeline {
		class := "none"
		if m.Status > 0 {
			class = fmt.Sprint(m.Status / 100)
		}
		d.Bars = append(d.Bars, drawnBar{class, "", pixels(600 * m.At / end), fmt.Sprint(3 * (i % rows)),
			pixels(max(1.5, 600*m.Took/end))})
	}
	d.TextY = 3*min(len(t.Timeline), rows) + 14
	d.Height = d.TextY + 4
	return d
}

// shortened is a text of at most so many letters.
func shortened(text string, most int) string {
	if letters := []rune(sink.Line(text)); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return sink.Line(text)
}

func pixels(n float64) string { return fmt.Sprintf("%.1f", n) }
