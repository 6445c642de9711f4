//go:build long

package saymon

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/onsi/gomega"

	"session-conformance/support/vary"
)

func TestEveryWayInOpensASessionOfTheUser(t *testing.T) {
	c := serve(t, false)
	user := c.server.config.User
	token := c.token(user.ID, basic(user.Login, user.Password)).id()
	seen := map[string]bool{}
	for name, body := range map[string]string{
		"login":    object("login", user.Login, "password", user.Password),
		"email":    object("login", user.Email, "password", user.Password),
		"token":    object("auth-token", token),
		"keycloak": `{"auth-service":"keycloak","auth-service-params":{"token":"` + c.server.KeycloakToken(user) + `"}}`,
		"again":    object("login", user.Login, "password", user.Password),
	} {
		t.Run(name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			a := c.create(body)
			id := strings.Trim(a.body, `"`)
			g.Expect(a.status).To(gomega.Equal(200))
			g.Expect(a.header.Get("Content-Type")).To(gomega.Equal("application/json"))
			g.Expect(a.body).To(gomega.MatchRegexp(`^"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$`))
			g.Expect(a.header.Values("Set-Cookie")).To(gomega.Equal([]string{"sid=" + id + "; Path=/; HttpOnly"}))
			g.Expect(seen).NotTo(gomega.HaveKey(id))
			seen[id] = true
			for range 2 {
				g.Expect(c.current(sid(id)).body).To(gomega.HavePrefix(`{"id":"` + user.ID + `","login":"` + user.Login + `"`))
			}
		})
	}
}

func TestBodiesOfTheSamples(t *testing.T) {
	c := serve(t, false)
	user := c.server.config.User
	body := object("login", user.Login, "password", user.Password)
	for name, a := range map[string]answer{
		"chunks":   c.create(body, chunked),
		"escaped":  c.create(escaped(body)),
		"indented": c.create(strings.ReplaceAll(body, `","`, "\",\n    \"") + "\n"),
		"charset":  c.create(body, header("Content-Type", "application/json; charset=utf-8")),
	} {
		if a.status != 200 {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}

func TestCookieIsSecureOverHTTPSOnly(t *testing.T) {
	user := Default().User
	for _, tls := range []bool{false, true} {
		cookie := serve(t, tls).logIn(user.Login, user.Password).header.Get("Set-Cookie")
		if strings.Contains(cookie, "Secure") != tls {
			t.Errorf("https %v: %s", tls, cookie)
		}
	}
}

func TestRefusedSessions(t *testing.T) {
	c := serve(t, false)
	user, other := c.server.config.User, c.server.config.OtherUser
	genuine := c.server.KeycloakToken(user)
	keycloak := func(token string) string {
		return `{"auth-service":"keycloak","auth-service-params":{"token":` + token + `}}`
	}
	for _, test := range []struct {
		name, body string
		status     int
	}{
		{"wrong password", object("login", user.Login, "password", "wrong"), 401},
		{"wrong password by email", object("login", user.Email, "password", "wrong"), 401},
		{"somebody else's password", object("login", user.Login, "password", other.Password), 401},
		{"password with one more character", object("login", user.Login, "password", user.Password+"x"), 401},
		{"password with one less", object("login", user.Login, "password", user.Password[:len(user.Password)-1]), 401},
		{"password in other case", object("login", user.Login, "password", strings.ToLower(user.Password)), 401},
		{"password with white space", object("login", user.Login, "password", user.Password+" "), 401},
		{"unknown login", object("login", "nobody", "password", user.Password), 401},
		{"login in other case", object("login", strings.ToUpper(user.Login), "password", user.Password), 401},
		{"missing login", object("password", user.Password), 400},
		{"empty login", object("login", "", "password", user.Password), 400},
		{"missing password", object("login", user.Login), 400},
		{"empty password", object("login", user.Login, "password", ""), 400},
		{"names in other case", object("Login", user.Login, "Password", user.Password), 400},
		{"unknown token", object("auth-token", newUUID()), 401},
		{"empty token", object("auth-token", ""), 401},
		{"token of another type", `{"auth-token":5}`, 400},
		{"unknown Keycloak token", keycloak(`"abc"`), 401},
		{"forged Keycloak token", keycloak(`"` + vary.Signature(genuine) + `"`), 401},
		{"Keycloak token as object", keycloak(`{"access_token":"` + genuine + `"}`), 400},
		{"Keycloak without params", `{"auth-service":"keycloak"}`, 400},
		{"Keycloak without token", `{"auth-service":"keycloak","auth-service-params":{}}`, 400},
		{"params of another type", `{"auth-service":"keycloak","auth-service-params":"` + genuine + `"}`, 400},
		{"another service", `{"auth-service":"ldap","auth-service-params":{"token":"` + genuine + `"}}`, 400},
		{"service in other case", `{"auth-service":"Keycloak","auth-service-params":{"token":"` + genuine + `"}}`, 400},
		{"two ways", object("login", user.Login, "password", user.Password, "auth-token", "x"), 400},
		{"nothing", `{}`, 400},
		{"null", `null`, 400},
		{"array", `[]`, 400},
		{"null password", `{"login":"` + user.Login + `","password":null}`, 400},
		{"operator as password", `{"login":"` + user.Login + `","password":{"$ne":""}}`, 400},
		{"empty", ``, 400},
		{"malformed", `{"login":"a","password":"b"`, 400},
		{"two values", `{"login":"a","password":"b"} {}`, 400},
		{"not UTF-8", "{\"login\":\"\xff\",\"password\":\"b\"}", 400},
		{"too long", object("login", strings.Repeat("a", maxBody), "password", "b"), 413},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			a := c.create(test.body)
			g.Expect(a.status).To(gomega.Equal(test.status))
			g.Expect(a.body).To(gomega.MatchRegexp(`^\{"code":"[A-Z_]+","message":"[^"]+\."\}$`))
			g.Expect(a.header).NotTo(gomega.HaveKey("Set-Cookie"))
		})
	}
	if a := c.do("POST", "/node/api/users/session", "login=a&password=b"); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("a body without a type: %d", a.status)
	}
	wrong, unknown := c.logIn(user.Login, "wrong"), c.logIn("nobody", "wrong")
	if wrong.status != unknown.status || wrong.body != unknown.body {
		t.Errorf("a wrong password %q and an unknown login %q are told apart", wrong.body, unknown.body)
	}
}

func TestCurrentNeedsALiveSession(t *testing.T) {
	c := serve(t, false)
	user := c.server.config.User
	id := c.logIn(user.Login, user.Password).id()
	for name, a := range map[string]answer{
		"nothing":   c.current(),
		"invented":  c.current(sid(newUUID())),
		"quoted":    c.current(sid(`"` + id + `"`)),
		"cut short": c.current(sid(id[:35])),
		"empty":     c.current(sid("")),
		"a token":   c.current(apiToken(id)),
		"bad basic": c.current(basic(user.Login, "wrong")),
	} {
		if a.status != 401 || regexp.MustCompile(user.ID).MatchString(a.body) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if a := c.current(basic(user.Login, user.Password)); a.status != 200 {
		t.Errorf("Basic: %d %s", a.status, a.body)
	}
}

func TestManyLoginsAtOnce(t *testing.T) {
	c := serve(t, false)
	user := c.server.config.User
	var ids sync.Map
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			id := c.logIn(user.Login, user.Password).id()
			if _, twice := ids.LoadOrStore(id, true); twice {
				t.Errorf("two logins were given %s", id)
			}
			if a := c.current(sid(id)); a.status != 200 {
				t.Errorf("a session among many: %d %s", a.status, a.body)
			}
		})
	}
	all.Wait()
}
