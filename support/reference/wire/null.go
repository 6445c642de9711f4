package wire

import (
	"context"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net"
	"net/http"
	"slices"
	"time"

	"session-conformance/support/reference"
)

// Null is a server that does nothing a document asks for. It answers everything alike.
type Null struct {
	Name string
	Says string

	handler http.HandlerFunc                // what it answers over HTTP, or
	talk    func(context.Context, net.Conn) // what it does with a connection
}

// AnySession names the null server that answers each call as a login that succeeded.
const AnySession = "any-session"

// Nulls are all null targets.
var Nulls = []Null{
	{Name: "empty-object", Says: "200 and {}", handler: says(200, "application/json", "{}")},
	{Name: "nothing", Says: "200 and nothing", handler: says(200, "", "")},
	{Name: "no-content", Says: "204", handler: says(204, "", "")},
	{Name: "not-found", Says: "404", handler: says(404, "text/plain; charset=utf-8", "404 page not found\n")},
	{Name: "broken", Says: "500", handler: says(500, "text/plain; charset=utf-8", "Internal Server Error\n")},
	{Name: "unauthorized", Says: "401", handler: says(401, "application/json",
		`{"code": "unauthorized", "message": "Unauthorized"}`, "WWW-Authenticate", `Basic realm="everything"`)},
	{Name: "created-nothing", Says: "201 and nothing", handler: says(201, "", "")},
	{Name: "redirect", Says: "302 to an address where nobody listens",
		handler: says(302, "", "", "Location", "http://127.0.0.1:1/")},
	{Name: "login-page", Says: "200 and a login page in HTML", handler: says(200, "text/html; charset=utf-8", loginPage)},
	{Name: "echo", Says: "200, the request's body with its media type, and its cookies set anew", handler: echo},
	{Name: AnySession, Says: "200, a JSON string with a new UUID, and the cookies sid and JSESSIONID with it",
		handler: anySession},
	{Name: "random-bytes", Says: "bytes that are no HTTP", talk: randomBytes},
	{Name: "silent", Says: "nothing, and the connection stays open", talk: silent},
	{Name: "greeting", Says: "a line of greeting before the request, then the end of the connection", talk: greeting},
}

// StartNull serves the named null target on a loopback address. The error names an unknown one.
func StartNull(name, addr string) (*Running, error) {
	for _, n := range Nulls {
		if n.Name != name {
			continue
		}
		if n.handler != nil {
			return Start(n.handler, Options{Addr: addr})
		}
		return Talk(addr, nil, n.talk)
	}
	return nil, fmt.Errorf("no null target is named %q", name)
}

// says answers with a status, a media type, a body and further header fields, names and values by turns; an empty type
// is left out.
func says(status int, mediaType, body string, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if mediaType != "" {
			w.Header().Set("Content-Type", mediaType)
		}
		for field := range slices.Chunk(fields, 2) {
			w.Header().Set(field[0], field[1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

const loginPage = `<!DOCTYPE html>
<html lang="en"><head><title>Log in</title></head>
<body><form method="post" action="/login"><label>User <input name="login"></label>
<label>Password <input name="password" type="password"></label><button>Log in</button></form></body></html>
`

func echo(w http.ResponseWriter, r *http.Request) {
	for _, c := range r.Cookies() {
		http.SetCookie(w, &http.Cookie{Name: c.Name, Value: c.Value, Path: "/"})
	}
	if mediaType := r.Header.Get("Content-Type"); mediaType != "" {
		w.Header().Set("Content-Type", mediaType)
	}
	body, _ := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	w.Write(body)
}

func anySession(w http.ResponseWriter, r *http.Request) {
	id := reference.NewUUID()
	for _, name := range []string{"sid", "JSESSIONID"} {
		http.SetCookie(w, &http.Cookie{Name: name, Value: id, Path: "/"})
	}
	says(200, "application/json", `"`+id+`"`)(w, r)
}

// randomBytes answers whatever has come with the same 256 bytes each time, so that a run can be repeated.
func randomBytes(ctx context.Context, c net.Conn) {
	c.SetDeadline(time.Now().Add(idle))
	if _, err := c.Read(make([]byte, 64<<10)); err != nil {
		return
	}
	source := mathrand.NewChaCha8([32]byte{1})
	b := make([]byte, 256)
	source.Read(b)
	c.Write(b)
}

// silent reads what comes until the other side hangs up.
func silent(ctx context.Context, c net.Conn) { io.Copy(io.Discard, c) }

func greeting(ctx context.Context, c net.Conn) {
	io.WriteString(c, "220 reference ready\r\n")
	if plain, ok := c.(*net.TCPConn); ok {
		plain.CloseWrite()
	}
	// Closing with a request unread would be a reset, and the line might not arrive.
	c.SetReadDeadline(time.Now().Add(time.Second))
	io.Copy(io.Discard, c)
}
