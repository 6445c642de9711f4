//go:build long

package sessions_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"session-conformance/support/reference/sessions"
)

// inProcess asks a handler without a network, which is quicker.
type inProcess struct{ handler http.Handler }

func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := httptest.NewRequest(r.Method, r.URL.String(), nil)
	asked.Header = r.Header
	if r.Body != nil {
		asked.Body = r.Body
	}
	recorder := httptest.NewRecorder()
	p.handler.ServeHTTP(recorder, asked)
	return recorder.Result(), nil
}

// Each fault and variant must show in a round through all calls, and none may make the server panic.
func TestEveryPeculiarityShows(t *testing.T) {
	conforming := map[bool]string{false: round(quickly(t, "http")), true: round(quickly(t, "https"))}
	if again := round(quickly(t, "http")); again != conforming[false] {
		t.Fatalf("two rounds of the conforming server differ:\n%s\n\n%s", conforming[false], again)
	}
	show := func(name string, scheme, right string) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if round(quickly(t, scheme, name)) == right {
				t.Error("shows nowhere")
			}
		})
	}
	for _, f := range sessions.Faults {
		if f.HTTPS {
			show(f.Name, "https", conforming[true])
			continue
		}
		show(f.Name, "http", conforming[false])
	}
	for _, v := range sessions.Variants {
		show(v.Name, "http", conforming[false])
	}
}

// round makes all calls, right and wrong, and writes down the answers with stand-ins for what is random.
func round(c *client) string {
	log := &log{client: c, names: map[string]string{}}
	login, password := c.config.User.Login, c.config.User.Password
	log.all("")
	first := log.note(c.logIn())
	log.all(first)
	log.all(first)
	log.all("JSESSIONID=" + strings.Repeat("0", 32))
	second := log.note(c.logIn())
	log.all(second)
	if second != "" {
		log.all(withoutLast(second) + "x")
	}

	for _, body := range []string{
		object("login", login, "password", "wrong"), object("login", "nobody", "password", password),
		`{"login":` + encodedText(login) + `,"password":null}`,
		object("login", login), object("login", login, "password", ""), object("password", password),
		`{}`, `{`, ``, `{"login":["admin"],"password":12}`,
		object("login", login, "password", strings.ToLower(password)),
		object("login", login, "password", withoutLast(password)),
		object("login", login, "password", string([]rune(password)[:10])),
		object("login", strings.ToUpper(login), "password", password),
		object("login", login, "password", password, "domain", "local"),
		escaped(object("login", login, "password", password)),
	} {
		log.asks(log.note(c.post("/session/login", body, "")))
		log.note(c.logIn())
	}
	for _, body := range []string{object("token", c.config.Token), object("token", "wrong"), object("token", withoutLast(c.config.Token)), object("token", ""), `{}`, `{`, ``, `{"token":1}`} {
		log.asks(log.note(c.post("/session/login-with-token", body, "")))
	}
	half, none := maps.Clone(c.config.Node), map[string]any{"login": "x", "password": "y", "version": "z"}
	half["password"] = "wrong"
	for _, body := range []string{encoded(c.config.Node), encoded(half), encoded(none), `{}`, `{`, ``} {
		log.asks(log.note(c.post("/session/node/login", body, "")))
	}
	log.note(c.post("/session/logout", "", ""))
	log.all(second)
	third := log.note(c.logIn())
	log.note(c.post("/session/logout", "", second))
	log.all(second)
	log.all(third)
	for range 3 {
		log.note(c.login(login, "wrong"))
	}
	log.note(c.logIn())
	r, _ := http.NewRequest("GET", c.url+"/session/user", nil)
	log.note(c.do(r))
	return log.text.String()
}

// encodedText is a text as a JSON string.
func encodedText(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}

// escaped writes each character beyond ASCII as an escape.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 128 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// log is what a round saw.
type log struct {
	client *client
	text   strings.Builder
	names  map[string]string // random values and their stand-ins
}

var random = regexp.MustCompile(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9A-F]{32}|[0-9A-Z]{26}`)

// note writes an answer down, lets two seconds pass and returns the cookies to send back.
func (l *log) note(r reply) string {
	l.client.clock.pass(2 * time.Second)
	line := fmt.Sprint(r.status, r.header["Content-Type"], r.header["Location"], r.header["Www-Authenticate"],
		r.header["Set-Cookie"], r.body)
	l.text.WriteString(random.ReplaceAllStringFunc(line, func(value string) string {
		if l.names[value] == "" {
			l.names[value] = fmt.Sprint("random", len(l.names), form(value))
		}
		return l.names[value]
	}) + "\n")
	return r.cookies
}

// all asks every call that needs a session, except the logout.
func (l *log) all(cookies string) {
	l.note(l.client.get("/session", cookies))
	l.asks(cookies)
}

func (l *log) asks(cookies string) {
	l.note(l.client.get("/session/user", cookies))
	l.note(l.client.get("/session/user/details", cookies))
	l.note(l.client.get("/session/user/details", cookies))
}

// form is what tells two kinds of random values apart: length, case, a UUID's version.
func form(value string) string {
	kind := fmt.Sprintf("(%d upper=%t", len(value), strings.ToUpper(value) == value)
	if len(value) == 36 {
		kind += " version=" + value[14:15]
	}
	return kind + ")"
}
