//go:build unit

package exchange

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// newClient gives a client with short bounds.
func newClient(t *testing.T, change ...func(*Settings)) *Client {
	t.Helper()
	s := Settings{Timeout: 2 * time.Second, Concurrency: 4, UserAgent: "test"}
	for _, c := range change {
		c(&s)
	}
	client := NewClient(s)
	t.Cleanup(client.Close)
	return client
}

func get(url string) Request { return Request{Method: http.MethodGet, URL: url, Header: http.Header{}} }

func post(url, body string) Request {
	return Request{Method: http.MethodPost, URL: url, Header: http.Header{}, Body: []byte(body)}
}

func TestAPostMayLackItsLength(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "%q %v", r.Header.Values("Content-Length"), r.TransferEncoding)
	}))
	defer server.Close()
	c := newClient(t)
	g.Expect(string(c.Send(context.Background(), post(server.URL, "")).Body())).To(Equal(`["0"] []`))
	without := post(server.URL, "")
	without.Header["Content-Length"] = []string{}
	g.Expect(string(c.Send(context.Background(), without).Body())).To(Equal(`[] []`))
}

func TestSendRecordsTheAnswer(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Add("Set-Cookie", `a="1"; Path=/`)
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, "%s %d %v %s %s", r.Method, r.ContentLength, r.TransferEncoding, body, r.Header.Get("X-Environment"))
	}))
	defer server.Close()
	c := newClient(t, func(s *Settings) { s.Headers = map[string]string{"X-Environment": "staging"} })

	e := c.Send(context.Background(), post(server.URL, "hello"))
	g.Expect(e.Unanswered()).To(BeEmpty())
	g.Expect(e.Status()).To(Equal(201))
	g.Expect(string(e.Body())).To(Equal("POST 5 [] hello staging"))
	g.Expect(e.Cookies()[0].Value).To(Equal(`"1"`), "quotation marks are evidence")

	chunked := post(server.URL, "hello")
	chunked.Chunked = true
	g.Expect(string(c.Send(context.Background(), chunked).Body())).To(HavePrefix("POST -1 [chunked] hello"))
	g.Expect(string(c.Send(context.Background(), post(server.URL, "")).Body())).To(HavePrefix("POST 0 [] "),
		"a length of 0, no chunks")
	g.Expect(string(c.Send(context.Background(), get(server.URL)).Body())).To(HavePrefix("GET 0 [] "))
}

func TestSendFollowsNoRedirect(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer server.Close()
	e := newClient(t).Send(context.Background(), get(server.URL))
	g.Expect(e.Status()).To(Equal(302))
	g.Expect(asked.Load()).To(BeEquivalentTo(1))
}

func TestSendSaysWhyThereIsNoAnswer(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	half := answering(t, func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf") })
	garbage := answering(t, func(c net.Conn) { fmt.Fprint(c, "what do you want?\r\n\r\n") })
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	defer tls.Close()
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, test := range map[string]struct{ url, says string }{
		"nothing listens":   {"http://127.0.0.1:1", "refused: nothing listens"},
		"silence":           {"http://" + silent.Addr().String(), "none within the timeout of 300ms"},
		"half a body":       {half, "broke off in its body"},
		"no HTTP":           {garbage, "what came is not HTTP"},
		"unknown authority": {tls.URL, "tls.ca_file"},
		"no TLS":            {strings.Replace(plain.URL, "http:", "https:", 1), "does not speak TLS"},
		"a bad address":     {"http://127.0.0.1:1/%zz", "could not be built"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, func(s *Settings) {
				if name == "silence" {
					s.Timeout = 300 * time.Millisecond
				}
			})
			e := c.Send(context.Background(), get(test.url))
			NewWithT(t).Expect(e.Unanswered()).To(ContainSubstring(test.says))
			NewWithT(t).Expect(e.Unsent).To(Equal(strings.Contains("nothing listens, unknown authority, no TLS", name)))
		})
	}
}

func TestWhatThisMachineLacksIsNotTheTargetsSilence(t *testing.T) {
	g := NewWithT(t)
	for _, no := range []syscall.Errno{syscall.EMFILE, syscall.ENOBUFS, syscall.EADDRNOTAVAIL} {
		err := &net.OpError{Op: "dial", Err: os.NewSyscallError("socket", no)}
		g.Expect(lacksMeans(err)).To(BeTrue())
		g.Expect(Party{Name: "the target"}.Explain(context.Background(), err)).To(HavePrefix("it could not be sent"))
	}
	g.Expect(lacksMeans(&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)})).To(BeFalse())
}

// answering accepts connections, reads the head of a request from each, and lets the function answer.
func answering(t *testing.T, answer func(net.Conn)) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				r := bufio.NewReader(c)
				for {
					line, err := r.ReadString('\n')
					if err != nil || line == "\r\n" {
						break
					}
				}
				answer(c)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestSendKeepsToItsSlots(t *testing.T) {
	g := NewWithT(t)
	var now, most atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(20 * time.Millisecond)
		now.Add(-1)
	}))
	defer server.Close()
	shared := make(chan struct{}, 3)
	done := make(chan bool)
	for range 2 {
		c := newClient(t, func(s *Settings) { s.Concurrency, s.Shared = 2, shared })
		for range 5 {
			go func() { done <- c.Send(context.Background(), get(server.URL)).Succeeded() }()
		}
	}
	for range 10 {
		g.Expect(<-done).To(BeTrue())
	}
	g.Expect(most.Load()).To(BeNumerically("<=", 3))
}

func TestSendEndsWhenInterrupted(t *testing.T) {
	g := NewWithT(t)
	ctx, cancel := context.WithCancel(context.Background())
	url := answering(t, func(c net.Conn) { cancel(); time.Sleep(time.Second) })
	began := time.Now()
	e := newClient(t).Send(ctx, get(url))
	g.Expect(e.Unanswered()).To(ContainSubstring("interrupted"))
	g.Expect(time.Since(began)).To(BeNumerically("<", time.Second))
}
