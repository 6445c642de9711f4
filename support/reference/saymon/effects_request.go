package saymon

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// reads has a login's body read in another way.
func reads(change func(*call)) effect { return onRequest(asked(logIn), change) }

// cannotRead refuses the logins whose body is of a kind.
func cannotRead(is func(*call) bool, code int) effect {
	return reads(func(c *call) {
		if is(c) {
			c.refused = &refusal{"unsupported-body", code, "UnsupportedBody", "A body of this kind is not read."}
		}
	})
}

func chunked(c *call) bool { return len(c.r.TransferEncoding) > 0 }

// takeSID has the request carry this session and no other, takeToken this api-token; empty: none.
func takeSID(c *call, sid string) {
	kept := slices.DeleteFunc(c.r.Cookies(), func(k *http.Cookie) bool { return k.Name == "sid" })
	c.r.Header.Del("Cookie")
	for _, k := range kept {
		c.r.AddCookie(k)
	}
	if sid != "" {
		c.r.Header.Set("Cookie", strings.TrimPrefix(c.r.Header.Get("Cookie")+"; sid="+sid, "; "))
	}
}

func takeToken(c *call, token string) {
	query := c.r.URL.Query()
	query.Del("api-token")
	if token != "" {
		query = url.Values{"api-token": {token}}
	}
	c.r.URL.RawQuery = query.Encode()
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
