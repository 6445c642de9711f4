//go:build unit

package keycloak

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/target"
)

// issuer is a server whose answers a test chooses; it keeps what it was asked.
type issuer struct {
	*httptest.Server
	mu    sync.Mutex
	asked []*http.Request
	forms []url.Values
}

// start serves discovery and grants; nil functions answer as they should.
func start(t *testing.T, secure bool, discovery, grant http.HandlerFunc) *issuer {
	t.Helper()
	i := &issuer{}
	i.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		i.mu.Lock()
		i.asked, i.forms = append(i.asked, r), append(i.forms, r.PostForm)
		i.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		switch discovers := strings.HasSuffix(r.URL.Path, "/.well-known/openid-configuration"); {
		case discovers && discovery != nil:
			discovery(w, r)
		case discovers:
			fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": %q}`, i.URL+"/realms/r", i.URL+"/token")
		case grant != nil:
			grant(w, r)
		default:
			fmt.Fprint(w, `{"access_token": "a", "refresh_token": "r", "id_token": "i", "token_type": "Bearer", "expires_in": 60}`)
		}
	}))
	i.Config.ErrorLog = log.New(io.Discard, "", 0)
	if secure {
		i.StartTLS()
	} else {
		i.Start()
	}
	t.Cleanup(i.Close)
	return i
}

// realm asks that issuer with a password.
func (i *issuer) realm(change ...func(*Realm)) Realm {
	r := Realm{Keycloak: target.Keycloak{Issuer: i.URL + "/realms/r", ClientID: "saymon", Username: "qa", Password: "p"},
		Timeout: 10 * time.Second, UserAgent: "test"}
	for _, c := range change {
		c(&r)
	}
	return r
}

func answer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func refuse(code, description string) http.HandlerFunc {
	text, _ := json.Marshal(map[string]string{"error": code, "error_description": description})
	return answer(400, string(text))
}

func TestFetchAsksOnceEach(t *testing.T) {
	g := NewWithT(t)
	i := start(t, false, nil, nil)
	before := time.Now()
	tokens, err := Fetch(context.Background(), i.realm())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(tokens.Until).To(BeTemporally("~", before.Add(time.Minute), 5*time.Second))
	tokens.Until = time.Time{}
	g.Expect(tokens).To(Equal(Tokens{Access: "a", Refresh: "r", ID: "i", Fetched: true}))
	g.Expect(i.asked).To(HaveLen(2))
	g.Expect(i.asked[1].UserAgent()).To(Equal("test"))
	g.Expect(i.forms[1]).To(Equal(url.Values{"grant_type": {"password"}, "client_id": {"saymon"}, "username": {"qa"},
		"password": {"p"}, "scope": {"openid"}}))
}

func TestFetchWithASecret(t *testing.T) {
	secret := func(r *Realm) { r.ClientSecret, r.Username, r.Password, r.Scope = "s", "", "", "openid extra" }
	for methods, basic := range map[string]bool{"": true, `"client_secret_post","client_secret_basic"`: true,
		`"client_secret_post"`: false} {
		g := NewWithT(t)
		var i *issuer
		i = start(t, false, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": %q, "token_endpoint_auth_methods_supported": [%s]}`,
				i.URL+"/realms/r", i.URL+"/token", methods)
		}, nil)
		_, err := Fetch(context.Background(), i.realm(secret))
		g.Expect(err).NotTo(HaveOccurred())
		wanted := url.Values{"grant_type": {"client_credentials"}, "scope": {"openid extra"}}
		name, word, sent := i.asked[1].BasicAuth()
		g.Expect(sent).To(Equal(basic), methods)
		if basic {
			g.Expect([]string{name, word}).To(Equal([]string{"saymon", "s"}))
		} else {
			wanted["client_id"], wanted["client_secret"] = []string{"saymon"}, []string{"s"}
		}
		g.Expect(i.forms[1]).To(Equal(wanted))
	}
}

// A wrong password is never sent twice: not after a refusal, not to another host, not without TLS.
func TestFetchNeverTriesAgain(t *testing.T) {
	g := NewWithT(t)
	i := start(t, false, nil, answer(401, `{"error": "invalid_client"}`))
	_, err := Fetch(context.Background(), i.realm(func(r *Realm) { r.ClientSecret = "s" }))
	g.Expect(err).To(HaveOccurred())
	g.Expect(i.asked).To(HaveLen(2))

	other := start(t, false, nil, nil)
	i = start(t, false, nil, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	_, err = Fetch(context.Background(), i.realm())
	g.Expect(err).To(MatchError(ContainSubstring("answers 307 Temporary Redirect")))
	g.Expect(other.asked).To(BeEmpty())

	plain := start(t, false, nil, nil)
	var secure *issuer
	secure = start(t, true, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": %q}`, secure.URL+"/realms/r", plain.URL+"/token")
	}, nil)
	_, err = Fetch(context.Background(), secure.realm(func(r *Realm) { r.TLS = &target.TLS{InsecureSkipVerify: true} }))
	g.Expect(err).To(MatchError(ContainSubstring("without TLS")))
	g.Expect(plain.asked).To(BeEmpty())
}

func TestFetchOverTLSTrustsWhomItIsTold(t *testing.T) {
	g := NewWithT(t)
	i := start(t, true, nil, nil)
	_, err := Fetch(context.Background(), i.realm())
	g.Expect(err).To(MatchError("keycloak.issuer is not reachable: the certificate is signed by itself (\"Acme Co\"), " +
		"so it is not trusted here: give it, or the authority that it should be of, as keycloak.tls.ca_file"))
	_, err = Fetch(context.Background(), i.realm(func(r *Realm) { r.TLS = &target.TLS{InsecureSkipVerify: true} }))
	g.Expect(err).NotTo(HaveOccurred())
	_, err = Fetch(context.Background(), i.realm(func(r *Realm) { r.TLS = &target.TLS{CAFile: "/nowhere.pem"} }))
	g.Expect(err).To(MatchError(HavePrefix("keycloak.tls: ca_file ")))
	i.TLS.MinVersion = tls.VersionTLS13
	_, err = Fetch(context.Background(),
		i.realm(func(r *Realm) { r.Issuer = strings.Replace(r.Issuer, "https", "http", 1) }))
	g.Expect(err).To(MatchError(ContainSubstring("keycloak.issuer answers 400 Bad Request")))
}

func TestFetchIsBounded(t *testing.T) {
	wait := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	short := func(r *Realm) { r.Timeout = time.Second } // for the answer that comes: a busy machine takes its time
	t.Run("discovery", func(t *testing.T) {
		_, err := Fetch(context.Background(), start(t, false, wait, nil).realm(short))
		NewWithT(t).Expect(err).To(MatchError("keycloak.issuer is not reachable: none within the timeout of 1s"))
	})
	t.Run("grant", func(t *testing.T) {
		_, err := Fetch(context.Background(), start(t, false, nil, wait).realm(short))
		NewWithT(t).Expect(err).To(MatchError("the token endpoint that keycloak.issuer names is not reachable: none " +
			"within the timeout of 1s"))
	})
	t.Run("an endless body", func(t *testing.T) {
		g := NewWithT(t)
		i := start(t, false, func(w http.ResponseWriter, _ *http.Request) {
			blanks := []byte(strings.Repeat(" ", 1<<16))
			for range 1 << 12 { // 256 MiB, of which bodyLimit is read
				if _, err := w.Write(blanks); err != nil {
					return
				}
			}
		}, nil)
		_, err := Fetch(context.Background(), i.realm())
		g.Expect(err).To(MatchError(ContainSubstring("no discovery document")))
	})
	t.Run("an interruption", func(t *testing.T) {
		g := NewWithT(t)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := Fetch(ctx, start(t, false, nil, nil).realm())
		g.Expect(err).To(MatchError("keycloak.issuer is not reachable: the run was interrupted"))
	})
}

// The session at the realm ends with the run: by its refresh token, as the client that was granted it, and only where
// the issuer says where.
func TestASessionAtTheRealmIsEnded(t *testing.T) {
	g := NewWithT(t)
	for _, secret := range []string{"", "s3cret"} {
		var i *issuer
		i = start(t, false, func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"issuer": %q, "token_endpoint": %q, "end_session_endpoint": %q}`, i.URL+"/realms/r", i.URL+"/token",
				i.URL+"/logout")
		}, nil)
		tokens, err := Fetch(context.Background(), i.realm(func(r *Realm) { r.ClientSecret = secret }))
		g.Expect(err).NotTo(HaveOccurred())
		tokens.End(context.Background())
		g.Expect(i.asked).To(HaveLen(3))
		last := i.asked[2]
		g.Expect(last.URL.Path).To(Equal("/logout"))
		g.Expect(i.forms[2]).To(Equal(url.Values{"client_id": {"saymon"}, "refresh_token": {"r"}}))
		_, given, _ := last.BasicAuth()
		g.Expect(given).To(Equal(secret))
	}
	i := start(t, false, nil, nil)
	tokens, err := Fetch(context.Background(), i.realm())
	g.Expect(err).NotTo(HaveOccurred())
	tokens.End(context.Background())
	g.Expect(i.asked).To(HaveLen(2), "nobody says where")
	Tokens{}.End(context.Background())
}

// A grant that is under way when the run is interrupted is waited for: the realm opens the session all the same.
func TestAGrantThatIsUnderWayIsWaitedFor(t *testing.T) {
	g := NewWithT(t)
	ctx, interrupt := context.WithCancel(context.Background())
	i := start(t, false, nil, func(w http.ResponseWriter, _ *http.Request) {
		interrupt()
		time.Sleep(20 * time.Millisecond)
		fmt.Fprint(w, `{"access_token": "a", "refresh_token": "r", "token_type": "Bearer"}`)
	})
	tokens, err := Fetch(ctx, i.realm())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(tokens.Refresh).To(Equal("r"))
}
