//go:build unit

package redact

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// slow is the longest that one hostile text may take: ten times what it takes, a hundredth of what quadratic time would
// be.
const slow = 10 * time.Second

func TestHostileTextsEndInTime(t *testing.T) {
	const size = 64 << 10
	fill := func(s string) string { return strings.Repeat(s, size/len(s)+1)[:size] }
	texts := map[string]string{
		"brackets":       fill("["),
		"objects":        fill(`{"a":`),
		"elements":       fill("<a>"),
		"ended elements": fill("<a><b></a>"),
		"declarations":   fill("<!"),
		"comments":       fill("<!--"),
		"CDATA":          fill("<![CDATA["),
		"attributes":     "<a " + fill(`b="c" `),
		"quotes":         fill(`"`),
		"backslashes":    fill(`\`),
		"percents":       fill("%25"),
		"percent signs":  fill("%"),
		"ampersands":     fill("&amp;"),
		"all escapes":    fill(`\\%2525&amp;amp;+\u005cu0041`),
		"zeros":          fill("0"),
		"letters":        fill("a"),
		"NUL":            fill("\x00"),
		"NUL a":          fill("\x00a"),
		"high bytes":     fill("\xc3\x83\xc2\xa9"),
		"no UTF-8":       fill("\xff\xe9"),
		"one string":     `"` + fill("a5f946dc-") + `"`,
		"spaces":         fill(" "),
		"keys":           "{" + fill(`"a" `),
	}
	var many strings.Builder
	many.WriteString("[")
	for i := 0; many.Len() < size; i++ {
		fmt.Fprintf(&many, `"%032x",`, i*i)
	}
	texts["thousands of IDs"] = many.String()
	var nested strings.Builder
	nested.WriteString("[")
	for i := 16; nested.Len() < size; i++ {
		fmt.Fprintf(&nested, `"%s",`, strings.Repeat("0", i))
	}
	texts["IDs that begin with each other"] = nested.String()
	for name, text := range texts {
		h := hider(nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "00000000000000000001", strings.Repeat("a", 4000)+"b")
		for what, do := range map[string]func(){
			"Text":   func() { h.Text(text) },
			"Leaks":  func() { h.Leaks([]byte(text)) },
			"Body":   func() { h.Body(Refused, []byte(text)) },
			"Minted": func() { minted(h, []byte(text)) },
		} {
			start := time.Now()
			do()
			if took := time.Since(start); took > slow {
				t.Errorf("%s of %s took %s", what, name, took)
			}
		}
	}
}

// BenchmarkText hides in a small answer with thirty secrets known: some ten microseconds, for 600 texts of a target.
func BenchmarkText(b *testing.B) {
	h := hider()
	for i := range 30 {
		h.Learn("secret", fmt.Sprintf("secret-%d-%032x", i, i*7919))
	}
	text := `{"sessionId": "37366B7ECFF47D540C87705CF7584AD9.tomcat1", "note": "` +
		strings.Repeat("some \\u00e9 text ", 30) + `"}`
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		h.Text(text)
	}
}

func BenchmarkLargeText(b *testing.B) {
	h := hider(nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "00000000000000000001")
	text := strings.Repeat("An error page in HTML, with <b>markup</b> and so on. ", 4<<20/53)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		h.Text(text)
	}
}
