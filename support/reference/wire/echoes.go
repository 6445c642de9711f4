package wire

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// setAnew sets the cookies of a request anew with its answer, whatever that is, as sessions that roll on do.
func setAnew(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		brought := r.Cookies()
		handOn(next, w, r, func(header http.Header) {
			if header.Get("Set-Cookie") != "" {
				return // a login's and a logout's own
			}
			for _, c := range brought {
				header.Add("Set-Cookie", c.Name+"="+c.Value+"; Path=/; HttpOnly")
			}
		})
	})
}

// repeatRefused says in the body of a refusal what the request was, as frameworks that validate input do.
func repeatRefused(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		recorded := httptest.NewRecorder()
		next.ServeHTTP(recorded, r)
		for name, values := range recorded.Header() {
			w.Header()[name] = values
		}
		if recorded.Code >= 400 {
			recorded.Body.Reset()
			_ = json.NewEncoder(recorded.Body).Encode(map[string]any{"detail": []map[string]any{{"type": "value_error",
				"loc": []string{"body"}, "input": strings.ToValidUTF8(string(body), "?"), "url": r.URL.String(),
				"cookie": r.Header.Get("Cookie")}}})
			w.Header().Set("Content-Type", "application/json")
			w.Header().Del("Content-Length")
		}
		w.WriteHeader(recorded.Code)
		_, _ = w.Write(recorded.Body.Bytes())
	})
}
