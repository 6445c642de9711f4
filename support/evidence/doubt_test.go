//go:build unit

package evidence

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"session-conformance/suites/saymon/settings"
	"session-conformance/support/target"
)

// A doubt travels with the evidence, and only where a fetched token was refused.
func TestDoubtTravels(t *testing.T) {
	for name, test := range map[string]struct {
		answer     http.HandlerFunc
		configured bool
		doubt      string
	}{
		"refused": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, false,
			`has not the client "c"`},
		"refused, of its end": {func(w http.ResponseWriter, _ *http.Request) { in2100(w); w.WriteHeader(401) }, false,
			"ended 24h0m0s earlier"},
		"refused, of an odd Date": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", "odd")
			w.WriteHeader(401)
		}, false, `has not the client "c"`},
		"accepted":                {fine, false, ""},
		"no answer":               {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, false, ""},
		"a token of targets.yaml": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			var asked atomic.Int32
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/log-in" {
					asked.Add(1)
					test.answer(w, r)
				} else {
					fine(w, r)
				}
			})
			j := job(s.URL)
			j.Target.Own, _ = issuer(t, granted(300))
			if test.configured {
				j.Target.Own = settings.Own{Keycloak: &target.Keycloak{Token: fetchedToken}}
			}
			api := controlled(nil)
			api.Add("log in", nil, func(t *Caller) {
				t.Doubt(t.Post(NewStep("log in"), "/log-in", JSON{"x": t.Tokens().Access}))
			}, Needs("keycloak"))
			login := gather(t, api, j).Find("log in", "log in")
			g.Expect(asked.Load()).To(BeNumerically(">=", 1))
			if test.doubt == "" {
				g.Expect(DoubtOf(login)).To(BeEmpty())
			} else {
				g.Expect(DoubtOf(login)).To(ContainSubstring(test.doubt))
			}
		})
	}
}

func in2100(w http.ResponseWriter) {
	w.Header().Set("Date", time.Date(2100, 1, 2, 0, 0, 0, 0, time.UTC).Format(http.TimeFormat))
}
