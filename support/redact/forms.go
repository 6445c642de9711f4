package redact

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
)

// pattern is that of texts that are secrets wherever they stand, if valid. Where its expression has a group,
// that is the secret. Each of its texts has one of the marks in it, in lower case: looking for these takes a hundredth
// of the expression's time.
type pattern struct {
	*regexp.Regexp
	marks string            // with blanks between
	valid func(string) bool // nil: each is
}

func of(expression, marks string, valid func(string) bool) pattern {
	return pattern{regexp.MustCompile(expression), marks, valid}
}

var patterns = []pattern{
	of(`\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`, "eyj", nil), // a JWT
	of(`\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{20,}`, "$2", nil),                            // bcrypt
	of(`\$(?:argon2[a-z]*|pbkdf2[a-z0-9-]*|scrypt|[156y]|s0|apr1)\$[^\s"'<>]{8,}`, // crypt's kinds
		"$argon2 $pbkdf2 $scrypt $1$ $5$ $6$ $y$ $s0$ $apr1$", nil),
	of(`\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|bcrypt|argon2|pbkdf2|scrypt|noop)\}[^\s"'<>{}]{8,}`, // LDAP, Spring
		"sha} 256} 384} 512} md5} crypt} argon2} pbkdf2} noop}", nil),
	of(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(.*?)(?:-----END|\z)`, "key-----", nil), // PEM
	of(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:@/"']*:([^\s@/"']+)@`, "://", nil),              // an address with a password
	of(`\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[sr]k_live_|AKIA|ASIA)[A-Za-z0-9_-]{12,}`, // they name their issuer
		"ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- xox k_live_ akia asia", nil),
	of(`(?i)\b(?:bearer|token|negotiate)(?:\s|%20|\+)+["']?([A-Za-z0-9/+_-][A-Za-z0-9._~+/-]{7,}=*)`,
		"bearer token negotiate", func(text string) bool { // unlike "Bearer authentication"
			return LooksLikeID(text) && !(text[0] == '/' && pathLike.MatchString(text))
		}),
	of(`(?i)\bbasic(?:\s|%20|\+)+([A-Za-z0-9+/_-]{4,}=*)`, "basic", func(text string) bool {
		plain, err := base64.RawStdEncoding.DecodeString(standardAlphabet.Replace(strings.TrimRight(text, "=")))
		return err == nil && strings.Contains(string(plain), ":")
	}),
}

// sessionLike is what a refused login may have opened all the same.
var sessionLike = of(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b`, "", nil)

// secretForms finds the stretches of a text that are secrets by their form or by the name before them.
func secretForms(from Origin, text string) []span {
	found, lower := assigned(text), strings.ToLower(text)
	add := func(p pattern) {
		for _, at := range p.FindAllStringSubmatchIndex(text, -1) {
			if s := (span{at[len(at)-2], at[len(at)-1]}); p.valid == nil || p.valid(text[s.from:s.to]) {
				found = append(found, s)
			}
		}
	}
	for _, p := range patterns {
		for mark := range strings.FieldsSeq(p.marks) {
			if strings.Contains(lower, mark) {
				add(p)
				break
			}
		}
	}
	if from == RefusedLogin {
		add(sessionLike)
	}
	return found
}

const (
	longestName = 80 // bytes
	leastValue  = 4  // bytes
)

// assigned finds the values in a text whose names say that they are secrets: token=…, "csrf": "…".
func assigned(text string) (found []span) {
	inName := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_.-", r) }
	for i := 0; i < len(text); i++ {
		if text[i] != '=' && text[i] != ':' {
			continue
		}
		name := strings.TrimRight(text[max(0, i-longestName):i], " \t\r\n\"']") // a[token]=… too
		name = strings.TrimSuffix(strings.TrimSuffix(name, "%5D"), "%5d")
		name = strings.TrimLeft(name[strings.LastIndexFunc(name, func(r rune) bool { return !inName(r) })+1:], "0123456789.-")
		strong, weak := secretName(name)
		if !strong && !weak {
			continue
		}
		from := i + 1
		for from < len(text) && from < i+6 && strings.IndexByte(" \t\r\n\"'", text[from]) >= 0 {
			from++
		}
		to := from
		for to < len(text) && strings.IndexByte(" \t\r\n\f\"'&;,<>(){}[]", text[to]) < 0 {
			to++
		}
		value := text[from:to]
		if len(value) >= leastValue && (LooksLikeID(value) || strong && text[i] == '=' && !saysRefusal(value)) {
			found = append(found, span{from, to})
			i = to - 1
		}
	}
	return found
}

// run is one of ID characters, with padding.
var (
	run = regexp.MustCompile(`[A-Za-z0-9+/_.~-]{14,}={0,2}`)
	// A path or a media type: /node/api/users, text/html. Of a random ID in base64 one in a thousand looks so.
	pathLike = regexp.MustCompile(`^(//|/[a-z]{3,}[/.]|[a-z]{4,}/)`)
	zone     = regexp.MustCompile(`^[A-Z][a-z]+(/[A-Z][A-Za-z]+([_-][A-Za-z]+)*)+$`)
	date     = regexp.MustCompile(`^\d{4}-?[01]\d-?[0-3]\dT[0-9TZ:.+-]*$`)
)

// runs finds the runs of ID characters that are long enough and, by their looks, nothing else. Padding (=) counts for
// the length.
func runs(s, kept string) (found []span) {
	for _, at := range run.FindAllStringIndex(s, -1) {
		bare := strings.TrimRight(s[at[0]:at[1]], "=")
		isName := len(bare) < at[1]-at[0] && at[1] < len(s) && isID(s[at[1]])
		if !isName && at[1]-at[0] >= leastRun { // unlike sid=5f0c…
			found = append(found, ids(s, span{at[0], at[0] + len(bare)}, kept)...)
		}
	}
	return found
}

// ids gives what of a run is an ID: all of it, those segments of a path that have a digit, or nothing. Punctuation at
// its ends is left out, so that the ID is recognised where it stands without.
func ids(s string, run span, kept string) (found []span) {
	text := s[run.from:run.to]
	if pathLike.MatchString(text) {
		for segment := range strings.SplitSeq(text, "/") {
			end := run.from + len(segment)
			if len(segment) >= leastRun && strings.ContainsAny(segment, "0123456789") {
				found = append(found, ids(s, span{run.from, end}, kept)...)
			}
			run.from = end + 1
		}
		return found
	}
	before, core, _ := trim(text)
	if core == "" || zone.MatchString(core) || date.MatchString(core) || versionLike.MatchString(core) || wordLike(core) ||
		within(kept, core) {
		return nil
	}
	start := run.from + len(before)
	return []span{{start, start + len(core)}}
}

func isID(b byte) bool { return inAlphabet(rune(b)) || b == '.' || b == '~' }
