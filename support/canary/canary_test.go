//go:build unit

package canary

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

const (
	password = `Kanari "vogel" & <ö>%41\ 7+é`
	id       = "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
)

// minting answers a POST with a session, and all else with a refusal.
var minting = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		w.Header().Set("Set-Cookie", "sid="+id)
		return
	}
	http.NotFound(w, r)
})

// Each way shows secrets to a client, but for those that it takes no notice of, and broken answers, whose bytes no
// error repeats: with nothing hidden, they stand in the exchange. So a test that finds none of them in a report is no
// test of nothing.
func TestEveryWayShowsSecrets(t *testing.T) {
	for _, way := range Ways() {
		t.Run(way.Name, func(t *testing.T) {
			g := NewWithT(t)
			cage := &Cage{}
			server := httptest.NewServer(Echo(minting, []Way{way}, cage, password))
			defer server.Close()
			client := exchange.NewClient(exchange.Settings{Timeout: 10 * time.Second, Concurrency: 1})
			defer client.Close()
			login := client.Send(context.Background(), exchange.Request{Method: "POST", URL: server.URL})
			g.Expect(way.Breaks || login.Status() >= 200).To(BeTrue(), "%+v", login)
			request := exchange.Request{Method: "GET", URL: server.URL + "/a", Header: http.Header{"Cookie": {"sid=" + id}}}
			request.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("user:"+password)))
			e := client.Send(context.Background(), request)
			g.Expect(cage.Secrets()).To(ConsistOf(password, id))
			raw, err := json.Marshal(e.Answer)
			g.Expect(err).NotTo(HaveOccurred())
			found := NewFinder(cage.Secrets()).Find(append(raw, e.NoAnswer...))
			g.Expect(e.NoAnswer != "").To(Equal(way.Breaks), e.NoAnswer)
			if way.Dropped || way.Breaks {
				g.Expect(found).To(BeEmpty())
				return
			}
			g.Expect(found).NotTo(BeEmpty(), "%s", raw)
		})
	}
}

func TestFindsNothingInInnocentText(t *testing.T) {
	g := NewWithT(t)
	f := NewFinder([]string{password, id})
	g.Expect(f.Find([]byte(`{"a": "Kanari vogel", "b": "b5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", "c": "YTVmOTQ2ZGMK"}`))).
		To(BeEmpty())
	g.Expect(f.Find(nil)).To(BeEmpty())
}
