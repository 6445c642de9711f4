//go:build keycloak && unix

package keycloak_test

import (
	"context"
	"io"
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"

	"session-conformance/support/keycloak"
	"session-conformance/support/reference/saymon"
	"session-conformance/support/report"
	"session-conformance/support/target"
)

// settings are a map of targets.yaml.
type settings = map[string]any

// expected is a target and what must come of its login with Keycloak.
type expected struct {
	name     string
	settings settings
	verdict  report.Verdict // of saymon-session-by-keycloak
	says     string         // in its message
}

// embedded is the reference server within the run, which trusts the realm of the settings.
func embedded(name string, keycloak settings, verdict report.Verdict, says string, more ...settings) expected {
	s := settings{"url": "embedded", "keycloak": keycloak}
	for _, m := range more {
		for k, v := range m {
			s[k] = v
		}
	}
	return expected{name, s, verdict, says}
}

// targets are all of them: each right way to a token, each cause why there is none, and each refusal of a token.
func targets(ctx context.Context, t *testing.T, s *server) []expected {
	realm := s.url + "/realms/conformance"
	with := func(client, username, password string, more ...string) settings {
		k := settings{"issuer": realm, "client_id": client, "username": username, "password": password}
		for i := 0; i+1 < len(more); i += 2 {
			k[more[i]] = more[i+1]
		}
		if username == "" {
			delete(k, "username")
			delete(k, "password")
		}
		return k
	}
	const password, secret = "Password at the realm 1", "Secret of the confidential client 1"
	good := with("reference", "user.name", password)
	user := func(login, email string) settings {
		return settings{"user": settings{"login": login, "email": email}}
	}
	none := func(name string, keycloak settings, says string) expected {
		return embedded(name, keycloak, report.Inconclusive, says)
	}
	return append([]expected{
		embedded("good", good, report.Pass, ""),
		embedded("good-with-a-secret", with("confidential", "user.name", password, "client_secret", secret), report.Pass, ""),
		embedded("good-without-a-user", with("confidential", "", "", "client_secret", secret), report.Pass, "",
			user("service-account-confidential", "service@example.com")),
		embedded("good-without-an-email", with("public", "no.email", "Password at the realm 2"), report.Pass, "",
			user("no.email", "no.email@example.com")),

		none("wrong-password", with("public", "user.name", "wrong"), `keycloak.password is not that of the user "user.name"`),
		none("unknown-user", with("public", "nobody", "wrong"), `keycloak.password is not that of the user "nobody"`),
		none("disabled-user", with("public", "disabled", "Password at the realm 3"),
			`the account "disabled" of keycloak.username is disabled`),
		none("unfinished-user", with("public", "unfinished", "Password at the realm 4"),
			`the account "unfinished" of keycloak.username is not fully set up`),
		none("unknown-client", with("nobody", "user.name", password), `the realm has no client "nobody" that is enabled`),
		none("disabled-client", with("off", "user.name", password), `the realm has no client "off" that is enabled`),
		none("no-direct-access-grants", with("no-grant", "user.name", password),
			`the client "no-grant" of keycloak.client_id may not exchange a password for a token`),
		none("public-without-a-user", with("public", "", ""),
			`the client "public" of keycloak.client_id is public and gets no token of its own`),
		none("no-service-account", with("no-service-account", "", "", "client_secret", "Secret of the confidential client 2"),
			`the client "no-service-account" of keycloak.client_id has no service account`),
		none("no-secret", with("confidential", "user.name", password),
			`the client "confidential" of keycloak.client_id has a secret, and keycloak.client_secret is not set`),
		none("wrong-secret", with("confidential", "user.name", password, "client_secret", "wrong"),
			`keycloak.client_secret is not that of the client "confidential"`),
		none("unknown-scope", with("public", "user.name", password, "scope", "openid nonsense"),
			`keycloak.scope asks for "openid nonsense"`),
		none("no-realm", with("public", "user.name", password, "issuer", s.url+"/realms/Conformance"),
			"there is no realm at keycloak.issuer (answered 404 Not Found)"),
		none("no-realm-address", with("public", "user.name", password, "issuer", s.url),
			"there is no realm at keycloak.issuer (answered 404 Not Found)"),
		none("renamed-realm", with("public", "user.name", password, "issuer", s.url+"/realms/renamed"),
			`the realm there calls itself "https://keycloak.example/realms/renamed"`),
		none("not-reachable", with("public", "user.name", password, "issuer",
			"http://127.0.0.1:"+freePort(t)+"/realms/conformance"),
			"keycloak.issuer is not reachable: the connection was refused"),
		none("not-trusted", with("public", "user.name", password, "issuer", overTLS(t, s)+"/realms/conformance"),
			"the certificate is signed by "),
	}, products(ctx, t, s, good, with("public", "user.name", password))...)
}

// products are targets beside the run, which refuse a token, rightly or not.
func products(ctx context.Context, t *testing.T, s *server, good, noAudience settings) []expected {
	realm := s.url + "/realms/conformance"
	product := func(name string, keycloak settings, verdict report.Verdict, says string, now func() time.Time,
		with ...string) expected {
		c := saymon.Default()
		c.With, c.Now, c.Issuer.URL = with, now, realm
		handler, err := saymon.New(c)
		if err != nil {
			t.Fatal(err)
		}
		running := httptest.NewServer(handler)
		t.Cleanup(running.Close)
		account := func(a saymon.Account) settings {
			return settings{"login": a.Login, "password": a.Password, "email": a.Email, "id": a.ID}
		}
		return expected{name, settings{"url": running.URL, "user": account(c.User), "other_user": account(c.OtherUser),
			"keycloak": keycloak}, verdict, says}
	}
	at := func(d time.Duration) func() time.Time { return func() time.Time { return time.Now().Add(d) } }
	const refused = "session-refused-by-keycloak"
	elsewhere, err := keycloak.Fetch(ctx,
		keycloak.Realm{Timeout: 20 * time.Second, Keycloak: target.Keycloak{Issuer: s.url + "/realms/elsewhere",
			ClientID: "public", Username: "user.name", Password: "Password elsewhere 1"}})
	if err != nil {
		t.Fatal(err)
	}
	return []expected{
		product("audience-demanded", good, report.Pass, "", nil, saymon.AudienceDemanded),
		product("audience-lacking", noAudience, report.Inconclusive,
			`the aud of the Keycloak token is absent and has not the client "public"`, nil, saymon.AudienceDemanded),
		product("clock-ahead", good, report.Inconclusive, "by the target's clock (Date) the Keycloak token ended",
			at(time.Hour)),
		product("clock-behind", good, report.Inconclusive,
			"by the target's clock (Date) the Keycloak token is not yet issued", at(-time.Hour), refused),
		product("refuses-for-nothing", good, report.Fail, "401", nil, refused),
		product("configured-token-of-another-realm", settings{"token": elsewhere.Access}, report.Fail, "401", nil),
	}
}

// overTLS serves Keycloak with a certificate that nobody trusts.
func overTLS(t *testing.T, s *server) string {
	to, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }})
	proxy.Config.ErrorLog = log.New(io.Discard, "", 0) // it would tell of the handshake that fails
	proxy.StartTLS()
	t.Cleanup(proxy.Close)
	return proxy.URL
}
