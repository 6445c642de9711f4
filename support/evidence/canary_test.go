//go:build unit

package evidence

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	stdlog "log"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/sessions/settings"
	"session-conformance/support/canary"
	"session-conformance/support/exchange"
	"session-conformance/support/redact"
	"session-conformance/support/reference/wire"
	"session-conformance/support/target"
)

// No evidence holds a secret, whatever place of an answer, and whatever encoding, a target echoes it in. That the
// secret stands there before anything is hidden is what the tests of canary show.
func TestNoEchoedSecretIsInTheEvidence(t *testing.T) {
	const password, header = `Kanari "vogel" & <ö>%41\ 7+é`, "x-key-0123456789abcdef"
	const id, node = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "node-Kanari-Serial/42"
	for _, way := range canary.Ways() {
		t.Run(way.Name, func(t *testing.T) {
			g := NewWithT(t)
			cage := &canary.Cage{}
			s := httptest.NewServer(canary.Echo(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/login" {
					w.Header().Set("Set-Cookie", "sid="+id)
					_, _ = w.Write([]byte(`"` + id + `"`))
					return
				}
				http.NotFound(w, r)
			}), []canary.Way{way}, cage, password, header))
			defer s.Close()
			api := controlled(func(t *Caller) {
				t.Post(nil, "/login", JSON{"login": t.User.Login, "password": t.User.Password}, Opens("user"))
				t.Get(NewStep("who"), "/who", Cookie("sid", id))
				t.Get(NewStep("who mints"), "/who", Cookie("sid", id), Mints())
			})
			api.Add("others", nil, func(t *Caller) {
				t.Get(nil, "/who", Basic(t.User.Login, t.User.Password))
				t.Post(nil, "/node", JSON{"serial": node})
				t.Get(nil, "/who", Query("api-token", id))
				wrong := t.Secret("wrong password", t.User.Password+"!")
				t.Get(nil, "/who", Basic(t.User.Login, wrong), WrongPassword("user"))
			})
			api.Add("fails", nil, func(t *Caller) { panic("with " + t.User.Password) })
			gathered := gatherWhole(api, Job{Target: target.Target{Name: "t", API: "sessions", URL: s.URL,
				Timeout: 20 * time.Second, Concurrency: 2, Headers: map[string]string{"X-Canary": header},
				Own:  settings.Own{Node: map[string]any{"inner": map[string]any{"serial": node}}},
				User: &target.User{Login: "somebody", Password: password}}})[0]
			g.Expect(cage.Secrets()).To(ConsistOf(password, header, id))
			g.Expect(canary.NewFinder(append(cage.Secrets(), node, password+"!")).Find(gathered.HAR)).To(BeEmpty())
			g.Expect(string(gathered.HAR)).NotTo(ContainSubstring(header[:10]), "a part of a secret, where a long body was cut")
			g.Expect(gathered.Secrets.Leaks(gathered.HAR)).To(BeEmpty())
			ev, err := Read(gathered.HAR)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(ev.Exchanges).NotTo(BeEmpty())
		})
	}
}

// A clean-up that panics ends alone, as a scenario does, and shows no secret.
func TestACleanUpThatPanicsEndsAlone(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, fine)
	api := &API{LogOut: func(t *Caller, _ *Step, _ Session, _ ...Option) *exchange.Exchange {
		panic("with " + t.User.Password)
	}}
	api.Add("control", nil, func(t *Caller) {
		t.Get(nil, "/")
		t.Opened(Session{Cookie: "a=b"})
	}, Control())
	j := job(s.URL)
	gathered := gatherWhole(api, j)[0]
	g.Expect(canary.NewFinder([]string{j.Target.User.Password}).Find(gathered.HAR)).To(BeEmpty())
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Exchanges).To(HaveLen(1))
	o, found := ev.Outcome(CleanUpName, "")
	g.Expect(found).To(BeTrue())
	g.Expect(o.Reason).To(ContainSubstring("the suite's own scenario failed: with "))
}

// Any other mistake of our own ends one target and shows nothing of what it was about.
func TestAPanicWhileGatheringEndsTheTarget(t *testing.T) {
	g := NewWithT(t)
	api := controlled(func(*Caller) {})
	r := newRecorder(context.Background(), &API{}, job("http://127.0.0.1:1"), nil, "test", nil)
	r.order = nil // what no run does
	ev, err := Read(r.gathered(safely(func() { r.run(context.Background(), api, job("http://127.0.0.1:1")) })).HAR)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ev.Target.Stopped).To(
		MatchRegexp(`^the suite itself failed \(runtime.* at order.go line \d+\): please report it$`))
	g.Expect(ev.Target.User.Password).To(BeEmpty())
}

// The address of a proxy stands in the environment, with its password. An error quotes it where it is no address.
func TestThePasswordOfAProxyIsHidden(t *testing.T) {
	for _, address := range []string{"http://us er:proxy%20secret-9@127.0.0.1:1", "user:proxy%20secret-9@127.0.0.1:x"} {
		g := NewWithT(t)
		t.Setenv("HTTP_PROXY", address)
		h := redact.New()
		learnProxies(h)
		for _, text := range []string{"proxyconnect: parse \"" + address + "\"",
			"Proxy-Authorization: Basic dXNlcjpwcm94eSBzZWNyZXQtOQ==", "proxy secret-9 is wrong"} {
			g.Expect(h.Text(text)).NotTo(Equal(text))
			g.Expect(canary.NewFinder([]string{"proxy secret-9"}).Find([]byte(text))).NotTo(BeEmpty())
			g.Expect(canary.NewFinder([]string{"proxy secret-9"}).Find([]byte(h.Text(text)))).To(BeEmpty())
		}
	}
}

// An answer that names its own server makes no secret of that name: else the target's own description would hold one.
func TestTheServersNameIsNoSecret(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"node": "backup-server-eu-west-1-a", "id": "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"}`))
	})
	api := controlled(func(t *Caller) { t.Get(nil, "/", Opens("user")) })
	j := job(s.URL)
	j.Target.Name = "backup-server-eu-west-1-a"
	gathered := gatherWhole(api, j)[0]
	g.Expect(gathered.Secrets.Leaks(gathered.HAR)).To(BeEmpty())
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(ev.Exchanges[0].Body())).
		To(And(ContainSubstring("backup-server-eu-west-1-a"), Not(ContainSubstring("a5f946dc"))))
}

// A certificate may carry a secret in its names, and the errors of TLS quote these.
func TestASecretInTheNamesOfACertificateIsHidden(t *testing.T) {
	for name, trusted := range map[string]bool{"of a trusted certificate for another host": true,
		"of one that nobody vouches for": false} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			j := job("")
			j.Target.User.Password = "sup3r-s3cret-w0rd"
			certificate, pem, err := wire.NewCertificate(func(c *x509.Certificate) {
				c.Subject.CommonName = j.Target.User.Password
				c.DNSNames, c.IPAddresses = []string{j.Target.User.Password + ".example"}, nil
			})
			g.Expect(err).NotTo(HaveOccurred())
			s := httptest.NewUnstartedServer(http.HandlerFunc(fine))
			s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
			s.Config.ErrorLog = stdlog.New(io.Discard, "", 0)
			s.StartTLS()
			defer s.Close()
			roots := x509.NewCertPool()
			if trusted {
				g.Expect(roots.AppendCertsFromPEM(pem)).To(BeTrue())
			}
			j.Target.URL, j.TLS = s.URL, &tls.Config{RootCAs: roots, ServerName: "elsewhere.example"}

			// Go's own error quotes the name: without hiding it would stand in the report.
			client := &http.Client{Transport: &http.Transport{TLSClientConfig: j.TLS.Clone()}}
			_, err = client.Get(s.URL)
			finder := canary.NewFinder([]string{j.Target.User.Password})
			g.Expect(finder.Find([]byte(err.Error()))).To(HaveLen(1), err.Error())

			api := controlled(func(t *Caller) { t.Get(nil, "/", Opens("user")) })
			gathered := gatherWhole(api, j)[0]
			g.Expect(finder.Find(gathered.HAR)).To(BeEmpty())
			ev, err := Read(gathered.HAR)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(ev.Exchanges[0].NoAnswer).To(ContainSubstring("certificate"))
		})
	}
}
