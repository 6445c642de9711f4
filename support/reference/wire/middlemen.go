package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// middlemen stand before a server, or bound it as products and gateways do. They are variants of any API: what they
// hold back, an account or a client that keeps within their bounds never meets.
var middlemen = map[string]func(http.Handler) http.Handler{
	"limits-requests":               limit(20, refusesAs(429, "", "")),
	"limits-requests-rounding-down": limit(20, refusesAs(429, "0", "")),
	"limits-requests-saying-when":   limit(20, refusesAs(429, "1", "")),
	"limits-requests-by-503":        limit(20, refusesAs(503, "", nginxPage)),
	"locks-after-two-in-a-row":      lock(2, time.Hour),
	"locks-two-within-a-second":     lock(2, time.Second),
	"locks-three-within-a-minute":   lock(3, time.Minute),
	"locks-five-in-a-row":           lock(5, time.Hour),
	"content-encoding-of-a-charset": encodedAs("UTF-8"),
	"sessions-of-one-user-agent":    bindToAgent,
	"resets-odd-cookies":            onOdd(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }),
	"firewall-answers-200":          onOdd(refusesAs(200, "", firewallPage)),
	"token-against-forgery":         demandToken("XSRF-TOKEN", "X-Xsrf-Token"),
	"token-against-forgery-django":  demandToken("csrftoken", "X-CSRFToken"),
	"cookies-set-anew-always":       setAnew,
	"refusals-repeat-the-request":   repeatRefused,
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
			handOn(next, w, r, func(header http.Header) {
				if header.Get("Set-Cookie") != "" {
					header.Add("Set-Cookie", cookie+"="+rand.Text()+"; Path=/")
				}
			})
		})
	}
}

// onOdd answers a request with a cookie that looks like an attack, or not, as firewalls of applications do.
func onOdd(answers http.HandlerFunc) func(http.Handler) http.Handler {
	odd := regexp.MustCompile(`=(;|$|[^;]*(__proto__|constructor|undefined|null|[%*']))`)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if odd.MatchString(r.Header.Get("Cookie")) {
				answers(w, r)
				return
			}
			next.ServeHTTP(w, r)
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

// nginxPage is what nginx says of a request that its limit_req holds back.
const nginxPage = "<html>\r\n<head><title>503 Service Temporarily " +
	"Unavailable</title></head>\r\n<body>\r\n<center><h1>503 " +
	"Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

// firewallPage is what F5's firewall says of a request that it holds back, with the status 200.
const firewallPage = "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please " +
	"consult with your administrator.<br><br>Your support ID is: 1837462839461728394<br><br></body></html>"

// refusesAs answers with a status, when to come again where that is said, and a page.
func refusesAs(status int, after, page string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		if page != "" {
			w.Header().Set("Content-Type", "text/html")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, page)
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

// attempt is what a request says of a login by password: whose, whether it is one, and whether it is a call that opens
// sessions.
type attempt struct {
	login      string
	byPassword bool
	opens      bool
}

// read looks at a request, which stays as it was.
func read(r *http.Request) attempt {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	last := path.Base(r.URL.Path)
	a := attempt{opens: r.Method == http.MethodPost && (last == "login" || last == "login-with-token" ||
		last == "session")}
	if login, password, is := r.BasicAuth(); is {
		a.login, a.byPassword = login, password != ""
		return a
	}
	if !a.opens {
		return a
	}
	var said struct {
		XMLName  xml.Name `json:"-" xml:"session"`
		Login    any      `json:"login" xml:"-"`
		UserName any      `json:"userName" xml:"-"`
		InXML    string   `json:"-" xml:"userName"`
		Token    any      `json:"auth-token" xml:"-"`
		Service  any      `json:"auth-service" xml:"-"`
	}
	if json.Unmarshal(body, &said) != nil {
		_ = xml.Unmarshal(body, &said) // what is neither names nobody
	}
	for _, login := range []any{said.Login, said.UserName, said.InXML} {
		if text, is := login.(string); is && text != "" {
			a.login, a.byPassword = text, said.Token == nil && said.Service == nil
		}
	}
	return a
}

// handOn hands the request on and gives the status of its answer.
func handOn(next http.Handler, w http.ResponseWriter, r *http.Request, changes ...func(http.Header)) int {
	recorded := httptest.NewRecorder()
	next.ServeHTTP(recorded, r)
	for name, values := range recorded.Header() {
		w.Header()[name] = values
	}
	if w.Header().Get("Content-Length") == "" && recorded.Code != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(recorded.Body.Len()))
	}
	for _, change := range changes {
		change(w.Header())
	}
	w.WriteHeader(recorded.Code)
	_, _ = w.Write(recorded.Body.Bytes())
	return recorded.Code
}

// lock locks an account for good after so many refused logins within a time, empty passwords and Basic credentials
// included. A good login by password begins the count anew; one by token or Keycloak does not.
func lock(after int, within time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var mu sync.Mutex
		refused, locked := map[string][]time.Time{}, map[string]bool{}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			a := read(r)
			mu.Lock()
			defer mu.Unlock()
			if a.login != "" && locked[a.login] {
				w.WriteHeader(http.StatusForbidden)
				return
			}
			status := handOn(next, w, r)
			switch {
			case a.login == "":
			case status >= 200 && status < 300 && a.opens && a.byPassword:
				refused[a.login] = nil
			case status >= 400 && status < 500 && (a.opens || status == http.StatusUnauthorized):
				times := append(refused[a.login], time.Now())
				refused[a.login] = times
				if n := len(times); n >= after && times[n-1].Sub(times[n-after]) <= within {
					locked[a.login] = true
				}
			}
		})
	}
}
