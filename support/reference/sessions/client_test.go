//go:build unit

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

// client asks one reference server over real HTTP. It keeps no cookies by itself, and its server's clock stands still.
type client struct {
	*sessions.Server
	config sessions.Config
	t      *testing.T
	url    string
	http   *http.Client
	millis atomic.Int64
}

func start(t *testing.T, with ...string) *client {
	config := sessions.Default()
	config.With = with
	return serve(t, config, httptest.NewServer)
}

func serve(t *testing.T, config sessions.Config, listen func(http.Handler) *httptest.Server) *client {
	t.Helper()
	c := &client{t: t, config: config}
	c.millis.Store(1_763_791_234_567)
	config.Now = func() time.Time { return time.UnixMilli(c.millis.Load()) }
	s, err := sessions.New(config)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	server := listen(s)
	t.Cleanup(server.Close)
	c.Server, c.url, c.http = s, server.URL+sessions.BasePath, server.Client()
	return c
}

// reply is an answer that was read to its end.
type reply struct {
	status  int
	header  http.Header
	body    string
	cookies string // the Cookie header that sends back what it sets
}

func (r reply) json(t *testing.T) map[string]any {
	t.Helper()
	var object map[string]any
	NewWithT(t).Expect(json.Unmarshal([]byte(r.body), &object)).To(Succeed(), r.body)
	return object
}

// send asks with a body as it stands, labelled as JSON.
func (c *client) send(method, path, body, cookies string) reply {
	c.t.Helper()
	return c.sendAs("application/json", method, path, body, cookies)
}

func (c *client) sendAs(media, method, path, body, cookies string) reply {
	c.t.Helper()
	g := NewWithT(c.t)
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	g.Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Content-Type", media)
	r.Header.Set("Cookie", cookies)
	answer, err := c.http.Do(r)
	g.Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	g.Expect(err).NotTo(HaveOccurred())
	pair, _, _ := strings.Cut(answer.Header.Get("Set-Cookie"), ";")
	return reply{answer.StatusCode, answer.Header, string(text), pair}
}

func (c *client) get(path, cookies string) reply { return c.send("GET", path, "", cookies) }

func (c *client) post(path, body string) reply { return c.send("POST", path, body, "") }

func (c *client) login(name, password string) reply {
	return c.post("/session/login", encoded(map[string]string{"login": name, "password": password}))
}

// logIn is a good login of the user.
func (c *client) logIn() reply { return c.login(c.config.User.Login, c.config.User.Password) }

func (c *client) token(value string) reply {
	return c.post("/session/login-with-token", encoded(map[string]string{"token": value}))
}

func (c *client) logInNode(body map[string]any) reply {
	return c.post("/session/node/login", encoded(body))
}

// encoded is a value of this package's tests as JSON.
func encoded(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
