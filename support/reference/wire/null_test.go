//go:build long

package wire

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// What each null target answers to a POST of "body": the status and the body as a regular expression, or no answer.
var answered = map[string]struct {
	status int
	body   string
}{
	"empty-object":    {200, `^\{\}$`},
	"nothing":         {200, `^$`},
	"no-content":      {204, `^$`},
	"not-found":       {404, `404`},
	"broken":          {500, `Internal`},
	"unauthorized":    {401, `unauthorized`},
	"created-nothing": {201, `^$`},
	"redirect":        {302, `^$`},
	"login-page":      {200, `<form`},
	"echo":            {200, `^body$`},
	"any-session":     {200, `^"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"$`},
	"random-bytes":    {},
	"silent":          {},
	"greeting":        {},
}

func startNull(t *testing.T, name string) *Running {
	quiet(t)
	server, err := StartNull(name, "127.0.0.1:0")
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	t.Cleanup(func() { NewWithT(t).Expect(server.Close()).To(Succeed()) })
	return server
}

func TestEveryNullTargetAnswersAlike(t *testing.T) {
	NewWithT(t).Expect(answered).To(HaveLen(len(Nulls)))
	for _, n := range Nulls {
		t.Run(n.Name, func(t *testing.T) {
			g := NewWithT(t)
			server := startNull(t, n.Name)
			transport := &http.Transport{}
			defer transport.CloseIdleConnections()
			client := &http.Client{Transport: transport, Timeout: 300 * time.Millisecond,
				CheckRedirect: func(*http.Request, []*http.Request) error {
					return http.ErrUseLastResponse
				}}
			for range 2 {
				request, _ := http.NewRequest("POST", server.URL+"/anything", strings.NewReader("body"))
				request.Header.Set("Content-Type", "text/x-own")
				request.AddCookie(&http.Cookie{Name: "sid", Value: "x"})
				r, err := client.Do(request)
				want := answered[n.Name]
				if want.status == 0 {
					g.Expect(err).To(HaveOccurred())
					continue
				}
				g.Expect(err).NotTo(HaveOccurred())
				body, _ := io.ReadAll(r.Body)
				r.Body.Close()
				g.Expect(r.StatusCode).To(Equal(want.status))
				g.Expect(string(body)).To(MatchRegexp(want.body))
				switch n.Name {
				case "echo":
					g.Expect(r.Header.Get("Content-Type")).To(Equal("text/x-own"))
					g.Expect(r.Header.Get("Set-Cookie")).To(Equal("sid=x; Path=/"))
				case "any-session":
					g.Expect(r.Header.Values("Set-Cookie")).
						To(ConsistOf("sid="+strings.Trim(string(body), `"`)+"; Path=/", HavePrefix("JSESSIONID=")))
				case "redirect":
					g.Expect(r.Header.Get("Location")).To(Equal("http://127.0.0.1:1/"))
				}
			}
		})
	}
}

func TestTheGreetingComesWithoutARequest(t *testing.T) {
	g := NewWithT(t)
	server := startNull(t, "greeting")
	c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	g.Expect(err).NotTo(HaveOccurred())
	defer c.Close()
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	line, err := io.ReadAll(c)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(line)).To(HavePrefix("220 "))
}
