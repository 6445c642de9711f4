//go:build unit

package sdm_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"session-conformance/support/reference"
	"session-conformance/support/reference/sdm"
)

const (
	v13       = "/rest/v1.3/admin"
	loginPath = v13 + "/login"
	probePath = v13 + "/serverInfo"
)

// client talks to one reference server.
type client struct {
	url  string
	http *http.Client
	user sdm.Account

	server *sdm.Server
}

// answered is what came back. An answer that did not come has status 0.
type answered struct {
	status int
	header http.Header
	body   string
}

// start runs the default server with the named peculiarities until the test ends.
func start(t *testing.T, with ...string) client {
	t.Helper()
	return startWith(t, sdm.Default(), with...)
}

func startWith(t *testing.T, config sdm.Config, with ...string) client {
	t.Helper()
	config.With = with
	handler, err := sdm.New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c := server.Client()
	c.Timeout = 5 * time.Second
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client{url: server.URL, http: c, user: config.User, server: handler}
}

// do sends one request. headers are "Name: value"; an empty body is none.
func (c client) do(method, path, body string, headers ...string) answered {
	request, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		request.Header.Set(name, value)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answered{}
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		return answered{}
	}
	return answered{status: response.StatusCode, header: response.Header, body: string(b)}
}

func (c client) postXML(path, body string) answered {
	return c.do("POST", path, body, "Content-Type: application/xml", "Accept: application/xml")
}

func (c client) postJSON(path, body string) answered {
	return c.do("POST", path, body, "Content-Type: application/json", "Accept: application/json")
}

// probe asks for the serverInfo with a Cookie header; an empty one is none.
func (c client) probe(cookie string) answered {
	if cookie == "" {
		return c.do("GET", probePath, "", "Accept: application/json")
	}
	return c.do("GET", probePath, "", "Accept: application/json", "Cookie: "+cookie)
}

// cookies are all that the answer set with a value, as a Cookie header returns them.
func (a answered) cookies() string {
	var pairs []string
	for _, c := range a.header.Values("Set-Cookie") {
		pair, _, _ := strings.Cut(c, ";")
		if _, value, _ := strings.Cut(pair, "="); value != "" || !strings.Contains(pair, "=") {
			pairs = append(pairs, pair)
		}
	}
	return strings.Join(pairs, "; ")
}

func xmlLogin(user, password string) string {
	return fmt.Sprintf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<session>\n<userName>%s</userName>\n<password>%s</password>\n</session>",
		sdm.Escaped(user), sdm.Escaped(password))
}

func jsonLogin(user, password string) string {
	return fmt.Sprintf(`{"userName": %s, "password": %s}`, reference.JSON(user), reference.JSON(password))
}
