//go:build unit

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// counter is a server that gives another session ID to each login and greets who carries the latest.
func counter(logins int) http.Handler {
	id := func() string { return fmt.Sprintf("session-number-%06d", logins) }
	mux := http.NewServeMux()
	mux.HandleFunc("POST /in", func(w http.ResponseWriter, r *http.Request) {
		logins++
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: id()})
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"id": %q}`, id())
	})
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		c, err := r.Cookie("sid")
		if err != nil || c.Value != id() || r.URL.Query().Get("id") != id() || string(body) != "I am "+id() {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	return mux
}

func TestARecordedRequestIsSentWithLiveValues(t *testing.T) {
	g := NewWithT(t)
	var r Recorder
	recorded := httptest.NewServer(r.Record(counter(0)))
	defer recorded.Close()
	_, err := http.Post(recorded.URL+"/in", "application/json", strings.NewReader(`{"login": "a"}`))
	g.Expect(err).NotTo(HaveOccurred())
	hello := func(id string) {
		// in chunks
		q, _ := http.NewRequest("PUT", recorded.URL+"/hello?id="+id, io.MultiReader(strings.NewReader("I am "+id)))
		q.Header.Set("Cookie", "sid="+id)
		_, err = http.DefaultClient.Do(q)
		g.Expect(err).NotTo(HaveOccurred())
	}
	hello("session-number-000001")
	hello("an-invented-session-id")

	requests := r.Requests()
	var statuses []int
	for _, q := range requests {
		statuses = append(statuses, q.Status)
	}
	g.Expect(statuses).To(Equal([]int{201, 200, 401}))
	g.Expect(requests[0].Header.Get("Content-Type")).To(Equal("application/json"))
	g.Expect(string(requests[0].Body)).To(Equal(`{"login": "a"}`))
	g.Expect(requests[0].Mints).NotTo(BeEmpty())
	g.Expect(requests[1].Uses).To(Equal([]string{"session-number-000001"}))
	g.Expect(requests[1].Chunked).To(BeTrue())
	g.Expect(requests[2].Uses).To(BeEmpty())

	live := map[string]string{}
	words := Words(http.Header{"Set-Cookie": {"sid=session-number-000078"}}, []byte(`{"id": "session-number-000078"}`))
	for _, m := range requests[0].Mints {
		live[m.Value] = words[m.Nth]
	}
	sent := requests[1].With(live)
	g.Expect(sent.Path).To(Equal("/hello?id=session-number-000078"))
	g.Expect(string(sent.Body)).To(Equal("I am session-number-000078"))
	g.Expect(sent.Header.Get("Cookie")).To(Equal("sid=session-number-000078"))
	g.Expect(requests[1].Header.Get("Cookie")).To(Equal("sid=session-number-000001"), "the recorded one stays as it is")
	g.Expect(requests[1].With(nil).Path).To(Equal("/hello?id=session-number-000001"))
}
