package redact

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// Forms that are secrets wherever they stand. Where an expression has a group, that is the secret.
var forms = []*regexp.Regexp{
	// a JWT
	regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`),
	// bcrypt
	regexp.MustCompile(`\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{20,}`),
	// crypt's kinds
	regexp.MustCompile(`\$(?:argon2[a-z]*|pbkdf2[a-z0-9-]*|scrypt|[156y]|s0|apr1)\$[^\s"'<>]{8,}`),
	// LDAP, Spring
	regexp.MustCompile(`\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|bcrypt|argon2|pbkdf2|scrypt|noop)\}[^\s"'<>{}]{8,}`),
	regexp.MustCompile(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----(.*?)(?:-----END|\z)`), // PEM
	// an address with a password
	regexp.MustCompile(`\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s:@/"']*:([^\s@/"']+)@`),
	// tokens that name their issuer
	regexp.MustCompile(`\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|[sr]k_live_|AKIA|ASIA)[A-Za-z0-9_-]{12,}`),
	// credentials
	regexp.MustCompile(`(?i)\b(?:bearer|token|negotiate)(?:\s|%20|\+)+["']?([A-Za-z0-9][A-Za-z0-9._~+/-]{7,}=*)`),
}

var (
	basic = regexp.MustCompile(`(?i)\bbasic(?:\s|%20|\+)+([A-Za-z0-9+/_-]{4,}=*)`)
	// assigned is a name and a value within a text: token=…, "csrf": "…". The second group is the sign, the third the
	// value.
	assigned = regexp.MustCompile(`([\p{L}_][\p{L}\d_.-]+)["']?\s{0,2}([:=])\s{0,2}["']?([^\s"'&;,<>(){}\[\]]{4,})`)
	// sessionLike is what a refused login may have opened all the same.
	sessionLike = regexp.MustCompile(`(?i)\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{32,}\b`)
)

// secretForms finds the stretches of a text that are secrets by their form or by the name before them.
func secretForms(from Origin, text string) []span {
	var found []span
	for i, form := range forms {
		for _, at := range form.FindAllStringSubmatchIndex(text, -1) {
			found1 := span{at[len(at)-2], at[len(at)-1]}
			if i == len(forms)-1 && !LooksLikeID(text[found1.from:found1.to]) { // "Bearer authentication"
				continue
			}
			found = append(found, found1)
		}
	}
	for _, at := range basic.FindAllStringSubmatchIndex(text, -1) {
		standard := standardAlphabet.Replace(strings.TrimRight(text[at[2]:at[3]], "="))
		if plain, err := base64.RawStdEncoding.DecodeString(standard); err == nil && strings.Contains(string(plain), ":") {
			found = append(found, span{at[2], at[3]})
		}
	}
	for _, at := range assigned.FindAllStringSubmatchIndex(text, -1) {
		name, sign, value := text[at[2]:at[3]], text[at[4]:at[5]], text[at[6]:at[7]]
		strong, weak := secretName(name)
		if (strong || weak) && LooksLikeID(value) || strong && sign == "=" && !saysRefusal(value) {
			found = append(found, span{at[6], at[7]})
		}
	}
	if from == RefusedLogin {
		for _, at := range sessionLike.FindAllStringIndex(text, -1) {
			found = append(found, span{at[0], at[1]})
		}
	}
	return found
}
