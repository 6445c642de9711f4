// Package canary is for tests that no secret leaves: servers that echo the secrets they are shown, each in a way of its
// own, and a search for secrets that shares no code with the one that it tests.
package canary

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// least is how long a secret must be for a canary, in bytes: shorter ones stand in innocent text by chance.
const least = 8

// Cage keeps the secrets that servers know. It is safe for use by several goroutines.
type Cage struct {
	mu      sync.Mutex
	secrets []string
}

// Add keeps secrets, each once; too short ones are left out.
func (c *Cage) Add(secrets ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range secrets {
		if len(s) >= least && !slices.Contains(c.secrets, s) {
			c.secrets = append(c.secrets, s)
		}
	}
}

// Secrets are all that were kept.
func (c *Cage) Secrets() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.secrets)
}

// Echo serves as the handler does, but for the ways in which its answers echo secrets, one after the other: those of
// the request and, where it carries none, the given ones. The cage takes the given ones and what the handler mints.
// What a client makes up is echoed and no canary: it may be a part of a word. Answers close the connection.
func Echo(h http.Handler, ways []Way, cage *Cage, given ...string) http.Handler {
	cage.Add(given...)
	var asked atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		r.Body = io.NopCloser(bytes.NewReader(body))
		kept := httptest.NewRecorder()
		h.ServeHTTP(kept, r)
		shown := shownBy(r, body)
		cage.Add(mintedBy(kept)...)
		if shown = slices.DeleteFunc(shown, func(s string) bool { return len(s) < least }); len(shown) == 0 {
			shown = given
		}
		way := ways[int(asked.Add(1)-1)%len(ways)]
		a := &answer{status: kept.Code, header: kept.Result().Header, body: kept.Body.Bytes()}
		// A successful login keeps its body, or no session would ever be echoed.
		if !way.Body || a.status >= 400 || r.Method == http.MethodGet {
			way.Echo(a, shown)
		}
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer connection.Close()
		_, _ = connection.Write(a.encode())
	})
}

var mintedText = regexp.MustCompile(`^\s*"?([\w.:-]{16,})"?\s*$`)

// mintedBy are the sessions and tokens that an answer opens: its cookies' values, and a body that is nothing but an ID.
func mintedBy(answer *httptest.ResponseRecorder) []string {
	var minted []string
	for _, c := range answer.Result().Cookies() {
		if value := strings.Trim(c.Value, `"`); len(value) >= 16 {
			minted = append(minted, value)
		}
	}
	if m := mintedText.FindSubmatch(answer.Body.Bytes()); m != nil && answer.Code < 300 {
		minted = append(minted, string(m[1]))
	}
	return minted
}

// secretFields finds passwords and tokens in a body of JSON or XML, as they are written there.
var secretFields = regexp.MustCompile(
	`"(?:password|token|auth-token|serial)"\s*:\s*("(?:[^"\\]|\\.)*")|<password>([^<]*)</password>`)

// shownBy are the secrets that a request shows: credentials, cookies' values, api-token, passwords and tokens of a
// body.
func shownBy(r *http.Request, body []byte) []string {
	var shown []string
	if _, password, ok := r.BasicAuth(); ok {
		shown = append(shown, password)
		if scheme, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " "); scheme == "Basic" {
			if plain, err := base64.StdEncoding.DecodeString(credentials); err == nil &&
				bytes.Contains(plain, []byte(password)) {
				shown = append(shown, credentials)
			}
		}
	}
	shown = append(shown, r.URL.Query().Get("api-token"), r.Header.Get("X-Canary"))
	for _, c := range r.Cookies() {
		shown = append(shown, strings.Trim(c.Value, `"`))
	}
	for _, m := range secretFields.FindAllSubmatch(body, -1) {
		var text string
		if len(m[1]) > 0 && json.Unmarshal(m[1], &text) == nil {
			shown = append(shown, text)
		}
		shown = append(shown, html.UnescapeString(string(m[2])))
	}
	return shown
}

// answer is what a server sends, which net/http would refuse to send.
type answer struct {
	before string // ahead of the status line: an interim answer
	line   string // the status line; empty: that of the status
	status int
	header http.Header
	more   []string // lines of the header as they stand
	body   []byte
	chunks string // in place of the body: chunks and trailers as they stand
}

// labelled replaces the body.
func (a *answer) labelled(mediaType string, body string) {
	a.header.Set("Content-Type", mediaType)
	a.header.Del("Content-Encoding")
	a.body = []byte(body)
	if a.status == http.StatusNoContent {
		a.status = http.StatusOK
	}
}

func (a *answer) encode() []byte {
	var b bytes.Buffer
	b.WriteString(a.before)
	if a.line == "" {
		a.line = fmt.Sprintf("HTTP/1.1 %d %s", a.status, http.StatusText(a.status))
	}
	b.WriteString(a.line + "\r\n")
	a.header.Del("Content-Length")
	a.header.Del("Transfer-Encoding")
	a.header.Set("Connection", "close")
	_ = a.header.Write(&b)
	for _, line := range a.more {
		b.WriteString(line + "\r\n")
	}
	switch {
	case a.chunks != "":
		b.WriteString("Transfer-Encoding: chunked\r\n\r\n" + a.chunks)
	case a.status == http.StatusNoContent || strings.Contains(strings.Join(a.more, ""), "Content-Length"):
		b.WriteString("\r\n")
	default:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(a.body))
		b.Write(a.body)
	}
	return b.Bytes()
}
