//go:build long

package sessions_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/reference/sessions"
)

// client asks one reference server over real HTTP. It keeps no cookies by itself.
type client struct {
	t      *testing.T
	url    string
	http   *http.Client
	config sessions.Config
	clock  *clock
}

// clock is a time that passes only when a test says so.
type clock struct{ millis atomic.Int64 }

func (c *clock) now() time.Time          { return time.UnixMilli(c.millis.Load()) }
func (c *clock) pass(d time.Duration)    { c.millis.Add(d.Milliseconds()) }
func (c *clock) reads() (millis float64) { return float64(c.millis.Load()) }

// reply is an answer that was read to its end.
type reply struct {
	status  int
	header  http.Header
	body    string
	cookies string // what a browser would send back, as a Cookie header
}

func (r reply) json(t *testing.T) map[string]any {
	t.Helper()
	var object map[string]any
	NewWithT(t).Expect(json.Unmarshal([]byte(r.body), &object)).To(Succeed(), r.body)
	return object
}

// start asks a server over http.
func start(t *testing.T, with ...string) *client {
	s, c := serve(t, with)
	return c.at(httptest.NewServer(s))
}

// startTLS asks a server over https.
func startTLS(t *testing.T, with ...string) *client {
	s, c := serve(t, with)
	return c.at(httptest.NewTLSServer(s))
}

// quickly asks a server in this process, as if over the scheme.
func quickly(t *testing.T, scheme string, with ...string) *client {
	s, c := serve(t, with)
	c.url, c.http = scheme+"://127.0.0.1"+sessions.BasePath, &http.Client{Transport: inProcess{s}}
	c.http.CheckRedirect = stay
	return c
}

// serve makes a server whose clock stands still.
func serve(t *testing.T, with []string) (*sessions.Server, *client) {
	t.Helper()
	c := &client{t: t, config: sessions.Default(), clock: &clock{}}
	c.clock.millis.Store(1_763_791_234_567)
	c.config.With, c.config.Now = with, c.clock.now
	s, err := sessions.New(c.config)
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

func (c *client) at(server *httptest.Server) *client {
	c.t.Cleanup(server.Close)
	c.url, c.http = server.URL+sessions.BasePath, server.Client()
	c.http.CheckRedirect = stay
	return c
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// send asks with a body as it stands. Empty cookies and bodies are left out.
func (c *client) send(method, path, body, cookies string) reply {
	c.t.Helper()
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	r, err := http.NewRequest(method, c.url+path, content)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	if cookies != "" {
		r.Header.Set("Cookie", cookies)
	}
	return c.do(r)
}

func (c *client) do(r *http.Request) reply {
	c.t.Helper()
	answer, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(body), sentBack(answer.Header["Set-Cookie"])}
}

// sentBack makes a Cookie header of Set-Cookie lines, without those that have expired.
func sentBack(lines []string) string {
	var pairs []string
	for _, line := range lines {
		pair, attributes, _ := strings.Cut(line, ";")
		if !strings.Contains(strings.ToLower(attributes), "max-age=0") {
			pairs = append(pairs, pair)
		}
	}
	return strings.Join(pairs, "; ")
}

func (c *client) get(path, cookies string) reply        { return c.send("GET", path, "", cookies) }
func (c *client) post(path, body, cookies string) reply { return c.send("POST", path, body, cookies) }

func (c *client) login(name, password string) reply {
	return c.post("/session/login", object("login", name, "password", password), "")
}

// logIn is a good login of the user.
func (c *client) logIn() reply { return c.login(c.config.User.Login, c.config.User.Password) }

func (c *client) token(value string) reply {
	return c.post("/session/login-with-token", object("token", value), "")
}

func (c *client) node(body map[string]any) reply {
	return c.post("/session/node/login", encoded(body), "")
}

// object is a JSON object of names and texts.
func object(pairs ...string) string {
	texts := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		texts[pairs[i]] = pairs[i+1]
	}
	return encoded(texts)
}

// encoded is JSON with its characters as they are.
func encoded(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // only maps of texts come here
	}
	return b.String()
}

func withoutLast(text string) string {
	letters := []rune(text)
	return string(letters[:len(letters)-1])
}
