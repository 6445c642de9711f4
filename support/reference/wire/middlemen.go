package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"
)

// middlemen stand before a server, or bound it as products and gateways do. They are variants of any API: what they
// hold back, an account or a client that keeps within their bounds never meets.
var middlemen = []middleman{
	{name: "content-encoding-of-a-charset", stands: encodedAs("UTF-8"),
		says: "Answers name a charset as their Content-Encoding, which is none."},
	{name: "sessions-of-one-user-agent", stands: bindToAgent,
		says: "A session is bound to the User-Agent of its login."},
	{name: "token-against-forgery", stands: demandToken("XSRF-TOKEN", "X-Xsrf-Token"),
		says: "A second cookie comes with the first, and a logout that has it must name its value in a header field."},
	{name: "token-against-forgery-django", stands: demandToken("csrftoken", "X-CSRFToken"),
		says: "A cookie csrftoken comes with the first, and a logout that has it must name its value in X-CSRFToken."},
	{name: "token-against-forgery-in-a-field", stands: demandField("X-CSRF-TOKEN"),
		says: "A header field comes with each cookie that is set, and a logout that has the cookie must repeat it."},
	{name: "cookies-set-anew-always", stands: setAnew,
		says: "The cookies of a request are set anew by its answer, a refusal's too."},
	{name: "refusals-repeat-the-request", stands: repeatRefused,
		says: "A refusal's body repeats the request's body, URL and cookies."},
	{name: "firewall-answers-200", stands: onOdd(always, says(200, "text/html", firewallPage)), open: withoutSession,
		says: "A firewall answers a request with an odd cookie 200, by a page of its own."},
	{name: "captive-portal-once", stands: onOdd(theFirst, says(200, "text/html", portalPage)), open: withoutSession,
		says: "A captive portal answers one request with an odd cookie 200, by a page of its own, and none after it."},
	{name: "redirected-elsewhere-once", open: withoutSession,
		stands: onOdd(theFirst, says(302, "", "", "Location", "http://login.portal.test/")),
		says:   "One request with an odd cookie is redirected to another host, and none after it."},
	{name: "sign-on-elsewhere", stands: signOn,
		says: "A reading request that is answered 401 is redirected to another host instead, where people sign on."},
	{name: "resets-odd-cookies",
		stands: onOdd(always, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
		says:   "A request with a cookie that looks like an attack ends the connection."},
	{name: "limits-requests", stands: limit(20, says(429, "", "")),
		says: "More than 20 requests in a second are answered 429, without Retry-After."},
	{name: "limits-requests-rounding-down", stands: limit(20, says(429, "", "", "Retry-After", "0")),
		says: "More than 20 requests in a second are answered 429, with Retry-After: 0."},
	{name: "limits-requests-saying-when", stands: limit(20, says(429, "", "", "Retry-After", "1")),
		says: "More than 20 requests in a second are answered 429, with Retry-After: 1."},
	{name: "limits-requests-by-503", stands: limit(20, says(503, "text/html", nginxPage)),
		says: "More than 20 requests in a second are answered 503 with a page of nginx, without Retry-After."},
	{name: "locks-after-two-in-a-row", stands: lock(2, time.Hour),
		says: "An account is locked after two refused logins without a good one by password between."},
	{name: "locks-two-within-a-second", stands: lock(2, time.Second),
		says: "An account is locked after two refused logins within a second, without a good one between."},
	{name: "locks-three-within-a-minute", stands: lock(3, time.Minute),
		says: "An account is locked after three refused logins within a minute, without a good one between."},
	{name: "locks-five-in-a-row", stands: lock(5, time.Hour),
		says: "An account is locked after five refused logins without a good one by password between, empty " +
			"passwords included."},
}

type middleman struct {
	name, says string
	open       string // the clauses that it leaves open
	stands     func(before http.Handler) http.Handler
}

// demandToken sets a second cookie wherever one is set, and wants its value in a header field of a logout that has it.
func demandToken(cookie, field string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if token, err := r.Cookie(cookie); err == nil && r.Header.Get(field) != token.Value &&
				(r.Method == http.MethodDelete || strings.HasSuffix(r.URL.Path, "/logout")) {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			handOn(next, w, r, func(a *httptest.ResponseRecorder) {
				if a.Header().Get("Set-Cookie") != "" {
					a.Header().Add("Set-Cookie", cookie+"="+rand.Text()+"; Path=/")
				}
			})
		})
	}
}

// demandField gives a token in a header field wherever a cookie is set, and wants it back in a logout that has the
// cookie.
func demandField(field string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		given := map[string]string{} // the token, by the cookie as it is sent
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			for pair := range strings.SplitSeq(r.Header.Get("Cookie"), "; ") {
				if token, known := given[pair]; known && r.Header.Get(field) != token &&
					(r.Method == http.MethodDelete || strings.HasSuffix(r.URL.Path, "/logout")) {
					w.WriteHeader(http.StatusForbidden)
					return
				}
			}
			handOn(next, w, r, func(answer *httptest.ResponseRecorder) {
				token, header := rand.Text(), answer.Header()
				for _, line := range header.Values("Set-Cookie") {
					pair, _, _ := strings.Cut(line, ";")
					given[pair] = token
					header.Set(field, token)
				}
			})
		})
	}
}

// bindToAgent takes the cookies away from a request whose User-Agent is not the one that they were given to.
func bindToAgent(next http.Handler) http.Handler {
	var mu sync.Mutex
	given := map[string]string{} // the User-Agent, by the cookie as it is sent
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for pair := range strings.SplitSeq(r.Header.Get("Cookie"), "; ") {
			mu.Lock()
			if agent, known := given[pair]; known && agent != r.UserAgent() {
				r.Header.Del("Cookie")
			}
			mu.Unlock()
		}
		handOn(next, w, r)
		mu.Lock()
		defer mu.Unlock()
		for _, line := range w.Header().Values("Set-Cookie") {
			pair, _, _ := strings.Cut(line, ";")
			if _, known := given[pair]; !known {
				given[pair] = r.UserAgent()
			}
		}
	})
}

// encodedAs says of each answer that it is in a coding.
func encodedAs(coding string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", coding)
			next.ServeHTTP(w, r)
		})
	}
}

// limit lets so many requests through at once, and so many in a second; others are refused.
func limit(perSecond float64, refuses http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		left, at := perSecond, time.Now()
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			left = min(perSecond, left+time.Since(at).Seconds()*perSecond)
			at = time.Now()
			through := left >= 1
			if through {
				left--
			}
			mu.Unlock()
			if !through {
				refuses(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// handOn hands the request on, changes the answer, and gives its status.
func handOn(next http.Handler, w http.ResponseWriter, r *http.Request,
	changes ...func(*httptest.ResponseRecorder)) int {
	recorded := httptest.NewRecorder()
	next.ServeHTTP(recorded, r)
	for _, change := range changes {
		change(recorded)
	}
	maps.Copy(w.Header(), recorded.Header())
	if w.Header().Get("Content-Length") == "" && recorded.Code != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(recorded.Body.Len()))
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
	return recorded.Code
}

// setAnew sets the cookies of a request anew with its answer, whatever that is, as sessions that roll on do.
func setAnew(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		brought := r.Cookies()
		handOn(next, w, r, func(a *httptest.ResponseRecorder) {
			if a.Header().Get("Set-Cookie") != "" {
				return // a login's and a logout's own
			}
			for _, c := range brought {
				a.Header().Add("Set-Cookie", c.Name+"="+c.Value+"; Path=/; HttpOnly")
			}
		})
	})
}

// repeatRefused says in the body of a refusal what the request was, as frameworks that validate input do.
func repeatRefused(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		handOn(next, w, r, func(a *httptest.ResponseRecorder) {
			if a.Code < 400 {
				return
			}
			a.Body.Reset()
			_ = json.NewEncoder(a.Body).Encode(map[string]any{"detail": []map[string]any{{"type": "value_error",
				"loc": []string{"body"}, "input": strings.ToValidUTF8(string(body), "?"), "url": r.URL.String(),
				"cookie": r.Header.Get("Cookie")}}})
			a.Header().Set("Content-Type", "application/json")
			a.Header().Del("Content-Length")
		})
	})
}
