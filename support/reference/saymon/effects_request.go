package saymon

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"session-conformance/support/reference"
)

// cannotRead refuses the logins whose body is of a kind.
func cannotRead(is when, code int) effect {
	return onRequest(where(asked(logIn), is),
		refuseAs(&refusal{"unsupported-body", code, "UnsupportedBody", "A body of this kind is not read."}))
}

func chunked(c *call) bool { return len(c.r.TransferEncoding) > 0 }

// withoutBasic drops Basic credentials from calls of these kinds.
func withoutBasic(kinds ...kind) effect {
	return onRequest(asked(kinds...), func(c *call) { c.r.Header.Del("Authorization") })
}

// readsSID has a request for the current user carry this session and no other, readsToken this api-token; empty: none.
func readsSID(from func(*call) string) effect {
	return onRequest(asked(current), func(c *call) {
		sid, others := from(c), slices.DeleteFunc(c.r.Cookies(), func(k *http.Cookie) bool { return k.Name == "sid" })
		c.r.Header.Del("Cookie")
		for _, k := range others {
			c.r.AddCookie(k)
		}
		if sid != "" {
			c.r.Header.Set("Cookie", strings.TrimPrefix(c.r.Header.Get("Cookie")+"; sid="+sid, "; "))
		}
	})
}

func readsToken(from func(*call) string) effect {
	return onRequest(asked(current), func(c *call) {
		query := url.Values{}
		if token := from(c); token != "" {
			query.Set("api-token", token)
		}
		c.r.URL.RawQuery = query.Encode()
	})
}

// busyAt does not answer requests with these numbers, counted from 1.
func busyAt(numbers ...int) effect {
	return func(s *Server) {
		number := 0
		busy := &refusal{kind: "busy", status: http.StatusServiceUnavailable}
		onRequest(always, func(c *call) {
			if number++; slices.Contains(numbers, number) {
				c.refused = busy
			}
		})(s)
		onAnswer(refusedAs(busy), func(c *call) {
			c.header.Set("Retry-After", "1")
			saysAs("text/plain; charset=utf-8", "busy\n")(c)
		})(s)
	}
}

// opensPath answers requests for such a path as if they came from the first account.
func opensPath(is func(path string) bool) effect {
	return func(s *Server) {
		s.opened = func(w http.ResponseWriter, r *http.Request) bool {
			if !is(r.URL.EscapedPath()) {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, reference.JSON(userOf(&s.config.User)))
			return true
		}
	}
}

var (
	notAcceptable  = refusal{"not-acceptable", 406, "NotAcceptable", "Say what you accept."}
	noUserAgent    = refusal{"no-user-agent", 403, "Forbidden", "Say who you are."}
	lengthRequired = refusal{"length-required", 411, "LengthRequired", "The length is missing."}
)

func acceptsAny(c *call) bool { return c.r.Header.Get("Accept") == "*/*" }

func compress(c *call) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte(reference.JSON(c.content)))
	_ = w.Close()
	c.content, c.text = nil, packed.String()
	c.header.Set("Content-Encoding", "gzip")
}
