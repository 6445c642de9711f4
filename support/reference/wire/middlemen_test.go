//go:build unit

package wire

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// accounts is a product with one password for everybody: any other is refused.
var accounts = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	body := make([]byte, 200)
	n, _ := r.Body.Read(body)
	if !strings.Contains(string(body[:n]), `"right"`) {
		w.WriteHeader(http.StatusUnauthorized)
	}
})

// standing puts a middleman before a server.
func standing(name string, server http.Handler) http.Handler {
	i := slices.IndexFunc(middlemen, func(m middleman) bool { return m.name == name })
	return middlemen[i].stands(server)
}

// asked sends requests one after another and gives the statuses. A word is a login with that password.
func asked(name string, words ...string) (statuses []int) {
	handler := standing(name, accounts)
	for _, word := range words {
		r := httptest.NewRequest(http.MethodPost, "/session", strings.NewReader(`{"login": "qa", "password": "`+word+`"}`))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		statuses = append(statuses, w.Code)
	}
	return statuses
}

func repeated(word string, n int) []string {
	return strings.Split(strings.Repeat(word+" ", n)[:n*(len(word)+1)-1], " ")
}

func TestMiddlemenHoldBackWhatTheySay(t *testing.T) {
	g := NewWithT(t)
	for name, after := range map[string]int{"locks-after-two-in-a-row": 2, "locks-two-within-a-second": 2,
		"locks-three-within-a-minute": 3, "locks-five-in-a-row": 5} {
		g.Expect(asked(name, append(repeated("wrong", after), "right")...)).To(HaveExactElements(
			append(append([]any{}, refusedTimes(after)...), 403)...), name)
		between := append(append(repeated("wrong", after-1), "right"), append(repeated("wrong", after-1), "right")...)
		g.Expect(asked(name, between...)).NotTo(ContainElement(403), name+" counts anew after a good login")
	}
	for name, status := range map[string]int{"limits-requests": 429, "limits-requests-rounding-down": 429,
		"limits-requests-saying-when": 429, "limits-requests-by-503": 503} {
		statuses := asked(name, repeated("right", 40)...)
		g.Expect(statuses[:20]).To(HaveEach(200), name)
		g.Expect(statuses[20:]).To(ContainElement(status), name)
	}
	w := httptest.NewRecorder()
	standing("content-encoding-of-a-charset", accounts).ServeHTTP(w, httptest.NewRequest(http.MethodDelete, "/", nil))
	g.Expect(w.Header()).To(HaveKeyWithValue("Content-Encoding", []string{"UTF-8"}))
	var sent []string
	handler := standing("sessions-of-one-user-agent", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Header.Get("Cookie"))
		w.Header().Set("Set-Cookie", "sid=1; Path=/")
	}))
	for _, agent := range []string{"a", "a", "b"} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("User-Agent", agent)
		r.Header.Set("Cookie", "sid=1")
		handler.ServeHTTP(httptest.NewRecorder(), r)
	}
	g.Expect(sent).To(Equal([]string{"sid=1", "sid=1", ""}))
	for cookie, resets := range map[string]bool{"sid=1; b=2": false, "sid=%25": true, "sid=": true, "a=null; b=1": true} {
		r := httptest.NewRequest(http.MethodDelete, "/", nil)
		r.Header.Set("Cookie", cookie)
		ask := func() { standing("resets-odd-cookies", accounts).ServeHTTP(httptest.NewRecorder(), r) }
		held := httptest.NewRecorder()
		standing("firewall-answers-200", accounts).ServeHTTP(held, r)
		g.Expect(strings.Contains(held.Body.String(), "support ID")).To(Equal(resets), cookie)
		if resets {
			g.Expect(ask).To(PanicWith(http.ErrAbortHandler), cookie)
		} else {
			g.Expect(ask).NotTo(Panic(), cookie)
		}
	}
	for token, status := range map[string]int{"": http.StatusForbidden, "abc": http.StatusUnauthorized} {
		for variant, names := range map[string][2]string{"token-against-forgery": {"XSRF-TOKEN", "X-Xsrf-Token"},
			"token-against-forgery-django": {"csrftoken", "X-CSRFToken"}} {
			r := httptest.NewRequest(http.MethodDelete, "/", nil)
			r.Header.Set("Cookie", names[0]+"=abc")
			r.Header.Set(names[1], token)
			w := httptest.NewRecorder()
			standing(variant, accounts).ServeHTTP(w, r)
			g.Expect(w.Code).To(Equal(status), variant+" "+token)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/session?x=1", strings.NewReader(`{"login":"nobody"}`))
	r.Header.Set("Cookie", "sid=abc")
	w = httptest.NewRecorder()
	standing("refusals-repeat-the-request", standing("cookies-set-anew-always", accounts)).ServeHTTP(w, r)
	g.Expect(w.Body.String()).To(And(ContainSubstring("nobody"), ContainSubstring("sid=abc"), ContainSubstring("x=1")))
	g.Expect(w.Header().Get("Set-Cookie")).To(HavePrefix("sid=abc"))
}

func refusedTimes(n int) (statuses []any) {
	for range n {
		statuses = append(statuses, 401)
	}
	return statuses
}
