//go:build unit

package keycloak

import (
	"context"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// Each cause has a sentence of its own: no two of these are alike.
func TestEachCauseHasASentence(t *testing.T) {
	secret := func(r *Realm) { r.ClientSecret = "s" }
	alone := func(r *Realm) { r.Username, r.Password = "", "" }
	seen := map[string]string{}
	for name, test := range map[string]struct {
		discovery, grant http.HandlerFunc
		change           func(*Realm)
		says             []string
	}{
		"no realm": {answer(404, `{"error": "Realm does not exist"}`), nil, nil,
			[]string{"there is no realm at keycloak.issuer (answered 404 Not Found)", "/realms/"}},
		"another issuer": {answer(200, `{"issuer": "https://kc/realms/R"}`), nil, nil,
			[]string{"/realms/r\" and the realm there calls itself \"https://kc/realms/R\"", "Frontend URL"}},
		"a redirect": {answer(302, ""), nil, nil,
			[]string{"keycloak.issuer answers 302 Found, and no redirect is followed"}},
		"forbidden": {answer(403, "<html>"), nil, nil, []string{"keycloak.issuer answers 403 Forbidden in place " +
			"of a discovery document"}},
		"a web page": {answer(200, "<html>"), nil, nil, []string{"no discovery document"}},
		"nothing listens": {nil, nil, func(r *Realm) { r.Issuer = "http://127.0.0.1:1/realms/r" },
			[]string{"keycloak.issuer is not reachable: the connection was refused"}},
		"no grant": {nil, refuse("unauthorized_client", "Client not allowed for direct access grants"), nil,
			[]string{`the client "saymon" of keycloak.client_id`, "Direct access grants"}},
		"a public client": {nil, refuse("unauthorized_client", "Public client not allowed to retrieve service account"),
			alone, []string{"is public", "keycloak.username and keycloak.password"}},
		"no service": {nil, refuse("unauthorized_client", "Client not enabled to retrieve service account"), alone,
			[]string{"has no service account", "Service account roles"}},
		"unfinished": {nil, refuse("invalid_grant", "Account is not fully set up"), nil,
			[]string{`the account "qa" of keycloak.username is not fully set up`, "Required user actions"}},
		"disabled": {nil, refuse("invalid_grant", "Account disabled"), nil,
			[]string{`the account "qa" of keycloak.username is disabled`}},
		"locked": {nil, refuse("invalid_grant", "Account temporarily disabled"), nil,
			[]string{"locked for a while"}},
		"wrong password": {nil, refuse("invalid_grant", "Invalid user credentials"), nil,
			[]string{`keycloak.password is not that of the user "qa"`}},
		"secret not set": {nil, refuse("unauthorized_client", "Invalid client or Invalid client credentials"), nil,
			[]string{"keycloak.client_secret is not set", "Credentials"}},
		"wrong secret": {nil, refuse("unauthorized_client", "Invalid client or Invalid client credentials"), secret,
			[]string{`keycloak.client_secret is not that of the client "saymon"`}},
		"older wrong words": {nil, refuse("unauthorized_client", "Invalid client secret"), secret,
			[]string{`keycloak.client_secret is not that of the client "saymon"`}},
		"unknown client": {nil, refuse("invalid_client", "Invalid client or Invalid client credentials"), nil,
			[]string{`the realm has no client "saymon" that is enabled`, "keycloak.client_id"}},
		"unknown scope": {nil, refuse("invalid_scope", "Invalid scopes: openid x"),
			func(r *Realm) { r.Scope = "openid x" }, []string{`keycloak.scope asks for "openid x"`}},
		"bearer-only": {nil, refuse("invalid_client", "Bearer-only not allowed"), nil,
			[]string{`the client "saymon" of keycloak.client_id is bearer-only`, "Turn on an authentication flow"}},
		"consent": {nil, refuse("invalid_client", "Client requires user consent"), nil,
			[]string{"requires the user's consent", "Consent required"}},
		"HTTPS": {nil, refuse("invalid_request", "HTTPS required"), nil,
			[]string{"the realm demands HTTPS", "https://"}},
		"HTTPS, discovered": {answer(403, `{"error":"invalid_request","error_description":"HTTPS required"}`), nil, nil,
			[]string{"the realm demands HTTPS"}},
		"a disabled realm": {nil, refuse("access_denied", "Realm not enabled"), nil,
			[]string{"is disabled: turn it on at the top of its Realm settings"}},
		"a policy": {nil, refuse("invalid_grant", "resource owner password credentials grant is prohibited."), nil,
			[]string{"Client policies prohibit"}},
		"a signed JWT": {nil, refuse("invalid_client", "Parameter client_assertion_type is missing"), nil,
			[]string{"signed JWT", "Client Id and Secret"}},
		"DPoP": {nil, refuse("invalid_request", "DPoP proof is missing"), nil, []string{"bound by DPoP"}},
		"a bound token": {nil, refuse("invalid_request", "Client Certification missing for MTLS HoK Token Binding"), nil,
			[]string{"bound to a client's certificate", "keycloak.tls.cert_file"}},
		"another grant": {nil, refuse("unsupported_grant_type", "Unsupported grant_type"), nil,
			[]string{"does not hand out tokens in this way"}},
		"an action": {nil, refuse("invalid_grant", "Account is not fully set up: resolve required action"), nil,
			[]string{"not fully set up"}},
		"a gateway": {answer(502, "<html>"), nil, nil, []string{"keycloak.issuer is not reachable: the answer was " +
			"502 Bad Gateway"}},
		"anything else": {nil, refuse("temporarily_unavailable", "later"), nil,
			[]string{"a reason that only it knows", "temporarily_unavailable: later"}},
		"no reason": {nil, answer(500, "<html>"), nil,
			[]string{"answers 500 Internal Server Error without a reason"}},
		"no token":    {nil, answer(200, `{}`), nil, []string{"answers without a token"}},
		"no JSON":     {nil, answer(200, `<html>`), nil, []string{"answers without a token"}},
		"no endpoint": {nil, nil, nil, []string{"names no token endpoint"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			i := start(t, false, test.discovery, test.grant)
			if name == "no endpoint" {
				i.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					answer(200, `{"issuer": "`+i.URL+`/realms/r"}`)(w, nil)
				})
			}
			if test.change == nil {
				test.change = func(*Realm) {}
			}
			_, err := Fetch(context.Background(), i.realm(test.change))
			g.Expect(err).To(HaveOccurred())
			for _, says := range test.says {
				g.Expect(err.Error()).To(ContainSubstring(says))
			}
			sentence, _, _ := strings.Cut(err.Error(), " (the realm answers")
			if name == "no JSON" || name == "older wrong words" || name == "HTTPS, discovered" || name == "an action" {
				return // other words for a cause that is here already
			}
			g.Expect(seen).NotTo(HaveKey(sentence), "it is that of: "+seen[sentence])
			seen[sentence] = name
		})
	}
}

// What a stranger says is shown as one short line that changes nothing on a terminal.
func TestAStrangersWordsAreCleaned(t *testing.T) {
	g := NewWithT(t)
	i := start(t, false, nil, refuse("odd\x1b[31m", "one\r\ntwo\x00\u202e three\u200b "+strings.Repeat("x", 5000)+"\xff"))
	_, err := Fetch(context.Background(), i.realm())
	g.Expect(err).To(MatchError(ContainSubstring(`(the realm answers odd [31m: one two three xxx`)))
	g.Expect(err.Error()).NotTo(MatchRegexp(`[\x00-\x1f\x{202e}\x{200b}]`))
	g.Expect(len(err.Error())).To(BeNumerically("<", 400))
	g.Expect(cleaned(strings.Repeat("é", 1000))).To(HaveSuffix("é…"))
}

// What was sent to the realm and comes back in its words is hidden before these are tidied and cut: after that nobody
// would know it again.
func TestAnEchoedSecretIsHidden(t *testing.T) {
	for name, said := range map[string]string{
		"tidied":  "not with Password  of\tthe realm",
		"cut off": strings.Repeat("x", longestQuote-12) + "Password  of\tthe realm",
		"encoded": "not with UGFzc3dvcmQgIG9mCXRoZSByZWFsbQ==",
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			i := start(t, false, nil, refuse("invalid_grant", said))
			_, err := Fetch(context.Background(), i.realm(func(r *Realm) { r.Password = "Password  of\tthe realm" }))
			g.Expect(err).To(MatchError(ContainSubstring("the realm answers invalid_grant: ")))
			g.Expect(err.Error()).NotTo(MatchRegexp(`Password +of|Password\b|UGFzc3dv`))
		})
	}
}
