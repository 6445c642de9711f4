package keycloak

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"golang.org/x/oauth2"

	"session-conformance/support/redact"
)

// longestQuote is how much of a stranger's text is shown, in characters.
const longestQuote = 160

// cleaned makes one line of a stranger's text: no control characters, none that hide or turn others around, and not
// longer than longestQuote.
func cleaned(text string) string {
	if len(text) > 4*longestQuote { // before each character is looked at
		text = text[:4*longestQuote]
	}
	text = strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsGraphic(r) {
			return ' '
		}
		return r
	}, text)
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) > longestQuote {
		return string(line[:longestQuote]) + "…"
	}
	return string(line)
}

// quote shows a refusal: error and error_description. What was sent to the realm may stand in it; it is hidden before
// the text is cleaned and cut, after which nobody would find it.
func (r Realm) quote(refused *oauth2.RetrieveError) string {
	secrets := redact.New()
	secrets.Keep(r.Issuer, r.ClientID, r.Username, r.Scope)
	secrets.Learn("keycloak.password", r.Password)
	secrets.Learn("keycloak.client_secret", r.ClientSecret)
	said := cleaned(secrets.Text(refused.ErrorCode))
	if description := cleaned(secrets.Text(refused.ErrorDescription)); description != "" {
		said += ": " + description
	}
	return cmp.Or(said, "nothing")
}

func statusLine(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}
