//go:build unit

package sdm_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
)

func TestSessionAuthenticates(t *testing.T) {
	g, c := NewWithT(t), start(t)
	first := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).cookies()
	second := c.postJSON(loginPath, jsonLogin(c.user.UserName, c.user.Password)).cookies()
	for _, cookie := range []string{first, second, first, second, "a=b; " + first + "; c=d", "JSESSIONID=x; " + first} {
		g.Expect(c.probe(cookie).status).To(Equal(200), cookie)
	}
	inXML := c.do("GET", probePath, "", "Accept: application/xml", "Cookie: "+first)
	g.Expect(inXML.body).To(HaveSuffix("<serverInfo><version>NNC82_5</version></serverInfo>"))
	g.Expect(c.probe(first).body).To(Equal(`{"version":"NNC82_5"}`))
}

func TestWithoutSession(t *testing.T) {
	g, c := NewWithT(t), start(t)
	live := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).cookies()
	_, id, _ := strings.Cut(live, "=")
	for _, cookie := range []string{
		"", "JSESSIONID=", "JSESSIONID=x", "JSESSIONID=37366B7ECFF47D540C87705CF7584AD9.tomcat1",
		"JSESSIONID=" + id[1:], "JSESSIONID=" + strings.ToLower(id), "OTHER=" + id, id,
	} {
		g.Expect(c.probe(cookie).status).To(Equal(401), cookie)
		logout := c.do("POST", v13+"/logout", "", "Cookie: "+cookie)
		g.Expect(logout.status).To(Equal(401), cookie)
	}
	g.Expect(c.probe(live).status).To(Equal(200))
}

func TestLogoutEndsTheSession(t *testing.T) {
	g, c := NewWithT(t), start(t)
	stays := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).cookies()
	goes := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).cookies()
	logout := c.do("POST", v13+"/logout", "", "Cookie: "+goes)
	g.Expect(logout.status).To(Equal(204))
	g.Expect(logout.body).To(BeEmpty())
	g.Expect(c.probe(goes).status).To(Equal(401))
	g.Expect(c.do("POST", v13+"/logout", "", "Cookie: "+goes).status).To(Equal(401))
	g.Expect(c.probe(stays).status).To(Equal(200))
}

func TestIdleSessionEnds(t *testing.T) {
	g, config, now := NewWithT(t), sdm.Default(), time.Now()
	var mu sync.Mutex
	config.Now = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	wait := func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }
	c := startWith(t, config, false, "idle-timeout-1800")
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
