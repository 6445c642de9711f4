//go:build long

package evidence

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
	bad "session-conformance/support/reference/hostile"
)

// Every hostile server at once, beside a good one: the gathering ends, each target's evidence can be read again, the
// good target notices nothing, and no goroutine is left.
func TestGatherOutlivesEveryHostileServer(t *testing.T) {
	g := NewWithT(t)
	const timeout = time.Second
	good := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "sid=5f0c8f4e-1111-4222-8333-444455556666; Path=/")
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `"5f0c8f4e-1111-4222-8333-444455556666"`)
	})
	api := &API{Name: "saymon"}
	api.Add("control", nil, func(t *Caller) {
		for i := range 3 {
			t.Post(NewStep(fmt.Sprint("log in ", i)), "/login", JSON{"password": t.User.Password}, Opens("user"))
		}
		for i := range 4 {
			t.Get(NewStep(fmt.Sprint("who am I ", i)), "/who")
		}
	}, Control())
	for i := range 8 {
		ask(api, fmt.Sprint("more", i))
	}

	var jobs []Job
	var names []string
	add := func(name string, c bad.Case) {
		running, err := bad.Start(c, good, "127.0.0.1:0")
		g.Expect(err).NotTo(HaveOccurred())
		t.Cleanup(func() { NewWithT(t).Expect(running.Close()).To(Succeed()) })
		j := job(running.URL)
		j.Target.Name, j.Target.Timeout = name, timeout
		if running.CA != nil {
			roots := x509.NewCertPool()
			roots.AppendCertsFromPEM(running.CA)
			j.TLS = &tls.Config{RootCAs: roots}
		}
		if name == "good" {
			j.Target.Timeout = time.Minute
		}
		jobs, names = append(jobs, j), append(names, name)
	}
	add("good", bad.Case{Name: "good"})
	for _, c := range bad.Cases() {
		add(c.Name, c)
	}
	t.Cleanup(func() { // runs before the servers are closed: what is left is the client's
		g.Eventually(clientGoroutines, "10s", "50ms").Should(BeZero(), "goroutines of a client are left")
	})

	var mu sync.Mutex
	gathered := map[string][]byte{}
	began := time.Now()
	Gather(context.Background(), api, jobs, "test", nil, func(i int, made Gathered) {
		mu.Lock()
		defer mu.Unlock()
		gathered[names[i]] = made.HAR
	})
	// A target that puts each request off takes longest: three requests, each as long as three timeouts, and the last
	// answers.
	g.Expect(time.Since(began)).To(BeNumerically("<", 12*timeout+2*time.Minute)) // with -race, on a busy machine
	for _, name := range names {
		ev, err := Read(gathered[name])
		g.Expect(err).NotTo(HaveOccurred(), name)
		g.Expect(ev.Exchanges).NotTo(BeEmpty(), name)
		g.Expect(len(gathered[name])).To(BeNumerically("<", 8*keptLimit), name)
		for _, e := range ev.Exchanges {
			g.Expect(e.NoAnswer).NotTo(MatchRegexp(`[\x00-\x1f\x7f]|goroutine|%!`), name)
			g.Expect(len(e.NoAnswer)).To(BeNumerically("<", 300), name)
			g.Expect(e.NoAnswer).NotTo(ContainSubstring("badcafe"), name)
		}
		if name == "good" {
			g.Expect(ev.Exchanges).To(HaveLen(15))
			for _, e := range ev.Exchanges {
				g.Expect(e.Succeeded()).To(BeTrue())
			}
		}
	}
}

// clientGoroutines counts those that read or write for an http.Transport.
func clientGoroutines() int {
	stacks := make([]byte, 8<<20)
	text := string(stacks[:runtime.Stack(stacks, true)])
	return strings.Count(text, "net/http.(*persistConn)") + strings.Count(text, "exchange.(*Client)")
}

// What a target sends must not come back in an error: net/http quotes the line that it could not read.
func TestErrorsDoNotRepeatWhatCame(t *testing.T) {
	const canary = "5f0c8f4e-dead-4222-8333-444455556666"
	good := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Set-Cookie", "sid="+canary+"\x07; Path=/")
	})
	running, err := bad.Start(bad.Case{Name: "good"}, good, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	c := exchange.NewClient(exchange.Settings{Timeout: 5 * time.Second, Concurrency: 1})
	defer c.Close()
	e := c.Send(context.Background(), exchange.Request{Method: "GET", URL: running.URL, Header: http.Header{}})
	NewWithT(t).Expect(e.NoAnswer).
		To(And(ContainSubstring("a line that HTTP does not allow"), Not(ContainSubstring(canary[:8]))))
}
