package redact

import (
	"regexp"
	"strings"
)

// runs finds the runs of ID characters that are long enough and, by their looks, nothing else. Padding (=) counts for
// the length.
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
	date     = regexp.MustCompile(`^\d{4}-?[01]\d-?[0-3]\dT[0-9TZ:.+-]*$`)
)

// ids gives what of a run is an ID: all of it, those segments of a path that have a digit, or nothing. Punctuation at
// its ends is left out, so that the ID is recognised where it stands without.
func ids(s string, run span, kept string) []span {
	if pathLike.MatchString(s[run.from:run.to]) {
		var found []span
		for from := run.from; from < run.to; {
			to := from + len(strings.SplitN(s[from:run.to], "/", 2)[0])
			if to-from >= leastRun && strings.ContainsAny(s[from:to], "0123456789") {
				found = append(found, ids(s, span{from, to}, kept)...)
			}
			from = to + 1
		}
		return found
	}
	before, core, _ := trim(s[run.from:run.to])
	if core == "" || zone.MatchString(core) || date.MatchString(core) || versionLike.MatchString(core) || wordLike(core) ||
		within(kept, core) {
		return nil
	}
	start := run.from + len(before)
	return []span{{start, start + len(core)}}
}

func isID(b byte) bool {
	return isBase64(b) || b == '.' || b == '~'
}
