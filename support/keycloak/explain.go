package keycloak

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"session-conformance/support/exchange"
	"session-conformance/support/redact"
)

// party is the issuer, for the words of what went wrong between it and us.
func (r Realm) party() exchange.Party {
	return exchange.Party{Name: "the issuer", URL: "keycloak.issuer", TLS: "keycloak.tls", Timeout: r.Timeout}
}

// discoveryFailed says why there is no discovery document. The status is that of the answer, 0 where none came.
func (r Realm) discoveryFailed(ctx context.Context, status int, err error) error {
	var other *oidc.IssuerMismatchError
	switch {
	case errors.As(err, &other):
		return fmt.Errorf("keycloak.issuer is %q and the realm there calls itself %q: write the issuer like that, letter "+
			"for letter, or mend the Frontend URL under Realm settings",
			cleaned(r.Issuer), cleaned(other.Discovered))
	case status == 0 || ctx.Err() != nil:
		return fmt.Errorf("keycloak.issuer is not reachable: %s", r.party().Explain(ctx, err))
	case strings.Contains(strings.ToLower(err.Error()), "https required"):
		return errors.New(httpsRequired)
	case strings.Contains(strings.ToLower(err.Error()), "realm not enabled"):
		return errors.New(disabledRealm)
	case exchange.SpeaksForAnother(status):
		return fmt.Errorf("keycloak.issuer is not reachable: the answer was %s, which speaks for a proxy or gateway on "+
			"the way, or for load", statusLine(status))
	case status == http.StatusNotFound:
		return fmt.Errorf("there is no realm at keycloak.issuer (answered %s): its address ends in /realms/ and the "+
			"realm's name, with its capitals, and nothing after it", statusLine(status))
	case status >= 300 && status < 400:
		return fmt.Errorf("keycloak.issuer answers %s, and no redirect is followed: give the address that it leads to",
			statusLine(status))
	case status != http.StatusOK:
		return fmt.Errorf("keycloak.issuer answers %s in place of a discovery document: is the realm enabled, and may "+
			"this machine ask it?", statusLine(status))
	}
	return errors.New("keycloak.issuer answers with something that is no discovery document: is it a realm's address, " +
		"ending in /realms/ and the realm's name?")
}

// grantFailed says why there is no token.
func (r Realm) grantFailed(ctx context.Context, status int, err error) error {
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode != "":
		return r.refused(refused)
	case status == 0 || ctx.Err() != nil:
		return fmt.Errorf("the token endpoint that keycloak.issuer names is not reachable: %s", r.party().Explain(ctx, err))
	case exchange.SpeaksForAnother(status):
		return fmt.Errorf("the token endpoint that keycloak.issuer names is not reachable: the answer was %s, which "+
			"speaks for a proxy or gateway on the way, or for load", statusLine(status))
	case status >= 200 && status < 300:
		return errors.New("the token endpoint that keycloak.issuer names answers without a token: is that address a " +
			"Keycloak realm's?")
	}
	return fmt.Errorf("the token endpoint that keycloak.issuer names answers %s without a reason: is that address a "+
		"Keycloak realm's, and may this machine ask it?", statusLine(status))
}

// refused says why the realm refuses the token, and quotes it.
func (r Realm) refused(refused *oauth2.RetrieveError) error {
	said := strings.ToLower(refused.ErrorDescription)
	sentence := "the realm refuses the token for a reason that only it knows; its log, under Events, says more"
	for _, c := range causes {
		if (c.code == "" || c.code == refused.ErrorCode) && strings.Contains(said, c.words) && (!c.noSecret ||
			r.ClientSecret == "") {
			sentence = strings.NewReplacer("{client}", fmt.Sprintf("the client %q", r.ClientID),
				"{account}", fmt.Sprintf("the account %q of keycloak.username", r.Username),
				"{user}", fmt.Sprintf("the user %q of keycloak.username", r.Username),
				"{id}", fmt.Sprintf("%q", r.ClientID), "{scopes}", fmt.Sprintf("%q", scopes(r))).Replace(c.says)
			break
		}
	}
	return fmt.Errorf("%s (the realm answers %s)", sentence, r.quote(refused))
}

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
