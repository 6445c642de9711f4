//go:build unit

package sdm_test

import (
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference"
	"session-conformance/support/reference/sdm"
)

func TestLoginsAreCountedByAccount(t *testing.T) {
	g, c := NewWithT(t), start(t)
	user, password, other := c.user.UserName, c.user.Password, sdm.Default().OtherUser
	for range 2 {
		c.postXML(loginPath, xmlLogin(user, password))
	}
	c.postJSON(loginPath, jsonLogin(user, "wrong"))
	c.postXML(loginPath, xmlLogin(user, "wrong"))
	c.postJSON(loginPath, jsonLogin(user, "")) // refused, but no wrong password
	c.postJSON(loginPath, jsonLogin(user, password))
	c.postXML("/rest/v9/admin/login", xmlLogin(user, password)) // these must not be let in, whatever their password
	c.postJSON(loginPath, jsonLogin(user, password)+"}")
	c.postJSON(loginPath, jsonLogin("nobody", "wrong"))
	c.postXML(loginPath, xmlLogin(other.UserName, other.Password))
	g.Expect(c.server.Counted()).To(HaveLen(2))
	counted := c.server.Counted()[user]
	g.Expect([]int{counted.Good, counted.Refused, counted.WrongPasswords, counted.InARow, counted.Sessions}).To(
		Equal([]int{3, 5, 2, 3, 3}))
	g.Expect(counted.LastRefused).To(BeTrue())
	g.Expect(c.server.Counted()[other.UserName]).To(Equal(reference.Tally{Good: 1, Sessions: 1}))
}
