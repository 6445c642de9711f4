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
	"sync"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// A connection that closes idle exactly when the second request arrives loses it: it goes out once more, and later
// requests use new connections.
func TestSendResendsWhatAnIdleConnectionLost(t *testing.T) {
	g := NewWithT(t)
	var connections, requests atomic.Int32
	l, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	defer l.Close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			go func() {
				defer c.Close()
				r := bufio.NewReader(c)
				if request, err := http.ReadRequest(r); err == nil {
					_, _ = io.Copy(io.Discard, request.Body)
					requests.Add(1)
					fmt.Fprint(c, "HTTP/1.1 204 No Content\r\n\r\n")
				}
				_, _ = r.ReadByte() // the next request's first byte: close without an answer
			}()
		}
	}()
	c := newClient(t)
	url := "http://" + l.Addr().String()
	g.Expect(c.Send(context.Background(), post(url, "1")).Resent).To(BeFalse())
	second := c.Send(context.Background(), post(url, "2"))
	g.Expect(second.Status()).To(Equal(204))
	g.Expect(second.Resent).To(BeTrue())
	third := c.Send(context.Background(), post(url, "3"))
	g.Expect(third.Resent).To(BeFalse(), "it used a new connection at once")
	g.Expect(requests.Load()).To(BeEquivalentTo(3), "nothing is done twice")
	g.Expect(connections.Load()).To(BeEquivalentTo(3))
}

func TestSendNeverRepeatsOnANewConnection(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int32
	url := answering(t, func(net.Conn) { asked.Add(1) })
	e := newClient(t).Send(context.Background(), post(url, "once"))
	g.Expect(e.Unanswered()).To(ContainSubstring("closed before the answer was whole"))
	g.Expect(asked.Load()).To(BeEquivalentTo(1))
}

func TestSendWaitsForRetryAfter(t *testing.T) {
	g := NewWithT(t)
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) == 1 || r.URL.Path == "/always" {
			w.Header().Set("Retry-After", r.URL.Query().Get("after"))
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	defer server.Close()
	c := newClient(t)
	e := c.Send(context.Background(), get(server.URL+"?after=1"))
	g.Expect(e.Status()).To(Equal(200))
	g.Expect(e.Waited).To(BeNumerically("~", time.Second, 10*time.Millisecond))
	g.Expect(e.Resends).To(Equal(1))

	asked.Store(0)
	once := get(server.URL + "?after=0")
	once.Again = func() bool { return false }
	g.Expect(c.Send(context.Background(), once).Unanswered()).To(ContainSubstring("429"))
	g.Expect(asked.Load()).To(BeEquivalentTo(1))

	asked.Store(0)
	e = c.Send(context.Background(), get(server.URL+"/always?after=100000"))
	g.Expect(e.Unanswered()).To(ContainSubstring("neither accepts nor refuses"))
	g.Expect(asked.Load()).To(BeEquivalentTo(1), "a wait beyond the bound is not begun")
}

// Where a target bounds its rate, those that wait must not wake together and be turned away together.
func TestSendWaitsOneByOne(t *testing.T) {
	g := NewWithT(t)
	var mu sync.Mutex
	var latest time.Time
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(latest) < time.Second {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		latest = time.Now()
	}))
	defer server.Close()
	c := newClient(t)
	done := make(chan *Exchange)
	for range 4 {
		go func() { done <- c.Send(context.Background(), get(server.URL)) }()
	}
	for range 4 {
		g.Expect((<-done).Unanswered()).To(BeEmpty())
	}
}

// A limiter that does not say how long, or rounds it down, is waited for about a second and then longer, within the
// same patience.
func TestSendBacksOffByItself(t *testing.T) {
	for name, after := range map[string]string{"no word": "", "rounded down": "0",
		"a past date": "Mon, 02 Jan 2006 15:04:05 GMT", "no time": "soon"} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var mu sync.Mutex
			var latest time.Time
			asked := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				defer mu.Unlock()
				asked++
				if since := time.Since(latest); since < 300*time.Millisecond {
					if after != "" {
						w.Header().Set("Retry-After", after)
					}
					w.WriteHeader(http.StatusTooManyRequests)
					return
				}
				latest = time.Now()
			}))
			defer server.Close()
			c := newClient(t, func(s *Settings) { s.Timeout = time.Second }) // steps of 250 ms
			done := make(chan *Exchange)
			for range 4 {
				go func() { done <- c.Send(context.Background(), get(server.URL)) }()
			}
			for range 4 {
				g.Expect((<-done).Unanswered()).To(BeEmpty())
			}
			g.Expect(asked).To(BeNumerically("<=", 16), "it is not hammered")
		})
	}
}

func TestABusyAnswerThatStaysIsTheCallsOwn(t *testing.T) {
	g := NewWithT(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	e := newClient(t, func(s *Settings) { s.Timeout = 200 * time.Millisecond }).Send(context.Background(), get(server.URL))
	g.Expect(e.Unanswered()).To(MatchRegexp(
		`neither accepts nor refuses; it was asked [5-8] times in \d+s, and it asks to wait`))
	e.Steady()
	g.Expect(e.Unanswered()).To(BeEmpty())
	never := &Exchange{Answer: &Answer{Status: 503}}
	never.Steady()
	g.Expect(never.Answered()).To(BeFalse(), "it was not waited for")
}
