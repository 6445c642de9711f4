//go:build long

package wire

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// handler answers in all the ways that matter to the wire.
func handler(count *atomic.Int64) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/json", func(w http.ResponseWriter, r *http.Request) {
		count.Add(1)
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Add("Set-Cookie", `sid=5f0c; Path=/; HttpOnly`)
		w.Header().Add("Set-Cookie", `other="a b"`)
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"length": %d, "text": "Пароль"}`, len(body))
	})
	mux.HandleFunc("/none", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/empty", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/large", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("large ", 100_000))
	})
	mux.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	return mux
}

// quiet checks that no goroutine is left of a test.
func quiet(t *testing.T) {
	before := runtime.NumGoroutine()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		NewWithT(t).Eventually(runtime.NumGoroutine).WithTimeout(5 * time.Second).Should(BeNumerically("<=", before))
	})
}

func start(t *testing.T, h http.Handler, o Options) (*Running, *http.Client) {
	t.Helper()
	quiet(t)
	o.Addr = "127.0.0.1:0"
	r, err := Start(h, o)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	transport := &http.Transport{}
	if o.TLS {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(r.CA)
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	t.Cleanup(func() {
		NewWithT(t).Expect(r.Close()).To(Succeed())
		transport.CloseIdleConnections()
	})
	return r, &http.Client{Transport: transport, Timeout: 10 * time.Second}
}

func names() []string {
	all := []string{""}
	for _, v := range Variants {
		all = append(all, v.Name)
	}
	return all
}

func TestEveryVariantSaysTheSame(t *testing.T) {
	for _, name := range names() {
		for _, secure := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%t", name, secure), func(t *testing.T) {
				g := NewWithT(t)
				var count atomic.Int64
				o := Options{TLS: secure}
				if name != "" {
					o.With = []string{name}
				}
				server, client := start(t, handler(&count), o)
				for i := range 2 {
					r, body := get(g, client, server.URL+"/json")
					g.Expect(r.StatusCode).To(Equal(http.StatusCreated))
					g.Expect(body).To(MatchJSON(`{"length": 0, "text": "Пароль"}`))
					g.Expect(r.Header.Get("Content-Type")).To(Equal("application/json"))
					g.Expect(r.Header.Values("Set-Cookie")).To(ContainElements("sid=5f0c; Path=/; HttpOnly", `other="a b"`))
					g.Expect(count.Load()).To(BeEquivalentTo(i+1), "each request is handled once")
				}
				r, body := get(g, client, server.URL+"/none")
				g.Expect(r.StatusCode).To(Equal(http.StatusNoContent))
				g.Expect(body).To(BeEmpty())
				_, body = get(g, client, server.URL+"/empty")
				g.Expect(body).To(BeEmpty())
				_, body = get(g, client, server.URL+"/large")
				g.Expect(body).To(HaveLen(600_000))
				r, err := client.Head(server.URL + "/json")
				g.Expect(err).NotTo(HaveOccurred())
				r.Body.Close()
				g.Expect(r.StatusCode).To(Equal(http.StatusCreated))
				_, err = client.Get(server.URL + "/panic")
				g.Expect(err).To(HaveOccurred())
			})
		}
	}
}

func get(g *WithT, client *http.Client, url string) (*http.Response, string) {
	r, err := client.Get(url)
	g.Expect(err).NotTo(HaveOccurred())
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	g.Expect(err).NotTo(HaveOccurred())
	time.Sleep(2 * shortIdle) // closes-idle-connections has closed by then
	return r, string(body)
}

func TestAllAtOnce(t *testing.T) {
	g := NewWithT(t)
	var count atomic.Int64
	server, client := start(t, handler(&count), Options{With: names()[1:]})
	r, body := get(g, client, server.URL+"/json")
	g.Expect(r.Proto).To(Equal("HTTP/1.0"))
	g.Expect(body).To(MatchJSON(`{"length": 0, "text": "Пароль"}`))
}

func TestRequestsWithABody(t *testing.T) {
	g := NewWithT(t)
	var count atomic.Int64
	server, client := start(t, handler(&count), Options{With: []string{"no-date"}})
	// with a length, in chunks
	for _, body := range []io.Reader{strings.NewReader("12345"), bufio.NewReader(strings.NewReader("12345"))} {
		request, _ := http.NewRequest("POST", server.URL+"/json", body)
		request.Header.Set("Expect", "100-continue")
		r, err := client.Do(request)
		g.Expect(err).NotTo(HaveOccurred())
		answer, _ := io.ReadAll(r.Body)
		r.Body.Close()
		g.Expect(string(answer)).To(ContainSubstring(`"length": 5`))
	}
}
