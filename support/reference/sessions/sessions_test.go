//go:build unit

package sessions_test

import (
	"maps"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sessions"
)

func TestRefusedLogins(t *testing.T) {
	c := start(t)
	login, password := c.config.User.Login, c.config.User.Password
	wrongNode := maps.Clone(c.config.Node)
	wrongNode["password"] = "wrong"
	cases := map[string]struct {
		answer reply
		status int
	}{
		"wrong password":       {c.login(login, "wrong"), 401},
		"other case":           {c.login(login, strings.ToUpper(password)), 401},
		"last character":       {c.login(login, withoutLast(password)), 401},
		"one character more":   {c.login(login, password+" "), 401},
		"another's password":   {c.login(login, c.config.OtherUser.Password), 401},
		"empty password":       {c.login(login, ""), 401},
		"unknown login":        {c.login("nobody", password), 401},
		"other case of login":  {c.login(strings.ToUpper(login), password), 401},
		"missing password":     {c.post("/session/login", `{"login":"admin"}`), 400},
		"missing login":        {c.post("/session/login", encoded(map[string]string{"password": password})), 400},
		"null password":        {c.post("/session/login", `{"login":"admin","password":null}`), 400},
		"empty object":         {c.post("/session/login", `{}`), 400},
		"array":                {c.post("/session/login", `[]`), 400},
		"number":               {c.post("/session/login", `{"login":"admin","password":12}`), 400},
		"malformed":            {c.post("/session/login", `{"login":`), 400},
		"two values":           {c.post("/session/login", `{}{}`), 400},
		"not UTF-8":            {c.post("/session/login", "{\"login\":\"\xff\"}"), 400},
		"empty body":           {c.post("/session/login", ``), 400},
		"too long":             {c.post("/session/login", strings.Repeat(" ", 1<<20)), 413},
		"unknown token":        {c.token("wrong"), 401},
		"empty token":          {c.token(""), 401},
		"missing token":        {c.post("/session/login-with-token", `{}`), 400},
		"token as number":      {c.post("/session/login-with-token", `{"token":1}`), 400},
		"wrong node":           {c.logInNode(wrongNode), 401},
		"node without fields":  {c.logInNode(map[string]any{}), 400},
		"node with few fields": {c.logInNode(map[string]any{"login": "node-01"}), 400},
	}
	for name, refusal := range cases {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			g.Expect(refusal.answer.status).To(Equal(refusal.status))
			g.Expect(refusal.answer.header["Set-Cookie"]).To(BeEmpty())
			g.Expect(refusal.answer.json(t)).To(HaveKey("message"))
		})
	}
	NewWithT(t).Expect(cases["wrong password"].answer.body).To(Equal(cases["unknown login"].answer.body))
}

func TestOnlyJSONIsRead(t *testing.T) {
	g, c := NewWithT(t), start(t)
	right := encoded(map[string]string{"login": c.config.User.Login, "password": c.config.User.Password})
	for media, status := range map[string]int{"application/json;charset=utf-8": 201, "text/plain": 415, "": 415} {
		g.Expect(c.sendAs(media, "POST", "/session/login", right, "").status).To(Equal(status), media)
	}
}

func TestNothingIsOpenWhereNothingIsConfigured(t *testing.T) {
	g, c := NewWithT(t), serve(t, sessions.Config{}, httptest.NewServer)
	g.Expect(c.login("", "").status).To(Equal(401))
	g.Expect(c.token("").status).To(Equal(401))
	g.Expect(c.logInNode(map[string]any{}).status).To(Equal(400))
	g.Expect(c.logInNode(map[string]any{"login": "node-01"}).status).To(Equal(401))
}

func TestManyAtOnce(t *testing.T) {
	c := start(t, "cookie-renewed-by-every-answer")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			in := c.logIn()
			c.login(c.config.User.Login, "wrong")
			c.get("/session/user/details", in.cookies)
			c.send("POST", "/session/logout", "", in.cookies)
		})
	}
	all.Wait()
}

// The suite must keep within order and budget of refused logins; this counts them.
func TestLoginsAreCounted(t *testing.T) {
	g, c := NewWithT(t), start(t, "wrong-password-accepted", "json-escapes-misread")
	login, password := c.config.User.Login, c.config.User.Password
	c.logIn()
	c.login(login, "wrong")
	c.login(login, "")
	c.post("/session/login", `{"login":"admin","password":`)
	c.logIn()
	c.login(login, password+" ")
	for _, body := range []string{`{}`, `null`, `[]`, `{"login":"nobody","password":"x"}`, `{"password":"x"}`,
		`{"login":`} {
		c.post("/session/login", body)
	}
	g.Expect(c.token("wrong").status).To(Equal(401))
	g.Expect(c.token(c.config.Token).status).To(Equal(201))
	user := c.Counted()["user"]
	g.Expect(user.Good).To(Equal(2))
	g.Expect(user.Refused).To(Equal(4))
	g.Expect(user.WrongPasswords).To(Equal(2))
	g.Expect(user.InARow).To(Equal(3))
	g.Expect(user.LastRefused).To(BeTrue())
	g.Expect(user.Sessions).To(Equal(5)) // two good logins, two wrong ones that were let in, one by token

	node := maps.Clone(c.config.Node)
	c.logInNode(node)
	node["password"] = "wrong"
	c.logInNode(node)
	c.logInNode(map[string]any{"login": "node-02", "password": "wrong", "version": "7.0.0"})
	g.Expect(c.Counted()["node"]).To(And(HaveField("Good", 1), HaveField("Refused", 1), HaveField("Sessions", 1)))
}

func withoutLast(text string) string {
	letters := []rune(text)
	return string(letters[:len(letters)-1])
}
