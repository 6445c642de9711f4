//go:build unit

package redact

import (
	"testing"

	. "github.com/onsi/gomega"
)

// Refusals as servers write them. Their words stay to the letter.
var refusals = map[string]string{
	"restify":         `{"code":"InvalidCredentials","message":"Invalid login or password."}`,
	"restify, dotted": `{"code":"BadRequest","message":"auth-service-params.token is absent"}`,
	"restify, nested": `{"code":"Unauthorized","message":"{\"errorCode\":3,\"message\":\"Invalid API token.\"}"}`,
	"Express": "<!DOCTYPE html>\n<html lang=\"en\">\n<body>\n<pre>UnauthorizedError: No authorization token " +
		"was found<br> &nbsp; &nbsp;at /srv/app/node_modules/express-jwt/lib/index.js:105:22</pre>\n</body>\n</html>\n",
	"NestJS":           `{"message":["password must be longer than or equal to 8 characters","password should not be empty"],"error":"Bad Request","statusCode":400}`,
	"Spring":           `{"timestamp":"2026-11-28T20:15:30.123+00:00","status":401,"error":"Unauthorized","exception":"org.springframework.security.authentication.BadCredentialsException","path":"/api/session/login"}`,
	"Tomcat":           `<!doctype html><html lang="en"><head><title>HTTP Status 401 – Unauthorized</title></head><body><h1>HTTP Status 401 – Unauthorized</h1><p><b>Description</b> The request has not been applied because it lacks valid authentication credentials.</p><h3>Apache Tomcat/10.1.31</h3></body></html>`,
	"Jersey":           `{"errors":[{"message":"must not be null","messageTemplate":"{jakarta.validation.constraints.NotNull.message}","path":"SessionResource.login.arg0.password","invalidValue":null}]}`,
	"Quarkus":          `{"details":"Error id 3f1f2a8e-1, io.quarkus.security.AuthenticationFailedException","stack":"io.quarkus.security.AuthenticationFailedException\n\tat io.quarkus.vertx.http.runtime.security.HttpAuthenticator.attemptAuthentication(HttpAuthenticator.java:128)"}`,
	"FastAPI":          `{"detail":[{"type":"missing","loc":["body","password"],"msg":"Field required","input":{"login":"qa.engineer"},"url":"https://errors.pydantic.dev/2.9/v/missing"}]}`,
	"ASP.NET":          `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"Password":["The Password field is required."],"Token":["NotEmptyValidator"]},"traceId":"00-84c1fd4063c38d9f3900d06e56542d48-85d1d4fe3f0a1a45-00"}`,
	"RFC 9457":         `{"type":"https://example.com/probs/invalid-credentials","title":"Your credentials are not valid.","status":401,"detail":"The token has expired.","instance":"/session/login"}`,
	"RFC 9457 in XML":  `<problem xmlns="urn:ietf:rfc:7807"><title>Invalid_Session_Token_Presented</title><password>required</password></problem>`,
	"words for values": `{"errors":{"password":"is required","token":"invalid_token","secret":["min_length"],"apiKey":"TOKEN_REVOKED","credentials":"[PROTECTED]","pin":"isNotEmpty"},"token":null,"tokenType":"Bearer","password":""}`,
	"rules for values": `{"errors":{"pwd":"min:8","passwd":"required|string|min:8","apiKey":"KEY_AUTH_001","token":"urn:ietf:params:oauth:error:invalid_token","secret":"wsse:InvalidSecurityToken","Kennwort":"Pflichtfeld","пароль":"обязательное поле","токен":"просрочен"}}`,
	"OAuth":            `{"error":"invalid_grant","error_description":"AADSTS-like: Bearer authentication-required, invalid_user_credentials"}`,
	"one word":         `Unauthorized`,
	"GraphQL":          `{"errors":[{"message":"Not authenticated","extensions":{"code":"UNAUTHENTICATED_REQUEST","exception":{"stacktrace":["AuthenticationError: Not authenticated","    at resolveFieldValueOrError (/app/node_modules/graphql/execution/execute.js:467:18)"]}}}]}`,
	"Keycloak":         `{"error":"HTTP401Unauthorized","error_description":"For more on this error consult the server log at the debug level."}`,
	"in Russian":       `{"code":"НедействительныеУчётныеДанные","message":"Неверный логин или пароль: поле password не заполнено"}`,
	"times and codes":  `Session: 2026-11-28T20:15:30Z, Credentials: ERR_AUTH_0042, token: v3.21.0`,
	"in Japanese":      `{"session":"ログインに失敗しました","errors":{"password":["パスワードは必須です"]}}`,
	"Java's map":       `{error=invalid_credentials_presented, status=401, password=required}`,
	"a token of Java":  `javax.security.auth.login.FailedLoginException: Password: invalid; session: expired`,
}

func TestTheWordsOfARefusalStay(t *testing.T) {
	for name, body := range refusals {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			h := hider(nasty, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d")
			for _, from := range []Origin{Refused, RefusedLogin} {
				h.LearnBody("refusal", from, []byte(body))
				g.Expect(string(h.Body(from, []byte(body)))).To(Equal(body))
			}
			g.Expect(h.Value(Refused, "", body)).To(Equal(body))
			g.Expect(h.Text(body)).To(Equal(body))
			g.Expect(h.Leaks([]byte(body))).To(BeEmpty())
		})
	}
}

// Values that names or forms reveal, between §. They are hidden in any answer, also where it refuses.
var reveals = map[string]string{
	"names":                    `{"authenticationToken": "§abcd9§", "endpointsTokens": ["§x9y8§", "§hunter2§"], "User_Pwd": "§geheim9§", "APIKey": "§k1§", "api-key": "§k2§", "sessionId": "§s1§"}`,
	"names, deeper":            `{"a": [{"b": {"passwordHash": "§q1w2e3§", "passwordPolicy": "strong", "hasPassword": "yes", "tokenType": "Bearer"}}]}`,
	"more names":               `{"recoveryCodes": ["§a1b2§"], "hashes": ["§x9§"], "Kennwort": "§geheim§", "user_pass": "§geheim§", "SAMLResponse": "§PHNhbWw§", "code": "InvalidCredentials"}`,
	"addresses":                `{"message": "cannot reach postgres://app:§geheim-1§@db.internal:5432/x with §ghp_16C7e42F292c6912E7710c838347Ae178B4a§"}`,
	"a number":                 `{"password": §12345678§, "status": 401}`,
	"JSON in a string":         `{"message": "{\"csrf_token\": \"§f0o1§\", \"code\": \"InvalidCredentials\"}"}`,
	"XML":                      `<e><clientSecret>§s3cr3t§</clientSecret><a token="§t0k3n§"/><code>InvalidCredentials</code></e>`,
	"a form":                   `error=invalid_grant&access_token=§2YotnFZFEjr1zCsicMWpAA§&password=§geheim9§`,
	"a form in HTML":           `<html><body><form><input type="hidden" name="_csrf" value="§f3a9c1d2§"><input name=login value="qa"></form></body></html>`,
	"a field by its type":      `<form><input type=password value=§geheim9§><input type="text" value="qa"></form>`,
	"names beside values":      `{"headers":[{"name":"X-Api-Key","value":"§f3a9c1d2e5§"},{"name":"Accept","value":"text/html"}],"params":[{"key":"lang","value":"en"},{"key":"pwd","value":"§geheim9§"}]}`,
	"names beside values, XML": `<r><p name="apiKey">§f3a9c1d2e5§</p><p name="lang">f3a9c1d2e4</p><p><name>secret</name><value>§geheim9§</value></p><property key="csrfToken" value="§f3a9c1d2e6§"/><b>geheim8</b></r>`,
	"a form with brackets":     `error=1&user[token]=§2YotnFZFEjr1zCsicMWpAA§&user%5Bpassword%5D=§geheim9§&x=1`,
	"names in other letters":   `{"pwdhash": "§q1w2e3§", "USERPWD": "§geheim§", "userhash": "§x9y8z7§", "ｔｏｋｅｎ": "§abc123§", "rehash": "no"}`,
	"below the name of one":    `{"token": {"value": "§f3a9c1d2e5a6b7§", "code": "f3a9c1d2e5a6b8", "status": "revoked"}, "password": {"reason": "required"}}`,
	"a bearer of any letters":  `{"message": "Authorization: Bearer §/ncsGf9elGptWuvpUwU7§ and Bearer §abcd/Gf9elGptWuvpUwU7§ are no Bearer /api/v1/users"}`,
	"a meta tag":               `<html><head><meta name="csrf-token" content="§f3a9c1d2§"></head></html>`,
	"a JWT":                    `{"message": "§eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJxYSJ9.c2ln§ has expired"}`,
	"hashes":                   `{"message": "§$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy§ is not §$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub§"}`,
	"a private key":            `{"message": "-----BEGIN RSA PRIVATE KEY-----\n§MIIEpAIBAAKCAQEA§\n-----END RSA PRIVATE KEY-----"}`,
	"credentials":              `{"message": "Bearer §mF_9.B5f-4.1JqM§ and Basic §cWE6cGE1NQ==§ are wrong"}`,
	"a script":                 `<html><script>window.csrfToken = "§f3a9c1d2§"; var code = "InvalidCredentials";</script></html>`,
	"an address":               `<a href="/login?sid=§f3a9c1d2e5§&lang=en">InvalidCredentials</a>`,
	"an object of them":        `{"debug": {"headers": {"cookie": "sid=§f3a9c1d2e5§; lang=en", "authorization": "Basic §cWE6cGE1NQ==§", "accept": "application/json"}}}`,
}

func TestNamesAndFormsRevealSecrets(t *testing.T) {
	for name, marked := range reveals {
		t.Run(name, func(t *testing.T) {
			expectMarked(t, marked, func(was []byte) []byte {
				h := hider()
				h.LearnBody("answer", Refused, was)
				return h.Body(Refused, was)
			})
		})
	}
}

// In a login's refusal a UUID and 32 hexadecimal digits may be a session that was opened all the same; elsewhere they
// are numbers.
func TestARefusedLoginMayHaveOpenedASession(t *testing.T) {
	g := NewWithT(t)
	for _, id := range []string{"0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11", "37366B7ECFF47D540C87705CF7584AD9"} {
		body := `{"code":"InvalidCredentials","id":"` + id + `","traceId":"` + id + `"}`
		hidden := string(hider().Body(RefusedLogin, []byte(body)))
		g.Expect(hidden).To(And(HavePrefix(`{"code":"InvalidCredentials","id":"`), HaveSuffix(`","traceId":"`+id+`"}`),
			Not(ContainSubstring(`"id":"`+id))))
		g.Expect(string(hider().Body(Refused, []byte(body)))).To(Equal(body))
		g.Expect(hider().Value(RefusedLogin, "Etag", `"`+id+`"`)).To(Equal(`"` + id + `"`))
		g.Expect(hider().Value(RefusedLogin, "Location", "/app/"+id)).NotTo(ContainSubstring(id))
	}
}

// Headers that carry no secret by their name are constants, whatever they look like.
func TestConstantHeadersStay(t *testing.T) {
	g := NewWithT(t)
	for name, value := range map[string]string{"Referrer-Policy": "strict-origin-when-cross-origin",
		"Permissions-Policy": "interest-cohort=(), browsing-topics=()",
		"Etag":               `W/"c-dAuDFQrdjS3hezqxDTNgW7AOlYk"`,
		"X-Amzn-Errortype":   "NotAuthorizedException:http://internal.amazon.com/coral/", "Server": "Apache-Coyote/1.1",
		"Via":                              "1.1 2afae0d44e2540f472c0635ab62c232b.cloudfront.net (CloudFront)",
		"X-Request-Id":                     "0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11",
		"Access-Control-Allow-Credentials": "true",
		"Public-Key-Pins":                  `pin-sha256="cUPcTAZWKaASuYWhhneDttWpY3oBAkE3h2+soZS7sWs="`,
		"Access-Control-Expose-Headers":    "X-CSRF-Token, Authorization",
		"Www-Authenticate":                 `Bearer realm="saymon-production-realm", error="invalid_token"`,
		"Content-Security-Policy":          "default-src 'self' https://static-content-0123456789.example.com"} {
		for _, from := range []Origin{Answered, Refused, RefusedLogin, Minting} {
			h := hider()
			h.LearnValue("header", from, name, value)
			g.Expect(h.Value(from, name, value)).To(Equal(value))
			g.Expect(h.Text(value)).To(Equal(value))
		}
	}
	for name, value := range map[string]string{"X-Csrf-Token": "f3a9c1d2", "X-Auth-Token": "t9", "X-Session-Id": "12",
		"Authorization": "x1", "X-Api-Key": "k9", "Session": "f3a9c1d2e5"} {
		g.Expect(hider().Value(Answered, name, value)).NotTo(Equal(value), name)
	}
}

// A request shows what was sent; only what is known is hidden.
func TestARequestIsShownAsItWasSent(t *testing.T) {
	g := NewWithT(t)
	body := `{"login":12345,"password":["a","list"],"auth-token":"0b6a1f0e-5d0e-4a51-9a39-0f1d9f1b6c11"}`
	g.Expect(string(hider("short").Body(Sent, []byte(body)))).To(Equal(body))
	h := hider("short")
	h.Keep("short")
	g.Expect(string(h.Body(Sent, []byte(`{"login":"short","password":"short"}`)))).
		To(Equal(`{"login":"short","password":"` + h.StandIn("short") + `"}`))
}

// The value of a header may be JSON, whose names reveal secrets as those of a body do. A number stays one.
func TestAHeaderThatIsJSONIsSearched(t *testing.T) {
	g := NewWithT(t)
	for _, from := range []Origin{Answered, Refused, Minting} {
		h := hider()
		text := `{"login": "qa", "password": "geheim9", "n": 5, "requestId": "f3a9c1d2e5a6b8c0"}`
		h.LearnValue("header", from, "X-Context", text)
		now := h.Value(from, "X-Context", text)
		g.Expect(now).To(MatchRegexp(`^\{"login": "qa", "password": "[a-z]{6}\d", "n": 5, "requestId": "f3a9c1d2e5a6b8c0"}$`))
		g.Expect(now).NotTo(ContainSubstring("geheim"))
	}
}
