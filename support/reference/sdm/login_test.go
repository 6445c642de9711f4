//go:build unit

package sdm_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
)

func TestXMLLoginAnswersAsTheSample(t *testing.T) {
	g, c := NewWithT(t), start(t)
	login := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password))
	g.Expect(login.status).To(Equal(200))
	g.Expect(login.header.Get("Content-Type")).To(Equal("application/xml"))
	sample := `^<\?xml version="1.0" encoding="UTF-8" standalone="yes"\?><session><idleTimeout>0</idleTimeout>` +
		`<serverInfo>NNC82_5</serverInfo><sessionId>[0-9A-F]{32}\.tomcat1</sessionId><userGroup>administrators</userGroup>` +
		`<userName>Zoë&amp;admin</userName><validUntil>valid until logout</validUntil></session>$`
	g.Expect(login.body).To(MatchRegexp(sample))
}

func TestJSONLoginAnswersAsTheSample(t *testing.T) {
	g, c := NewWithT(t), start(t)
	login := c.postJSON(loginPath, jsonLogin(c.user.UserName, c.user.Password))
	g.Expect(login.status).To(Equal(200))
	g.Expect(login.header.Get("Content-Type")).To(Equal("application/json"))
	var fields map[string]any
	g.Expect(json.Unmarshal([]byte(login.body), &fields)).To(Succeed())
	g.Expect(fields).To(HaveLen(6))
	g.Expect(fields["sessionId"]).To(MatchRegexp(`^[0-9A-F]{32}\.tomcat1$`))
	delete(fields, "sessionId")
	g.Expect(fields).To(Equal(map[string]any{"idleTimeout": 0.0, "serverInfo": "NNC82_5", "userGroup": "administrators",
		"userName": "Zoë&admin", "validUntil": "valid until logout"}))
}

func TestLoginSetsTheCookie(t *testing.T) {
	g, c := NewWithT(t), start(t)
	login := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password))
	g.Expect(login.header.Values("Set-Cookie")).
		To(Equal([]string{"JSESSIONID=" + login.sessionID() + "; Path=/rest; HttpOnly"}))

	secure := startWith(t, sdm.Default(), true)
	login = secure.postJSON(loginPath, jsonLogin(secure.user.UserName, secure.user.Password))
	g.Expect(login.header.Get("Set-Cookie")).
		To(Equal("JSESSIONID=" + login.sessionID() + "; Path=/rest; HttpOnly; Secure"))
}

func TestBothUsersLogIn(t *testing.T) {
	g, c, config := NewWithT(t), start(t), sdm.Default()
	for _, user := range []sdm.Account{config.User, config.OtherUser} {
		g.Expect(c.postXML(loginPath, xmlLogin(user.UserName, user.Password)).status).To(Equal(200))
		g.Expect(c.postJSON(loginPath, jsonLogin(user.UserName, user.Password)).status).To(Equal(200))
		g.Expect(len([]rune(user.Password))).To(BeNumerically(">=", 12))
	}
	crossed := jsonLogin(config.User.UserName, config.OtherUser.Password)
	g.Expect(c.postJSON(loginPath, crossed).status).To(Equal(401))
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

func TestSessionIDsAreRandom(t *testing.T) {
	g, c := NewWithT(t), start(t)
	seen := map[string]bool{}
	for range 20 {
		id := c.postJSON(loginPath, jsonLogin(c.user.UserName, c.user.Password)).sessionID()
		g.Expect(id).To(MatchRegexp(`^[0-9A-F]{32}\.tomcat1$`))
		seen[id] = true
	}
	g.Expect(seen).To(HaveLen(20))
}
