//go:build long

package wire

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// Bytes that tell each variant from the others, as regular expressions; ! means that they must not come.
var seen = map[string][]string{
	"answers-gzipped":  {"Content-Encoding: gzip\r\n", "\r\n\r\n\x1f", "!Пароль"},
	"answers-deflated": {"Content-Encoding: deflate\r\n", "\r\n\r\n\x78", "!Пароль"},
	"answers-in-chunks": {"Transfer-Encoding: chunked\r\n", "\r\n0007\r\n\\{\"lengt\r\n", "\r\n0\r\n\r\n$",
		"!Content-Length"},
	"answers-with-trailers": {"Trailer: X-Checksum", "0007;part=\"one of several\"\r\n",
		"\r\n0\r\nX-Checksum: none\r\nX-Took: 1\r\n\r\n$"},
	"answers-in-two-writes":        {"Content-Length: 37\r\n"},
	"answers-until-close":          {"Connection: close\r\n", "!Content-Length", "!chunked", "\\}$"},
	"slow-answers":                 {"^HTTP/1.1 201"},
	"closes-after-each-answer":     {"Connection: close\r\n", "Content-Length: 37\r\n"},
	"closes-idle-connections":      {"Connection: keep-alive\r\n", "Keep-Alive: timeout=60\r\n"},
	"closes-at-the-second-request": {"Connection: keep-alive\r\n"},
	"resets-at-the-second-request": {"Connection: keep-alive\r\n"},
	"http-1-0":                     {"^HTTP/1.0 201 Created\r\n", "!chunked", "!Content-Length", "!Connection"},
	"header-names-in-lower-case": {"\r\ncontent-type: application/json\r\n", "\r\nset-cookie: sid",
		"\r\ncontent-length: 37", "!Content"},
	"header-values-with-white-space": {"\r\nContent-Type: \t  application/json  \t\r\n"},
	"headers-of-a-proxy":             {"\r\nVia: 1.1 ", "\r\nSet-Cookie: AWSALB=", "\r\nServer: nginx"},
	"no-date":                        {"!Date:"},
	"no-reason-phrase":               {"^HTTP/1.1 201 \r\n"},
	"another-reason-phrase":          {"^HTTP/1.1 201 As You Wish\r\n"},
	"early-hints":                    {"^HTTP/1.1 103 Early Hints\r\nLink: [^\n]*\r\n\r\nHTTP/1.1 201"},
	"continue-first":                 {"^HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201"},
}

// One answer does not show the others: see TestErrorForms and TestMiddlemenHoldBackWhatTheySay.
func TestEveryWayOfSpeakingShows(t *testing.T) {
	for _, v := range spoken {
		t.Run(v.Name, func(t *testing.T) {
			g := NewWithT(t)
			var count atomic.Int64
			server, _ := start(t, handler(&count), Options{With: []string{v.Name}})
			g.Expect(v.Says).To(HaveSuffix("."))
			c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
			g.Expect(err).NotTo(HaveOccurred())
			defer c.Close()
			begun := time.Now()
			io.WriteString(c, "GET /json HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, deflate\r\n\r\n")
			wait := 10 * pause
			if v.Name == "slow-answers" {
				wait += delay
			}
			c.SetReadDeadline(begun.Add(wait))
			var b bytes.Buffer
			io.Copy(&b, c)
			g.Expect(seen[v.Name]).NotTo(BeEmpty())
			for _, pattern := range seen[v.Name] {
				wanted := !strings.HasPrefix(pattern, "!")
				found := regexp.MustCompile("(?s)" + strings.TrimPrefix(pattern, "!")).MatchString(b.String())
				g.Expect(found).To(Equal(wanted), "%s in %q", pattern, b.String())
			}
			if v.Name == "slow-answers" {
				g.Expect(time.Since(begun)).To(BeNumerically(">=", delay))
			}
		})
	}
}

func TestConnectionsThatCloseWithoutNotice(t *testing.T) {
	for name, end := range map[string]string{
		"closes-idle-connections":      "EOF",
		"closes-at-the-second-request": "EOF",
		"resets-at-the-second-request": "reset",
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var count atomic.Int64
			server, _ := start(t, handler(&count), Options{With: []string{name}})
			c, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
			g.Expect(err).NotTo(HaveOccurred())
			defer c.Close()
			in := bufio.NewReader(c)
			io.WriteString(c, "GET /json HTTP/1.1\r\nHost: a\r\n\r\n")
			first, err := http.ReadResponse(in, nil)
			g.Expect(err).NotTo(HaveOccurred())
			io.Copy(io.Discard, first.Body)
			g.Expect(first.Close).To(BeFalse(), "it promised to keep the connection")
			if name != "closes-idle-connections" {
				io.WriteString(c, "POST /json HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na")
			}
			c.SetReadDeadline(time.Now().Add(5 * time.Second))
			_, err = in.ReadByte()
			g.Expect(err).To(MatchError(ContainSubstring(end)))
			g.Expect(count.Load()).To(BeEquivalentTo(1), "the second request is not handled")
		})
	}
}
