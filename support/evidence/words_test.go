//go:build unit

package evidence

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/redact"
)

// A word or a login that a scenario tries for a session stands in the evidence as it was sent, also where the target
// lets anybody in, and in no list of secrets: only what an answer hands out is one, however it looks.
func TestWordsTriedForASessionStay(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			w.Header().Set("Set-Cookie", "sid=undefined")
		}
		fine(w, r)
	})
	j := job(s.URL)
	j.Target.User.Login = `José & "son" 4711`
	tried := []string{"constructor", "undefined", "Jos%C3%A9+%26+%22son%22+4711", "5f0c8f4e-1111-4222-8333-444455556666"}
	api := &API{Words: []string{"with the cookie constructor", "with the cookie undefined"}}
	api.Add("control", nil, func(t *Caller) {
		t.Post(NewStep("log in"), "/login", JSON{"login": t.User.Login}, Opens("user"))
		for i, word := range tried {
			t.Get(NewStep(fmt.Sprint("who ", i)), "/", Cookie("sid", word))
		}
	}, Control())
	gathered := gatherWhole(api, j)[0]
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())
	var sent []string
	for _, e := range ev.Exchanges[1:] {
		sent = append(sent, strings.TrimPrefix(e.Request.Header.Get("Cookie"), "sid="))
	}
	g.Expect(sent).To(HaveLen(4))
	g.Expect([]string{sent[0], sent[2]}).To(Equal([]string{tried[0], tried[2]}), "words")
	g.Expect(sent[1]).NotTo(Equal(tried[1]), "the target handed it out")
	g.Expect(sent[3]).NotTo(Equal(tried[3]), "the target lets it in")

	guard := redact.New()
	guard.LearnFrom(gathered.Secrets, "")
	said := `userName: José & "son" 4711, constructor`
	masked, labels, _ := guard.Mask([]byte(said))
	g.Expect(string(masked)).To(Equal(said), "%v", labels)
	_, labels, _ = guard.Mask([]byte("it took " + tried[3]))
	g.Expect(labels).To(Equal([]string{"cookie sid"}))
}

// So does one that is tried for a token or for Basic credentials, to the letter: without a colon they get none.
func TestWordsTriedForATokenStay(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	j := job(s.URL)
	j.Target.User.Password = "undefined"
	fields := []string{"Basic " + base64.StdEncoding.EncodeToString([]byte("nobody")), "Basic a", "Bearer constructor",
		"Basic " + base64.StdEncoding.EncodeToString([]byte("qa:undefined")), "Bearer undefined"}
	api := &API{TokenQuery: "api-token", Words: []string{"constructor", "' OR '1'='1", "undefined", "nobody", "a"}}
	api.Add("control", nil, func(t *Caller) {
		t.Get(NewStep("condition"), "/", Query("api-token", "' OR '1'='1"))
		t.Get(NewStep("password"), "/", Query("api-token", "undefined"))
		for i, field := range fields {
			t.Get(NewStep(fmt.Sprint("field ", i)), "/", Header("Authorization", field))
		}
	}, Control())
	ev, err := Read(gatherWhole(api, j)[0].HAR)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges[0].Request.URL).To(HaveSuffix("api-token=%27+OR+%271%27%3D%271"))
	g.Expect(ev.Exchanges[1].Request.URL).NotTo(ContainSubstring("undefined"), "it is the password")
	for i, field := range fields {
		sent := ev.Exchanges[i+2].Request.Header.Get("Authorization")
		g.Expect(sent == field).To(Equal(i < 3), "%s became %s", field, sent)
	}
}

// A password that is a word of the protocol, a literal or a body of its own is hidden where it is sent for a password,
// and nowhere else.
func TestPasswordsThatAreOtherThingsToo(t *testing.T) {
	for _, password := range []string{"application/json", "HTTP/1.1", "HttpOnly", "SameSite", "Unauthorized", "true",
		"null", `{"a":1}`, "[1,2]", "<a>x</a>"} {
		g := NewWithT(t)
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Set-Cookie", "sid=5f0c8f4e-1111-4222-8333-444455556666; HttpOnly; SameSite=Lax")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"live": true, "last": null, "list": [1,2]}`)
		})
		j := job(s.URL)
		j.Target.User.Password = password
		api := controlled(func(t *Caller) {
			t.Post(nil, "/login", JSON{"login": "qa", "password": t.User.Password}, Opens("user"))
		})
		ev := gather(t, api, j)
		e := ev.Exchanges[0]
		g.Expect(ev.Target.Masked).To(BeEmpty(), password)
		var sent struct{ Login, Password string }
		g.Expect(json.Unmarshal(e.Request.Body, &sent)).To(Succeed(), "%s", e.Request.Body)
		g.Expect(sent.Login).To(Equal("qa"))
		g.Expect(sent.Password).NotTo(BeElementOf(password, ""), "it is hidden")
		g.Expect(e.Header("Content-Type")).To(Equal("application/json"))
		g.Expect(e.Header("Set-Cookie")).To(HaveSuffix("; HttpOnly; SameSite=Lax"))
		g.Expect(e.Answer.Proto).To(Equal("HTTP/1.1"))
		g.Expect(e.StatusLine()).To(Equal("401 Unauthorized"))
		g.Expect(string(e.Body())).To(Equal(`{"live": true, "last": null, "list": [1,2]}`))
	}
}

// Whatever a password is made of, it has one stand-in: where it is sent, where it is repeated, and in Basic
// credentials.
func TestAStrangePasswordHasOneStandIn(t *testing.T) {
	for _, password := range []string{"abc", "admin", `^(a+)+$[x].*\d`, "%41%42cd", "%2541-long-enough", "🔑🐤🔒",
		"🔑🐤🔒🐤🔑🐤🔒🐤-x",
		strings.Repeat("aB3$", 50), "first\nsecond", `first\nsecond`, "12345678", "        x",
		"x y      ",
		`"quoted-secret"`, "[left out: 12 bytes]",
		"masked", "ÀÉÎÕÜàéîõü", "a+b+c+d+e+f", `<b>&amp;"'bold</b>`,
		"Bearer abcdefgh12345", "sid=abcdefgh; Path=/", "https://h/?a=b&c=d#e",
		"pass:word:with:colons", "ab\x01cd\x7fef-gh"} {
		g := NewWithT(t)
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.Copy(w, r.Body)
		})
		j := job(s.URL)
		j.Target.User.Password = password
		api := controlled(func(t *Caller) {
			t.Post(NewStep("log in"), "/", JSON{"login": t.User.Login, "password": t.User.Password}, Opens("user"))
			t.Get(NewStep("basic"), "/", Basic(t.User.Login, t.User.Password))
		})
		ev := gather(t, api, j)
		g.Expect(ev.Target.Masked).To(BeEmpty(), "%q", password)
		log, basic := ev.Exchanges[0], ev.Exchanges[1].Request.Header.Get("Authorization")
		var sent, repeated struct{ Login, Password string }
		g.Expect(json.Unmarshal(log.Request.Body, &sent)).To(Succeed(), "%s", log.Request.Body)
		g.Expect(json.Unmarshal(log.Body(), &repeated)).To(Succeed(), "%s", log.Body())
		g.Expect(sent.Password).NotTo(Equal(password))
		g.Expect(repeated).To(Equal(sent))
		g.Expect(basic).To(Equal("Basic " + base64.StdEncoding.EncodeToString([]byte(sent.Login+":"+sent.Password))))
	}
}
