package redact

import (
	"regexp"
	"strings"
)

const (
	leastRun   = 16  // from how many ID characters on a run is taken for something minted
	mostMinted = 256 // how many values an answer mints that are looked for elsewhere: a page of IDs mints none of them
	leastWhole = 4   // from how many bytes on a whole value that was learnt is: a cookie may well say "UTC" or "1"
)

// LearnMinted learns what an answer minted (a session ID, a token), as Minted hides it. Learn all answers before hiding any.
// Of an answer that is full of IDs the first 256 are learnt; Minted hides the others where they stand.
func (h *Hider) LearnMinted(label string, body []byte) {
	learnt := 0
	rewriteBody(string(body), func(v value) string {
		if learnt >= mostMinted {
			return v.text
		}
		_, spans := h.minted(v)
		for _, m := range spans {
			h.Learn(label, v.text[m.from:m.to])
			learnt++
		}
		return v.text
	})
}

// Minted learns and hides what an answer minted, then hides by value as Text. That is: a body that is one JSON string as a
// whole; else, in values (not keys, names, or numbers of JSON), each run of 16 or more ID characters, and a whole value that was
// learnt, of four bytes or more. Kept words, dates, media types, time zones, namespaces and the words of paths stay.
func (h *Hider) Minted(body []byte) []byte {
	h.LearnMinted("a minted value", body)
	hidden := rewriteBody(string(body), func(v value) string {
		text, spans := h.minted(v)
		return replace(text, spans, h.StandIn)
	})
	return []byte(h.Text(hidden))
}

// minted gives a value as far as it is hidden already, and the stretches to be hidden yet.
func (h *Hider) minted(v value) (string, []span) {
	spans, alone := h.stretches(v)
	if alone || len(spans) == 0 {
		return v.text, spans
	}
	return h.besideSecrets(v.text, spans)
}

// besideSecrets hides by value first, and gives the runs that are to be hidden yet. A run within a password, or across its end, must
// not be hidden for itself: the rest of the password would not be recognised and stay.
func (h *Hider) besideSecrets(text string, runs []span) (string, []span) {
	hidden := h.Text(text)
	if hidden == text || len(hidden) != len(text) {
		return text, runs
	}
	beyond := blanked(hidden, runs) != blanked(text, runs) // a secret stands beyond the runs, and may reach into one
	x := h.current()
	shown := []byte(hidden)
	var left []span
	for _, r := range runs {
		run := text[r.from:r.to]
		if beyond && hidden[r.from:r.to] != run && len(x.find(run, len(run))) == 0 {
			continue
		}
		copy(shown[r.from:], run) // secrets within it keep their stand-ins, and what is around them is hidden too
		left = append(left, r)
	}
	return string(shown), left
}

// blanked is a text without its stretches.
func blanked(text string, stretches []span) string {
	return replace(text, stretches, func(string) string { return "" })
}

// stretches gives the stretches of a value to be hidden, and whether they are a value as a whole.
func (h *Hider) stretches(v value) (spans []span, alone bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	before, core, _ := trim(v.text)
	whole := []span{{len(before), len(before) + len(core)}}
	switch {
	case core == "":
		return nil, true
	case v.sole:
		return whole, true
	case v.kind == bare && isNumber(v.text): // a time or a count
		return nil, true
	case v.kind == attribute && isNamespace(v.path[len(v.path)-1]):
		return nil, true
	case len(core) >= leastWhole && h.cores[core] && !h.kept[core]:
		return whole, true
	}
	return runs(v.text, h.keptAll.String()), false
}

func isNamespace(attribute string) bool {
	return attribute == "@xmlns" || strings.HasSuffix(attribute, "chemaLocation")
}

// runs finds the runs of ID characters that are long enough and, by their looks, nothing else. Padding (=) counts for the
// length.
func runs(s, kept string) []span {
	var found []span
	for i := 0; i < len(s); {
		from := i
		for i < len(s) && isID(s[i]) {
			i++
		}
		to := i
		for i < len(s) && s[i] == '=' && i < to+2 {
			i++
		}
		isName := to < i && i < len(s) && isID(s[i]) // sid=5f0c…
		if !isName && i-from >= leastRun {
			found = append(found, ids(s, span{from, to}, kept)...)
		}
		i = max(i, from+1)
	}
	return found
}

var (
	// A path or a media type: /node/api/users, text/html. Of a random ID in base64 one in a thousand looks so.
	pathLike = regexp.MustCompile(`^(//|/[a-z]{3,}[/.]|[a-z]{4,}/)`)
	zone     = regexp.MustCompile(`^[A-Z][a-z]+(/[A-Z][A-Za-z]+([_-][A-Za-z]+)*)+$`)
	date     = regexp.MustCompile(`^\d{4}-?[01]\d-?[0-3]\dT[0-9TZ.+-]*$`)
)

// ids gives what of a run is an ID: all of it, those segments of a path that have a digit, or nothing. Punctuation at its ends
// is left out, so that the ID is recognised where it stands without.
func ids(s string, run span, kept string) []span {
	if pathLike.MatchString(s[run.from:run.to]) {
		var found []span
		for from := run.from; from < run.to; {
			to := from + until(s[from:run.to], 0, "/", 0)
			if to-from >= leastRun && strings.ContainsAny(s[from:to], "0123456789") {
				found = append(found, ids(s, span{from, to}, kept)...)
			}
			from = to + 1
		}
		return found
	}
	before, core, _ := trim(s[run.from:run.to])
	if core == "" || zone.MatchString(core) || date.MatchString(core) || within(kept, core) {
		return nil
	}
	start := run.from + len(before)
	return []span{{start, start + len(core)}}
}

func isID(b byte) bool {
	return isBase64(b) || b == '.' || b == '~'
}
