package redact

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// form is one that is a secret wherever it stands. Where its expression has a group, that is the secret. Each of its
// texts has one of the marks in it, in lower case: looking for these takes a hundredth of the expression's time.
type form struct {
	marks []string
	*regexp.Regexp
}

func of(expression string, marks ...string) form { return form{marks, regexp.MustCompile(expression)} }

// in finds the form's places in a text, of which lower is the text in lower case.
func (f form) in(text, lower string) [][]int {
	if !slices.ContainsFunc(f.marks, func(mark string) bool { return strings.Contains(lower, mark) }) {
		return nil
	}
	return f.FindAllStringSubmatchIndex(text, -1)
}

var (
	forms = []form{
		of(`\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`, "eyj"), // a JWT
		of(`\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{20,}`, "$2"),                            // bcrypt
		of(`\$(?:argon2[a-z]*|pbkdf2[a-z0-9-]*|scrypt|[156y]|s0|apr1)\$[^\s"'<>]{8,}`, "$argon2", "$pbkdf2", "$scrypt",
			"$1$", "$5$", "$6$", "$y$", "$s0$", "$apr1$"), // crypt's kinds
		of(`\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|bcrypt|argon2|pbkdf2|scrypt|noop)\}[^\s"'<>{}]{8,}`, "sha}", "256}",
			"384}", "512}", "md5}", "crypt}", "argon2}", "pbkdf2}", "noop}"), // LDAP, Spring
		of(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(.*?)(?:-----END|\z)`, "private key-----"), // PEM
		of(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:@/"']*:([^\s@/"']+)@`, "://"),                      // an address with a password
		of(`\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[sr]k_live_|AKIA|ASIA)[A-Za-z0-9_-]{12,}`, "ghp_", "gho_",
			"ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "k_live_", "akia", "asia"), // tokens that name their issuer
	}
	credentials = of(`(?i)\b(?:bearer|token|negotiate)(?:\s|%20|\+)+["']?([A-Za-z0-9][A-Za-z0-9._~+/-]{7,}=*)`, "bearer",
		"token", "negotiate")
	basic = of(`(?i)\bbasic(?:\s|%20|\+)+([A-Za-z0-9+/_-]{4,}=*)`, "basic")
	// sessionLike is what a refused login may have opened all the same.
	sessionLike = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b`)
)

// secretForms finds the stretches of a text that are secrets by their form or by the name before them.
func secretForms(from Origin, text string) []span {
	var found []span
	lower := strings.ToLower(text)
	for _, form := range forms {
		for _, at := range form.in(text, lower) {
			found = append(found, span{at[len(at)-2], at[len(at)-1]})
		}
	}
	for _, at := range credentials.in(text, lower) {
		if LooksLikeID(text[at[2]:at[3]]) { // unlike "Bearer authentication"
			found = append(found, span{at[2], at[3]})
		}
	}
	for _, at := range basic.in(text, lower) {
		standard := standardAlphabet.Replace(strings.TrimRight(text[at[2]:at[3]], "="))
		if plain, err := base64.RawStdEncoding.DecodeString(standard); err == nil && strings.Contains(string(plain), ":") {
			found = append(found, span{at[2], at[3]})
		}
	}
	found = append(found, assigned(text)...)
	if from == RefusedLogin {
		for _, at := range sessionLike.FindAllStringIndex(text, -1) {
			found = append(found, span{at[0], at[1]})
		}
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
		name := strings.TrimRight(text[max(0, i-longestName):i], " \t\r\n\"'")
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
