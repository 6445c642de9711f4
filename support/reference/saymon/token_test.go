//go:build long

package saymon

import (
	"testing"

	"github.com/onsi/gomega"
)

func TestTokenIsThatOfTheUserInThePath(t *testing.T) {
	c := serve(t, false)
	user, other := c.server.config.User, c.server.config.OtherUser
	right := basic(user.Login, user.Password)
	seen := map[string]bool{}
	for _, owner := range []Account{user, user, other} {
		g := gomega.NewWithT(t)
		a := c.token(owner.ID, right)
		g.Expect(a.status).To(gomega.Equal(200))
		g.Expect(a.body).To(gomega.MatchRegexp(`^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$`))
		g.Expect(a.header.Get("Content-Type")).To(gomega.Equal("application/json"))
		g.Expect(seen).NotTo(gomega.HaveKey(a.id()))
		seen[a.id()] = true
		for range 2 {
			g.Expect(c.current(apiToken(a.id())).body).To(gomega.ContainSubstring(owner.Login))
		}
		session := c.create(object("auth-token", a.id()))
		g.Expect(c.current(sid(session.id())).body).To(gomega.ContainSubstring(owner.Login))
	}
}

func TestRefusedTokens(t *testing.T) {
	c := serve(t, false)
	user, other := c.server.config.User, c.server.config.OtherUser
	id := c.logIn(user.Login, user.Password).id()
	for _, test := range []struct {
		name   string
		answer answer
		status int
	}{
		{"no credentials", c.token(user.ID), 401},
		{"a session instead", c.token(user.ID, sid(id)), 401},
		{"wrong password", c.token(user.ID, basic(user.Login, "wrong")), 401},
		{"empty password", c.token(user.ID, basic(user.Login, "")), 401},
		{"unknown login", c.token(user.ID, basic("nobody", user.Password)), 401},
		{"unknown user", c.token("ffffffffffffffffffffffff", basic(user.Login, user.Password)), 404},
		{"login in place of the ID", c.token(user.Login, basic(user.Login, user.Password)), 404},
		{"without the permission", c.token(other.ID, basic(other.Login, other.Password)), 403},
		{"unknown api-token", c.current(apiToken(newUUID())), 401},
		{"empty api-token", c.current(apiToken("")), 401},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := gomega.NewWithT(t)
			g.Expect(test.answer.status).To(gomega.Equal(test.status))
			g.Expect(test.answer.body).To(gomega.MatchRegexp(`^\{"code":"[A-Z_]+","message":"[^"]+\."\}$`))
		})
	}
}

func TestDeletedTokenIsDead(t *testing.T) {
	g := gomega.NewWithT(t)
	c := serve(t, false)
	user := c.server.config.User
	right := basic(user.Login, user.Password)
	path := "/node/api/users/" + user.ID + "/auth-token"
	token := c.token(user.ID, right).id()
	g.Expect(c.do("DELETE", path, "").status).To(gomega.Equal(401))
	g.Expect(c.current(apiToken(token)).status).To(gomega.Equal(200))
	gone := c.do("DELETE", path, "", right)
	g.Expect(gone.status).To(gomega.Equal(204))
	g.Expect(c.current(apiToken(token)).status).To(gomega.Equal(401))
	g.Expect(c.create(object("auth-token", token)).status).To(gomega.Equal(401))
	g.Expect(c.do("DELETE", path, "", right).status).To(gomega.Equal(404))
}

func TestLogoutAndVerify(t *testing.T) {
	g := gomega.NewWithT(t)
	c := serve(t, false)
	user := c.server.config.User
	verify := "/node/api/users/session/verify/"
	id, kept := c.logIn(user.Login, user.Password).id(), c.logIn(user.Login, user.Password).id()
	g.Expect(c.do("GET", verify+id, "").body).To(gomega.Equal("true"))
	g.Expect(c.do("GET", verify+newUUID(), "").body).To(gomega.Equal("null"))
	out := c.do("DELETE", "/node/api/users/session", "", sid(id))
	g.Expect(out.status).To(gomega.Equal(204))
	g.Expect(out.body).To(gomega.BeEmpty())
	g.Expect(c.current(sid(id)).status).To(gomega.Equal(401))
	g.Expect(c.current(sid(kept)).status).To(gomega.Equal(200))
	g.Expect(c.do("GET", verify+id, "").body).To(gomega.Equal("null"))
	g.Expect(c.do("DELETE", "/node/api/users/session", "", sid(id)).status).To(gomega.Equal(401))
	g.Expect(c.do("GET", "/node/api/nothing", "").status).To(gomega.Equal(404))
}
