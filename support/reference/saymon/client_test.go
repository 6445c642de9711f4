//go:build long

package saymon

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// client asks one server, as a test does. It keeps no cookies and follows no redirects.
type client struct {
	t      *testing.T
	server *Server
	http   *http.Client
	url    string
}

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	body   string
}

// serve starts a server of the default accounts on a free loopback port, over https where tls is set.
func serve(t *testing.T, tls bool, with ...string) *client {
	t.Helper()
	c := Default()
	c.With = with
	server, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	start := httptest.NewServer
	if tls {
		start = httptest.NewTLSServer
	}
	listening := start(server)
	t.Cleanup(listening.Close)
	h := listening.Client()
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client{t: t, server: server, http: h, url: listening.URL}
}

// do sends a request; each change may add a header or the like.
func (c *client) do(method, path, body string, changes ...func(*http.Request)) answer {
	c.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r, err := http.NewRequest(method, c.url+path, reader)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, change := range changes {
		change(r)
	}
	response, err := c.http.Do(r)
	if errors.Is(err, io.EOF) {
		return answer{body: "the connection was closed"}
	}
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

func (c *client) create(body string, changes ...func(*http.Request)) answer {
	c.t.Helper()
	changes = append([]func(*http.Request){header("Content-Type", "application/json")}, changes...)
	return c.do("POST", "/node/api/users/session", body, changes...)
}

func (c *client) logIn(login, password string) answer {
	c.t.Helper()
	return c.create(object("login", login, "password", password))
}

func (c *client) current(changes ...func(*http.Request)) answer {
	c.t.Helper()
	return c.do("GET", "/node/api/users/current", "", changes...)
}

func (c *client) token(id string, changes ...func(*http.Request)) answer {
	c.t.Helper()
	return c.do("POST", "/node/api/users/"+id+"/auth-token", "", changes...)
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func basic(login, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(login, password) }
}

func sid(id string) func(*http.Request) { return header("Cookie", "sid="+id) }

func apiToken(token string) func(*http.Request) {
	return func(r *http.Request) { r.URL.RawQuery = "api-token=" + token }
}

// chunked sends the body without a length.
func chunked(r *http.Request) { r.ContentLength = -1 }

// object returns a JSON object of names and values in turn, in raw UTF-8.
func object(pairs ...string) string {
	var b bytes.Buffer
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + compact(pairs[i]) + ":" + compact(pairs[i+1]))
	}
	return b.String() + "}"
}

// id returns the string of a body, or what stands in it.
func (a answer) id() string {
	var id string
	if json.Unmarshal([]byte(a.body), &id) == nil {
		return id
	}
	return strings.Trim(strings.Fields(a.body + " none")[0], `"'{}[]`)
}
