//go:build unit

package sdm_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference"
	"session-conformance/support/reference/sdm"
)

func TestIdleSessionEnds(t *testing.T) {
	g, config, now := NewWithT(t), sdm.Default(), time.Now()
	var mu sync.Mutex
	config.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	wait := func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }
	c := startWith(t, config, "idle-timeout-1800")
	login := c.postJSON(loginPath, jsonLogin(c.user.UserName, c.user.Password))
	g.Expect(login.body).To(ContainSubstring(`"idleTimeout":1800,`))
	for range 3 {
		wait(1800 * time.Second)
		g.Expect(c.probe(login.cookies()).status).To(Equal(200))
	}
	wait(1801 * time.Second)
	g.Expect(c.probe(login.cookies()).status).To(Equal(401))
}

func TestManyClientsAtOnce(t *testing.T) {
	c := start(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10 {
				cookie := c.postJSON(loginPath, jsonLogin(c.user.UserName, c.user.Password)).cookies()
				if status := c.probe(cookie).status; status != 200 {
					t.Errorf("status %d with a live session", status)
				}
				c.do("POST", v13+"/logout", "", "Cookie: "+cookie)
				if status := c.probe(cookie).status; status != 401 {
					t.Errorf("status %d after the logout", status)
				}
			}
		})
	}
	all.Wait()
}

func TestAcceptDecides(t *testing.T) {
	c := start(t)
	inXML, inJSON := xmlLogin(c.user.UserName, c.user.Password), jsonLogin(c.user.UserName, c.user.Password)
	for _, test := range []struct{ body, sent, accept, want string }{
		{inXML, "application/xml", "application/json", "application/json"},
		{inJSON, "application/json", "application/xml", "application/xml"},
		{inJSON, "application/json", "text/xml", "text/xml"},
		{inXML, "text/xml", "", "application/xml"},
		{inJSON, "application/json;charset=UTF-8", "*/*", "application/json"},
		{inJSON, "application/json", "application/xml;q=0.5, application/*;q=0.1", "application/xml"},
		{inXML, "application/xml", "application/xml;q=0, */*", "text/xml"},
		{inXML, "application/xml", "text/html, application/json;q=0.9, */*;q=0.8", "application/json"},
	} {
		t.Run(test.sent+" for "+test.accept, func(t *testing.T) {
			g := NewWithT(t)
			headers := []string{"Content-Type: " + test.sent}
			if test.accept != "" {
				headers = append(headers, "Accept: "+test.accept)
			}
			login := c.do("POST", loginPath, test.body, headers...)
			g.Expect(login.status).To(Equal(200))
			g.Expect(login.header.Get("Content-Type")).To(Equal(test.want))
			g.Expect(strings.HasPrefix(login.body, "{")).To(Equal(test.want == "application/json"))
		})
	}
	g := NewWithT(t)
	none := c.do("POST", loginPath, inXML, "Content-Type: application/xml", "Accept: image/png")
	g.Expect(none.status).To(Equal(406))
	g.Expect(none.header).NotTo(HaveKey("Set-Cookie"))
}

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
