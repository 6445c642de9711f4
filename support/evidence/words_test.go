//go:build unit

package evidence

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/redact"
)

// A word or a login that a scenario tries for a session stands in the evidence as it was sent, also where the target
// lets anybody in, and in no list of secrets: only what an answer hands out is one, however it looks.
func TestWordsTriedForASessionStay(t *testing.T) {
	g := NewWithT(t)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			w.Header().Set("Set-Cookie", "sid=undefined")
		}
		fine(w, r)
	})
	j := job(s.URL)
	j.Target.User.Login = `José & "son" 4711`
	tried := []string{"constructor", "undefined", "Jos%C3%A9+%26+%22son%22+4711", "5f0c8f4e-1111-4222-8333-444455556666"}
	api := &API{Words: []string{"with the cookie constructor", "with the cookie undefined"}}
	api.Add("control", nil, func(ctx context.Context, t *Caller) {
		t.Post(ctx, NewStep("log in"), "/login", JSON{"login": t.User.Login}, Opens("user"))
		for i, word := range tried {
			t.Get(ctx, NewStep(fmt.Sprint("who ", i)), "/", Cookie("sid", word))
		}
	}, Control())
	gathered := gatherWhole(api, j)[0]
	ev, err := Read(gathered.HAR)
	g.Expect(err).NotTo(HaveOccurred())
	var sent []string
	for _, e := range ev.Exchanges[1:] {
		sent = append(sent, strings.TrimPrefix(e.Request.Header.Get("Cookie"), "sid="))
	}
	g.Expect(sent).To(HaveLen(4))
	g.Expect([]string{sent[0], sent[2]}).To(Equal([]string{tried[0], tried[2]}), "words")
	g.Expect(sent[1]).NotTo(Equal(tried[1]), "the target handed it out")
	g.Expect(sent[3]).NotTo(Equal(tried[3]), "the target lets it in")

	guard := redact.New()
	guard.LearnFrom(gathered.Secrets, "")
	said := `userName: José & "son" 4711, constructor`
	masked, labels, _ := guard.Mask([]byte(said))
	g.Expect(string(masked)).To(Equal(said), "%v", labels)
	_, labels, _ = guard.Mask([]byte("it took " + tried[3]))
	g.Expect(labels).To(Equal([]string{"cookie sid"}))
}
