package wire

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"path"
	"sync"
	"time"
)

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
