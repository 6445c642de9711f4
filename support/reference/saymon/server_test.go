//go:build unit

package saymon

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/onsi/gomega"

	"session-conformance/support/reference"
	"session-conformance/support/vary"
)

func start(t *testing.T, with ...string) *Server {
	t.Helper()
	c := Default()
	c.With = with
	s, err := New(c)
	gomega.NewWithT(t).Expect(err).NotTo(gomega.HaveOccurred())
	return s
}

// ask sends a request to the server; each change may add a header or the like.
func ask(s *Server, method, path, body string, changes ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/node/api/users"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	for _, change := range changes {
		change(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func basic(login, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(login, password) }
}

func sid(id string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Cookie", "sid="+strings.Trim(id, `"`)) }
}

func password(login, password string) string {
	return reference.JSON(map[string]string{"login": login, "password": password})
}

func keycloakBody(token string) string {
	return `{"auth-service":"keycloak","auth-service-params":{"token":` + reference.JSON(token) + `}}`
}

func TestRefusedLogins(t *testing.T) {
	s := start(t)
	user, other := s.config.User, s.config.OtherUser
	genuine := s.KeycloakToken(user)
	for name, test := range map[string]struct {
		body   string
		status int
	}{
		"somebody else's password":         {password(user.Login, other.Password), 401},
		"password with one more character": {password(user.Login, user.Password+"x"), 401},
		"password with white space":        {password(user.Login, user.Password+" "), 401},
		"login in other case":              {password(strings.ToUpper(user.Login), user.Password), 401},
		"empty login":                      {password("", user.Password), 400},
		"names in other case":              {`{"Login":"a","Password":"b"}`, 400},
		"empty token":                      {`{"auth-token":""}`, 401},
		"token of another type":            {`{"auth-token":5}`, 400},
		"unknown Keycloak token":           {keycloakBody("abc"), 401},
		"forged Keycloak token":            {keycloakBody(vary.Signature(genuine)), 401},
		"Keycloak of a stranger": {
			keycloakBody(s.KeycloakToken(Account{Login: "stranger", Email: "s@example.com"})), 401},
		"Keycloak token as object": {`{"auth-service":"keycloak","auth-service-params":{"token":{"a":"b"}}}`, 400},
		"Keycloak without token":   {`{"auth-service":"keycloak","auth-service-params":{}}`, 400},
		"params of another type":   {`{"auth-service":"keycloak","auth-service-params":"x"}`, 400},
		"service in other case":    {strings.Replace(keycloakBody(genuine), "keycloak", "Keycloak", 1), 400},
		"two ways": {strings.Replace(password(user.Login, user.Password), "{", `{"auth-token":"x",`,
			1), 400},
		"nothing":              {`{}`, 400},
		"null":                 {`null`, 400},
		"array":                {`[]`, 400},
		"operator as password": {`{"login":"` + user.Login + `","password":{"$ne":""}}`, 400},
		"two values":           {`{"login":"a","password":"b"} {}`, 400},
		"not UTF-8":            {"{\"login\":\"\xff\",\"password\":\"b\"}", 400},
		"too long":             {password(strings.Repeat("a", maxBody), "b"), 413},
	} {
		g := gomega.NewWithT(t)
		w := ask(s, "POST", "/session", test.body)
		g.Expect(w.Code).To(gomega.Equal(test.status), name)
		g.Expect(w.Header()).NotTo(gomega.HaveKey("Set-Cookie"), name)
	}
	form := func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }
	gomega.NewWithT(t).Expect(ask(s, "POST", "/session", "login=a&password=b", form).Code).To(gomega.Equal(415))
}

func TestLoginsAreCounted(t *testing.T) {
	g := gomega.NewWithT(t)
	s := start(t, "wrong-password-accepted")
	user, other := s.config.User, s.config.OtherUser
	for _, body := range []string{
		password(user.Login, "wrong"), password(user.Email, ""), `{"login":"` + user.Login + `"}`, `{"login":"` + user.Login +
			`","password":[]}`,
		password(user.Login, user.Password), password("nobody", "x"), password(user.Email, user.Password),
		`{"auth-token":""}`,
	} {
		ask(s, "POST", "/session", body)
	}
	ask(s, "GET", "/current", "", basic(user.Login, "wrong"))
	ask(s, "POST", "/"+user.ID+"/auth-token", "", basic(other.Login, ""))
	counted := s.Counted()
	for login, want := range map[string]reference.Tally{
		user.Login:  {Good: 2, Refused: 5, WrongPasswords: 2, InARow: 4, LastRefused: true, Sessions: 3},
		other.Login: {Refused: 1, InARow: 1, LastRefused: true},
	} {
		got := counted[login]
		g.Expect([]any{got.Good, got.Refused, got.WrongPasswords, got.InARow, got.LastRefused, got.Sessions}).To(
			gomega.Equal([]any{want.Good, want.Refused, want.WrongPasswords, want.InARow, want.LastRefused,
				want.Sessions}), login)
	}
}

func TestManyLoginsAtOnce(t *testing.T) {
	s := start(t)
	user := s.config.User
	var ids sync.Map
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			id := ask(s, "POST", "/session", password(user.Login, user.Password)).Body.String()
			if _, twice := ids.LoadOrStore(id, true); twice {
				t.Errorf("two logins were given %s", id)
			}
			if w := ask(s, "GET", "/current", "", sid(id)); w.Code != 200 {
				t.Errorf("a session among many: %d %s", w.Code, w.Body)
			}
		})
	}
	all.Wait()
	gomega.NewWithT(t).Expect(s.Counted()[user.Login].Sessions).To(gomega.Equal(20))
}

// Effects run while the lock is held: one that takes it again would never end.
func TestWhateverTheServerDoesItAnswers(t *testing.T) {
	g := gomega.NewWithT(t)
	var names []string
	for _, f := range Faults {
		names = append(names, f.Name)
	}
	for _, v := range Variants {
		names = append(names, v.Name)
	}
	for _, name := range names {
		s := start(t, name)
		user := s.config.User
		id := ask(s, "POST", "/session", password(user.Login, user.Password)).Body.String()
		for _, credentials := range []func(*http.Request){sid(id), sid("x"), basic(user.Login, user.Password)} {
			for _, path := range []string{"GET /current", "GET /session/verify/x", "POST /" + user.ID + "/auth-token",
				"DELETE /session", "DELETE /" + user.ID + "/auth-token"} {
				method, path, _ := strings.Cut(path, " ")
				g.Expect(ask(s, method, path, "", credentials).Code).NotTo(gomega.BeZero(), name)
			}
		}
	}
}
