package report

import (
	"fmt"
	"strings"
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

// drawTiers draws how the specs of each tier were judged.
func drawTiers(results []Result) drawing {
	count, all, most := map[string]map[Verdict]int{}, map[string]int{}, 1
	for _, r := range results {
		if count[r.Tier] == nil {
			count[r.Tier] = map[Verdict]int{}
		}
		count[r.Tier][r.Verdict]++
		all[r.Tier]++
		most = max(most, all[r.Tier])
	}
	d := drawing{}
	var words []string
	for _, tier := range []string{"stated", "shown", "extra"} {
		if all[tier] == 0 {
			continue
		}
		row := drawnTier{Name: tier, TextY: d.Height + 14}
		x, judged := 60.0, 0
		for _, v := range drawnVerdicts {
			n := count[tier][v]
			if n == 0 {
				continue
			}
			if decided(v) {
				judged += n
			}
			width := 440 * float64(n) / float64(most)
			row.Parts = append(row.Parts, drawnBar{string(v), fmt.Sprintf("%d %s", n, v), pixels(x), fmt.Sprint(d.Height + 2),
				pixels(width)})
			x += width
		}
		row.Judged = fmt.Sprintf("%d of %d", judged, all[tier])
		words = append(words, tier+": "+row.Judged+" judged")
		d.Rows, d.Height = append(d.Rows, row), d.Height+22
	}
	d.Label = strings.Join(words, ", ")
	return d
}

// drawTimeline draws each request as a line from when it was sent to when its answer was there; nil where the times are
// not kept.
func drawTimeline(moments []Moment) *drawing {
	end := 0.0
	for _, m := range moments {
		end = max(end, m.At+m.Took)
	}
	if end <= 0 {
		return nil
	}
	const rows = 120 // then it begins at the top again
	d := &drawing{Label: fmt.Sprintf("%d requests within %s", len(moments), took(end)), End: took(end)}
	for i, m := range moments {
		class := "none"
		if m.Status > 0 {
			class = fmt.Sprint(m.Status / 100)
		}
		d.Bars = append(d.Bars, drawnBar{class, "", pixels(600 * m.At / end), fmt.Sprint(3 * (i % rows)),
			pixels(max(1.5, 600*m.Took/end))})
	}
	d.TextY = 3*min(len(moments), rows) + 14
	d.Height = d.TextY + 4
	return d
}

func pixels(n float64) string { return fmt.Sprintf("%.1f", n) }
