package redact

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
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

// traced ends before the number of a request or an error: Quarkus says "Error id 3f1f…".
var traced = regexp.MustCompile(`(?i)(?:` + strings.Join(tracing, "|") + `)[ _-]?id\W{1,3}$`)

const longestTrace = 24

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
		found = slices.DeleteFunc(found, func(s span) bool {
			return traced.MatchString(text[max(0, s.from-longestTrace):s.from])
		})
	}
	return found
}

// assignment is a name and a sign before a value: token=, "csrf": ", a[token]=.
var assignment = regexp.MustCompile(`([\pL_][\pL\pN_.-]{0,80})(?:[\s"'\]]|%5[Dd])*([=:])[\s"']{0,5}`)

// assigned finds the values in a text whose names say that they are secrets: token=…, "csrf": "…".
func assigned(text string) (found []span) {
	if !strings.ContainsAny(text, "=:") {
		return nil
	}
	for _, at := range assignment.FindAllStringSubmatchIndex(text, -1) {
		strong, weak := secretName(text[at[2]:at[3]])
		if !strong && !weak {
			continue
		}
		value := text[at[1]:]
		code := false
		if end := strings.IndexAny(value, " \t\r\n\f\"'&;,<>(){}[]"); end >= 0 {
			code = strings.IndexByte("([", value[end]) >= 0 // token = request.headers["…"]
			value = value[:end]
		}
		if len(value) >= leastWhole && (LooksLikeID(value) || strong && text[at[4]] == '=' && !code && !SaysRefusal(value)) {
			found = append(found, span{at[1], at[1] + len(value)})
		}
	}
	return found
}

// run is one of ID characters, with padding.
var (
	run = regexp.MustCompile(`[A-Za-z0-9+/_.~-]{14,}={0,2}`)
	// A path or a media type: /node/api/users, text/html. Of a random ID in base64 one in a thousand looks so.
	pathLike = regexp.MustCompile(`^(//|/[a-z]{3,}[/.]|[a-z]{4,}/)`)
)

// runs finds the runs of ID characters that are long enough and, by their looks, nothing else; of a path the segments
// that have a digit. Padding (=) counts for the length. Punctuation at the ends is left out, so that an ID is
// recognised where it stands without.
func runs(s, kept string) (found []span) {
	for _, at := range run.FindAllStringIndex(s, -1) {
		from, bare := at[0], strings.TrimRight(s[at[0]:at[1]], "=")
		isName := len(bare) < at[1]-from && at[1] < len(s) && isID(rune(s[at[1]]))
		if isName || at[1]-from < leastRun { // sid=5f0c…
			continue
		}
		segments := []string{bare}
		if pathLike.MatchString(bare) {
			segments = strings.Split(bare, "/")
		}
		for _, segment := range segments {
			before, core, _ := trim(segment)
			whole := len(segments) == 1 || len(segment) >= leastRun && strings.ContainsAny(segment, "0123456789")
			if start := from + len(before); whole && LooksLikeID(core) && !within(kept, core) {
				found = append(found, span{start, start + len(core)})
			}
			from += len(segment) + 1
		}
	}
	return found
}

func isID(r rune) bool { return inAlphabet(r) || r == '.' || r == '~' }
