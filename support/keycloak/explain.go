package keycloak

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"session-conformance/support/exchange"
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
		return errors.New(httpsRequired(r))
	case strings.Contains(strings.ToLower(err.Error()), "realm not enabled"):
		return errors.New("the realm of keycloak.issuer is disabled: turn it on at the top of its Realm settings")
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

// cause is one reason for which Keycloak refuses a token: what its answer says, and what to do.
type cause struct {
	code  string // the answer's error; empty: any
	words string // in its error_description, in lower case; empty: any
	says  func(r Realm) string
}

// causes are looked through in their order. The words are those of Keycloak 26; the codes are of RFC 6749, section 5.2.
var causes = []cause{
	{"", "https required", httpsRequired},
	{"", "realm not enabled", func(r Realm) string {
		return "the realm of keycloak.issuer is disabled: turn it on at the top of its Realm settings"
	}},
	{"", "bearer-only", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id is bearer-only: it may check tokens and not get any. Turn "+
			"on an authentication flow in its Capability config, such as Direct access grants, or name another client",
			r.ClientID)
	}},
	{"", "consent", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id requires the user's consent, which nobody can give here: "+
			"turn off Consent required in its Settings, or name another client", r.ClientID)
	}},
	{"", "password credentials grant is prohibited", func(r Realm) string {
		return "the realm's Client policies prohibit the exchange of a password for a token: except the client from that " +
			"policy, or give keycloak.token"
	}},
	{"", "client_assertion", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id names itself by a signed JWT: set its Client "+
			"Authenticator under Credentials to Client Id and Secret, or name another client", r.ClientID)
	}},
	{"", "dpop", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id gets only tokens that are bound by DPoP: turn off Require "+
			"DPoP bound tokens in its Capability config, or name another client", r.ClientID)
	}},
	{"", "mtls", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id gets only tokens that are bound to a client's "+
			"certificate: give keycloak.tls.cert_file and key_file, or turn that off in its Advanced settings", r.ClientID)
	}},
	{"", "client certificate", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id names itself by a certificate: give "+
			"keycloak.tls.cert_file and key_file, or set its Client Authenticator to Client Id and Secret", r.ClientID)
	}},
	{"", "session limit", func(r Realm) string {
		return fmt.Sprintf("the account %q of keycloak.username has as many sessions as the realm allows: end some under "+
			"Users, Sessions, or wait", r.Username)
	}},
	{"unsupported_grant_type", "", func(r Realm) string {
		return "the realm does not hand out tokens in this way, or the feature is switched off in the server: give " +
			"keycloak.token, or ask who runs it"
	}},
	{"", "direct access grant", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id may not exchange a password for a token: turn on Direct "+
			"access grants in its Capability config", r.ClientID)
	}},
	{"", "public client not allowed to retrieve service account", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id is public and gets no token of its own: give "+
			"keycloak.username and keycloak.password, or turn on Client authentication and Service account roles in its "+
			"Capability config", r.ClientID)
	}},
	{"", "not enabled to retrieve service account", func(r Realm) string {
		return fmt.Sprintf("the client %q of keycloak.client_id has no service account: turn on Service account roles in "+
			"its Capability config, or give keycloak.username and keycloak.password", r.ClientID)
	}},
	{"", "resolve required action", unfinished},
	{"", "not fully set up", unfinished},
	{"", "temporarily disabled", func(r Realm) string {
		return fmt.Sprintf("the account %q of keycloak.username is locked for a while after wrong passwords: wait, or "+
			"unlock it under Users", r.Username)
	}},
	{"", "account disabled", func(r Realm) string {
		return fmt.Sprintf("the account %q of keycloak.username is disabled: turn it on under Users", r.Username)
	}},
	{"invalid_grant", "", func(r Realm) string {
		return fmt.Sprintf("keycloak.password is not that of the user %q of keycloak.username, or the realm has no such "+
			"user, or has locked it after wrong passwords: try the two in the realm's account console", r.Username)
	}},
	{"unauthorized_client", "credentials", wrongSecret},
	{"", "client secret", wrongSecret},
	{"invalid_client", "", func(r Realm) string {
		also := ""
		if r.ClientSecret != "" {
			also = "; if it has, keycloak.client_secret is wrong"
		}
		return fmt.Sprintf("the realm has no client %q that is enabled: set keycloak.client_id to its Client ID under Clients%s", r.ClientID, also)
	}},
	{"invalid_scope", "", func(r Realm) string {
		return fmt.Sprintf("keycloak.scope asks for %q, and the client %q has not all of these: add them under its Client "+
			"scopes, or ask for less", scopes(r), r.ClientID)
	}},
}

func unfinished(r Realm) string {
	return fmt.Sprintf("the account %q of keycloak.username is not fully set up: clear its Required user actions, and "+
		"fill in the fields that the realm's User profile demands, such as email, first and last name", r.Username)
}

func httpsRequired(Realm) string {
	return "the realm demands HTTPS: begin keycloak.issuer with https://, or set Require SSL to none in its Realm " +
		"settings for a lab"
}

func wrongSecret(r Realm) string {
	if r.ClientSecret == "" {
		return fmt.Sprintf("the client %q of keycloak.client_id has a secret, and keycloak.client_secret is not set: copy "+
			"it from the client's Credentials", r.ClientID)
	}
	return fmt.Sprintf("keycloak.client_secret is not that of the client %q: copy it from the client's Credentials",
		r.ClientID)
}

// refused says why the realm refuses the token, and quotes it.
func (r Realm) refused(refused *oauth2.RetrieveError) error {
	said := strings.ToLower(refused.ErrorDescription)
	sentence := "the realm refuses the token for a reason that only it knows; its log, under Events, says more"
	for _, c := range causes {
		if (c.code == "" || c.code == refused.ErrorCode) && strings.Contains(said, c.words) {
			sentence = c.says(r)
			break
		}
	}
	return fmt.Errorf("%s (the realm answers %s)", sentence, r.quote(refused))
}
