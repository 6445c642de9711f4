//go:build unit

package target

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// folderWith writes a file of targets into a folder with a certificate to trust, and one with its key.
func folderWith(t *testing.T, content string) string {
	t.Helper()
	dir := t.TempDir()
	certificate, key := selfSigned(t)
	for name, data := range map[string][]byte{"targets.yaml": []byte(content), "ca.pem": certificate, "c.pem": certificate,
		"k.pem": key} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "targets.yaml")
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func clauses(api string) []string {
	return map[string][]string{"saymon": {"saymon-cookie-path", "saymon-session-opens"}, "sdm": {"sdm-login"}}[api]
}

// own are the settings that only an API has.
func own(api, text string) any {
	t := Target{API: api}
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		panic(err)
	}
	return t.Own
}

func TestExampleLoads(t *testing.T) {
	g := NewWithT(t)
	for _, name := range []string{"SAYMON_LOGIN", "SAYMON_PASSWORD", "SECOND", "KC_TOKEN", "SDM_PASSWORD", "SW_PASSWORD",
		"SW_TOKEN", "SW_NODE"} {
		t.Setenv(name, "value of "+name)
	}
	path := folderWith(t, read(t, "testdata/example.yaml"))
	in := func(name string) string { return filepath.Join(filepath.Dir(path), name) }

	targets, err := Load(path, nil, clauses)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(Equal([]Target{{
		Name: "saymon-staging", API: "saymon", URL: "https://saymon.acme.test",
		User: &User{Login: "value of SAYMON_LOGIN", Password: "value of SAYMON_PASSWORD", Email: "qa@acme.test",
			ID: "64f1c0a2b7e9d3001c8a4e11"},
		OtherUser: &User{Login: "second", Password: "value of SECOND", ID: "64f1c0a2b7e9d3001c8a4e22"},
		Own:       own("saymon", `{"keycloak": {"token": "value of KC_TOKEN"}}`),
		Without:   []string{"keycloak"},
		Timeout:   10 * time.Second, Concurrency: 8, WrongPasswords: 5, WrongPasswordPause: 1100 * time.Millisecond,
		SessionIdle: 1100 * time.Millisecond,
		Headers:     map[string]string{"X-Environment": "staging"},
		TLS:         &TLS{CAFile: in("ca.pem"), CertFile: in("c.pem"), KeyFile: in("k.pem"), ServerName: "h"},
		Product:     &Product{Name: "SAYMON", Version: "3.21", Vendor: "ACME"},
		Waivers:     []Waiver{{Clause: "saymon-cookie-path", Reason: "ACME-1234, fixed in 3.22", Until: "2027-01-31"}},
		Variables: map[string]string{"user.login": "SAYMON_LOGIN", "user.password": "SAYMON_PASSWORD",
			"other_user.password": "SECOND", "keycloak.token": "KC_TOKEN"},
	}, {
		Name: "sdm-lab", API: "sdm", URL: "https://sdm.acme.test:8443",
		Own:     own("sdm", `{"version": "v1.3", "probe": "/admin/serverInfo"}`),
		User:    &User{Login: "admin", Password: "value of SDM_PASSWORD"},
		Without: []string{"logout"}, Timeout: 10 * time.Second, Concurrency: 8, WrongPasswords: 5,
		WrongPasswordPause: 1100 * time.Millisecond,
		SessionIdle:        1100 * time.Millisecond, Variables: map[string]string{"user.password": "SDM_PASSWORD"},
	}, {
		Name: "storware-lab", API: "sessions", URL: "https://storware.acme.test:8181/api",
		User: &User{Login: "admin", Password: "value of SW_PASSWORD"},
		Own: own("sessions",
			`{"token": "value of SW_TOKEN", "node": {"login": "node1", "password": "value of SW_NODE"}}`),
		Without: []string{"token", "node"}, Timeout: 10 * time.Second, Concurrency: 8, WrongPasswords: 5,
		WrongPasswordPause: 1100 * time.Millisecond,
		SessionIdle:        1100 * time.Millisecond,
		Variables: map[string]string{"user.password": "SW_PASSWORD", "token": "SW_TOKEN",
			"node.password": "SW_NODE"},
	}}))
	g.Expect(targets[0].Lacks("keycloak")).To(BeTrue())
	g.Expect(targets[0].Lacks("email")).To(BeFalse())
	config, err := targets[0].TLS.Config()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(config.Certificates).To(HaveLen(1))
	g.Expect(config.RootCAs).NotTo(BeNil())
	g.Expect(config.ServerName).To(Equal("h"))
}

func TestFilesOfKeycloakStartAtTheFolder(t *testing.T) {
	g := NewWithT(t)
	path := folderWith(t, saymon("  keycloak: {issuer: https://k, client_id: c, tls: {ca_file: ca.pem, cert_file: "+
		"c.pem, key_file: k.pem}}\n"))
	targets, err := Load(path, nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	in := func(name string) string { return filepath.Join(filepath.Dir(path), name) }
	g.Expect(targets[0].Realm().TLS).To(Equal(&TLS{CAFile: in("ca.pem"), CertFile: in("c.pem"), KeyFile: in("k.pem")}))
	g.Expect(targets[0].TLS).To(BeNil())
}

func TestDefaultFile(t *testing.T) {
	g := NewWithT(t)
	const path = "../../targets.yaml"
	targets, err := Load(path, nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(HaveLen(3))
	for i, api := range APIs() {
		g.Expect(targets[i].Name).To(Equal(api + "-embedded"))
		g.Expect(targets[i].API).To(Equal(api))
		g.Expect(targets[i].Embedded()).To(BeTrue())
	}

	// The targets to copy are right as they stand.
	uncommented := regexp.MustCompile(`(?m)^#(  .*)$`).ReplaceAllString(read(t, path), "$1")
	targets, err = Load(folderWith(t, uncommented), []string{"sdm-embedded"}, clauses)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(HaveLen(1))
	t.Setenv("SAYMON_LOGIN", "a")
	_, err = Load(folderWith(t, uncommented), []string{"saymon-staging", "sdm-lab"}, clauses)
	g.Expect(err).To(MatchError(ContainSubstring("SDM_PASSWORD")))
}

func TestSmallThings(t *testing.T) {
	g := NewWithT(t)
	t.Setenv("TIME", "1m30s")
	path := folderWith(t, `
targets:
- {concurrency: 3, url: "http://[::1]:8080//", name: A.b-1, api: sdm, timeout: "${TIME}", strict: true, version: v1.10,
   user: &u {login: 'it''s', password: "a\u00e9\ud83d\ude00\/\""}}
- name: second
  api: sessions
  url: http://h/api/
  user:
    <<: *u
    password: >-
      two
      words
  node: {a: 1.10, b: [true, ~], c: {d: 12345678901234567890123}}
  timeout: 1.5s
`)
	targets, err := Load(path, []string{" second", "", "A.b-1"}, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(HaveLen(2))
	first, second := targets[0], targets[1]
	g.Expect(first.URL).To(Equal("http://[::1]:8080"))
	g.Expect(first.Timeout).To(Equal(90 * time.Second))
	g.Expect(first.Concurrency).To(Equal(3))
	g.Expect(first.Strict).To(BeTrue())
	g.Expect(first.Own).To(HaveField("Version", "v1.10"))
	g.Expect(*first.User).To(Equal(User{Login: "it's", Password: "aé😀/\""}))
	g.Expect(second.URL).To(Equal("http://h/api"))
	g.Expect(*second.User).To(Equal(User{Login: "it's", Password: "two words"}))
	g.Expect(second.Timeout).To(Equal(1500 * time.Millisecond))
	g.Expect(second.Own).To(HaveField("Node", map[string]any{
		"a": json.Number("1.10"), "b": []any{true, nil}, "c": map[string]any{"d": json.Number("12345678901234567890123")},
	}))
	config, err := first.TLS.Config()
	g.Expect(config, err).To(BeNil())
}

func TestJSONIsYAML(t *testing.T) {
	g := NewWithT(t)
	targets, err := Load(folderWith(t, "\ufeff{\r\n\t\"targets\": [\r\n\t\t{\"name\": \"a\", \"api\": \"sdm\", "+
		"\"url\": \"https:\\/\\/h\",\r\n"+
		"\t\t \"user\": {\"login\": \"a\\tb\", \"password\": \"\\u0444\\\\\"}}\r\n\t]\r\n}\r\n"), nil, nil)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(targets).To(HaveLen(1))
	g.Expect(targets[0].URL).To(Equal("https://h"))
	g.Expect(*targets[0].User).To(Equal(User{Login: "a\tb", Password: "ф\\"}))
}

func TestWaiverIsOver(t *testing.T) {
	g := NewWithT(t)
	w := Waiver{Until: "2027-01-31"}
	g.Expect(w.Over(time.Date(2027, 1, 31, 23, 59, 59, 0, time.UTC))).To(BeFalse())
	g.Expect(w.Over(time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC))).To(BeTrue())
	g.Expect(w.Over(time.Date(2027, 2, 1, 0, 30, 0, 0, time.FixedZone("", 3600)))).To(BeFalse())
	g.Expect(Waiver{Until: "soon"}.Over(time.Time{})).To(BeTrue())
}
