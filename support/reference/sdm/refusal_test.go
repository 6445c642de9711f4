//go:build unit

package sdm_test

import (
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sdm"
)

func TestRefusedLogins(t *testing.T) {
	c := start(t)
	user, password := c.user.UserName, c.user.Password
	good := sdm.Escaped(user) + "</userName><password>" + sdm.Escaped(password) + "</password>"
	for _, test := range []struct {
		name, path, contentType, body string
		status                        int
	}{
		{"wrong password", loginPath, "application/xml", xmlLogin(user, "wrong password"), 401},
		{"password in other case", loginPath, "application/json", jsonLogin(user, strings.ToLower(password)), 401},
		{"password cut off", loginPath, "application/json", jsonLogin(user, password[:len(password)-1]), 401},
		{"password with more", loginPath, "application/json", jsonLogin(user, password+" "), 401},
		{"empty password", loginPath, "application/json", jsonLogin(user, ""), 401},
		{"unknown user", loginPath, "application/xml", xmlLogin("nobody", password), 401},
		{"empty user", loginPath, "application/xml", xmlLogin("", password), 401},
		{"no user in XML", loginPath, "application/xml", "<session><password>x</password></session>", 400},
		{"no password in XML", loginPath, "application/xml", "<session><userName>" + sdm.Escaped(user) +
			"</userName></session>", 400},
		{"no user in JSON", loginPath, "application/json", `{"password": "x"}`, 400},
		{"no password in JSON", loginPath, "application/json", `{"userName": "x"}`, 400},
		{"null", loginPath, "application/json", `{"userName": "x", "password": null}`, 400},
		{"number", loginPath, "application/json", `{"userName": "x", "password": 5}`, 400},
		{"other case of names", loginPath, "application/json", `{"username": "x", "Password": "x"}`, 400},
		{"empty XML", loginPath, "application/xml", "", 400},
		{"empty JSON", loginPath, "application/json", "", 400},
		{"empty without type", loginPath, "", "", 400},
		{"white space", loginPath, "application/xml", " \n", 400},
		{"cut off JSON", loginPath, "application/json", `{"userName": "x", "password": "x"`, 400},
		{"two values", loginPath, "application/json", jsonLogin(user, password) + " {}", 400},
		{"JSON not UTF-8", loginPath, "application/json", "{\"userName\": \"Zo\xeb\", \"password\": \"x\"}", 400},
		{"JSON array", loginPath, "application/json", "[" + jsonLogin(user, password) + "]", 400},
		{"JSON wrapped", loginPath, "application/json", `{"session": ` + jsonLogin(user, password) + `}`, 400},
		{"JSON text", loginPath, "application/json", `"session"`, 400},
		{"cut off XML", loginPath, "application/xml", "<session><userName>" + good, 400},
		{"wrong end tag", loginPath, "application/xml", "<session><userName>" + good + "</Session>", 400},
		{"two roots", loginPath, "application/xml", "<session><userName>" + good + "</session><session/>", 400},
		{"text after root", loginPath, "application/xml", "<session><userName>" + good + "</session>x", 400},
		{"text before root", loginPath, "application/xml", "x<session><userName>" + good + "</session>", 400},
		{"other root", loginPath, "application/xml", "<login><userName>" + good + "</login>", 400},
		{"root in namespace", loginPath, "application/xml", `<session xmlns="urn:x"><userName>` + good + "</session>", 400},
		{"fields nested", loginPath, "application/xml", "<session><data><userName>" + good + "</data></session>", 400},
		{"field twice", loginPath, "application/xml", "<session><userName>a</userName><userName>" + good + "</session>", 400},
		{"element in field", loginPath, "application/xml", "<session><userName><b/>" + good + "</session>", 400},
		{"unknown encoding", loginPath, "application/xml", `<?xml version="1.0" encoding="x"?><session><userName>` + good +
			"</session>", 400},
		{"no media type", loginPath, "", xmlLogin(user, password), 415},
		{"form", loginPath, "application/x-www-form-urlencoded", "userName=a&password=b", 415},
		{"XML labelled text", loginPath, "text/plain", xmlLogin(user, password), 415},
		{"XML labelled JSON", loginPath, "application/json", xmlLogin(user, password), 400},
		{"too long", loginPath, "application/xml", strings.Repeat(" ", sdm.BodyLimit) + xmlLogin(user, password), 400},
		{"unknown version", "/rest/v9.9/admin/login", "application/xml", xmlLogin(user, password), 404},
		{"v1.2", "/rest/v1.2/admin/login", "application/json", jsonLogin(user, password), 404},
		{"v1.3beta", "/rest/v1.3beta/admin/login", "application/xml", xmlLogin(user, password), 404},
		{"capital V", "/rest/V1.3/admin/login", "application/xml", xmlLogin(user, password), 404},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := NewWithT(t)
			headers := []string{"Accept: application/xml"}
			if test.contentType != "" {
				headers = append(headers, "Content-Type: "+test.contentType)
			}
			refused := c.do("POST", test.path, test.body, headers...)
			g.Expect(refused.status).To(Equal(test.status))
			g.Expect(refused.header).NotTo(HaveKey("Set-Cookie"))
			g.Expect(refused.body).NotTo(ContainSubstring("sessionId"))
			g.Expect(refused.body).NotTo(ContainSubstring(sdm.Escaped(password)))
		})
	}
}

func TestOtherCallsOfUnknownVersions(t *testing.T) {
	g, c := NewWithT(t), start(t)
	cookie := c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).cookies()
	g.Expect(c.do("GET", "/rest/v1.3beta/admin/serverInfo", "", "Cookie: "+cookie).status).To(Equal(404))
	g.Expect(c.do("POST", "/rest/v9/admin/logout", "", "Cookie: "+cookie).status).To(Equal(404))
	g.Expect(c.probe(cookie).status).To(Equal(200))
}

func TestUnusualXMLIsTaken(t *testing.T) {
	c := start(t)
	user, password := c.user.UserName, c.user.Password
	for name, body := range map[string]string{
		"byte order mark": "\ufeff" + xmlLogin(user, password),
		"CDATA": "<session><userName><![CDATA[" + user + "]]></userName><password><![CDATA[" + password +
			"]]></password></session>",
		"comment inside": "<!--a--><session><password>" + sdm.Escaped(password) +
			"</password><userName>Zoë<!--b-->&amp;admin</userName></session><?c d?>",
		"other elements": "<session a='b'><x><userName>n</userName></x><userName>" + sdm.Escaped(user) +
			"</userName><password>" + sdm.Escaped(password) + "</password><y/></session>",
	} {
		NewWithT(t).Expect(c.postXML(loginPath, body).status).To(Equal(200), name)
	}
	inLatin1 := "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><session><userName>Zo\xeb&amp;admin</userName><password>K\xf6&quot;r'b &amp; &lt;" +
		"&#1065;&#1077;\\&#1076;&#1088;&#1080;&#1082;>  7%+Z</password></session>"
	NewWithT(t).Expect(c.postXML(loginPath, inLatin1).status).To(Equal(200))
}

const (
	externalBody = `<?xml version="1.0"?><!DOCTYPE session [<!ENTITY e SYSTEM "file:///etc/passwd">]>` +
		`<session><userName>&e;</userName><password>x</password></session>`
	bombBody = `<!DOCTYPE session [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">` +
		`<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">` +
		`]><session><userName>&f;</userName><password>x</password></session>`
)

func TestEntitiesAreRefusedAtOnce(t *testing.T) {
	for _, with := range [][]string{nil, {"entities-left-alone"}} {
		g, c := NewWithT(t), start(t, with...)
		for _, body := range []string{externalBody, bombBody,
			`<!DOCTYPE session SYSTEM "http://127.0.0.1:1/s.dtd"><session/>`} {
			began := time.Now()
			refused := c.postXML(loginPath, body)
			g.Expect(refused.status).To(BeElementOf(400, 401))
			g.Expect(refused.body).NotTo(Or(ContainSubstring("root:"), ContainSubstring("lol")))
			g.Expect(time.Since(began)).To(BeNumerically("<", time.Second))
		}
		g.Expect(c.postXML(loginPath, xmlLogin(c.user.UserName, c.user.Password)).status).To(Equal(200))
	}
}

func TestFaultsShowWhatTheyExpand(t *testing.T) {
	g := NewWithT(t)
	g.Expect(start(t, "external-entity-resolved").postXML(loginPath, externalBody).body).
		To(ContainSubstring("root:x:0:0:"))
	bomb := start(t, "entity-bomb-expanded").postXML(loginPath, bombBody)
	g.Expect(bomb.status).To(Equal(400))
	g.Expect(len(bomb.body)).To(And(BeNumerically(">", 100_000), BeNumerically("<", 2*sdm.ExpansionLimit)))
}
