//go:build unit

package evidence

import (
	"io"
	"net/http"
	"sync/atomic"
	"testing"

	. "github.com/onsi/gomega"

	"session-conformance/support/exchange"
)

// A page for people, or a way to another host, is the product's answer where it comes again after a good login, and
// somebody else's where it came once, by turns with what the product answers, or where a good login is answered so.
func TestWhoAnswersInTheProductsPlace(t *testing.T) {
	page := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<html><title>Welcome</title></html>")
	}
	elsewhere := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://sso.test/", http.StatusFound)
	}
	for name, answers := range map[string]http.HandlerFunc{"page": page, "elsewhere": elsewhere} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			asked := func(those func(n int64, login bool) bool) (odd []*exchange.Exchange, stopped string) {
				var n atomic.Int64
				s := serve(t, func(w http.ResponseWriter, r *http.Request) {
					login := r.Method == http.MethodPost
					if i := n.Add(1); i > 1 && those(i, login) {
						answers(w, r)
						return
					}
					fine(w, r)
				})
				api := &API{}
				var logins, refusals Steps
				login, first, second := logins.Step("log in"), refusals.Step("first"), refusals.Step("second")
				third := refusals.Step("third")
				api.Add("control", &logins, func(t *Caller) { t.Post(login, "/login", nil, Opens("user")) }, Control())
				api.Add("refusals", &refusals, func(t *Caller) {
					t.Get(first, "/odd")
					t.Get(second, "/odd")
					t.Get(third, "/odd")
				})
				ev := gather(t, api, job(s.URL))
				return []*exchange.Exchange{ev.Find("refusals", first.Name), ev.Find("refusals", second.Name)}, ev.Target.Stopped
			}
			odd, stopped := asked(func(_ int64, login bool) bool { return !login })
			g.Expect(stopped).To(BeEmpty())
			g.Expect(odd).To(HaveEach(HaveField("Unanswered()", BeEmpty())), "the product's own manner is judged")

			odd, stopped = asked(func(n int64, _ bool) bool { return n == 2 })
			g.Expect(stopped).To(BeEmpty())
			g.Expect(odd[0].Unanswered()).To(ContainSubstring("somebody on the way may have answered in the target's place"))
			g.Expect(odd[1].Unanswered()).To(BeEmpty())

			odd, stopped = asked(func(n int64, _ bool) bool { return n == 2 || n == 4 })
			g.Expect(stopped).To(BeEmpty())
			g.Expect(odd[0].Unanswered()).To(ContainSubstring("one of several servers behind its address"))

			odd, stopped = asked(func(int64, bool) bool { return true })
			g.Expect(stopped).To(ContainSubstring("the login of user that was accepted before is answered "))
			g.Expect(odd[0].Unanswered()).To(ContainSubstring("a captive portal"))
		})
	}
}
