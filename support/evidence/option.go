package evidence

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"

	"session-conformance/support/exchange"
)

// call is one request in the making.
type call struct {
	request exchange.Request
	step    *Step
	mints   bool
	opens   string // the account whose configured credentials it carries
	logsIn  string // the account that it may open a session of
	wrong   string // the account whose login it carries with a wrong password
	refuse  bool   // it is a login that must not succeed
	odd     bool   // it is sent what is no session in place of one
	beside  bool   // a session lives that is used after it
	counted *bool  // among those that wait for their turn: see account.wait
}

// Option adds to one request.
type Option func(*call)

// Header sets a header.
func Header(name, value string) Option {
	return func(c *call) { c.request.Header.Set(name, value) }
}

// Lacking leaves out headers that every request has: some clients send none.
func Lacking(names ...string) Option {
	return func(c *call) {
		for _, name := range names {
			c.request.Header[http.CanonicalHeaderKey(name)] = []string{}
		}
	}
}

// CookieHeader sends cookies as they stand; an empty string sends none.
func CookieHeader(value string) Option {
	return func(c *call) {
		if value != "" {
			c.request.Header.Set("Cookie", value)
		}
	}
}

// Cookie sends one cookie as it stands.
func Cookie(name, value string) Option { return CookieHeader(name + "=" + value) }

// Basic sends Basic credentials as UTF-8.
func Basic(login, password string) Option {
	return Header("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(login+":"+password)))
}

// Query adds a query parameter.
func Query(name, value string) Option {
	return func(c *call) {
		separator := "?"
		if strings.Contains(c.request.URL, "?") {
			separator = "&"
		}
		c.request.URL += separator + url.QueryEscape(name) + "=" + url.QueryEscape(value)
	}
}

// Chunked sends the body in chunks, without a length.
func Chunked() Option { return func(c *call) { c.request.Chunked = true } }

// Fresh sends the request on a new connection, which nothing was authenticated on before.
func Fresh() Option { return func(c *call) { c.request.Fresh = true } }

// Mints says that the answer may make a secret, a session or token: all that looks like one is hidden.
func Mints() Option { return func(c *call) { c.mints = true } }

// Opens says that the request carries the configured credentials of the account, and so should open a session.
func Opens(account string) Option {
	return func(c *call) { c.opens, c.logsIn, c.mints = account, account, true }
}

// LogsIn says that the request may open a session of the account by other means than its password: a token.
func LogsIn(account string) Option { return func(c *call) { c.logsIn, c.mints = account, true } }

// WrongPassword says that the request carries a configured login of the account with a wrong password. It is counted
// and bounded, goes out on a new connection, and is never sent twice.
func WrongPassword(account string) Option {
	return func(c *call) {
		c.wrong, c.refuse, c.mints, c.request.Fresh = account, true, true, true
	}
}

// Refused says that the request is a login that must not succeed, though it carries no wrong password of an account.
func Refused() Option {
	return func(c *call) { c.refuse, c.mints, c.request.Fresh = true, true, true }
}

// BesideSession says that a session is used after the request: where that gets no answer no good login follows, which
// could end the session; the use tells whether the target is there.
func BesideSession() Option { return func(c *call) { c.beside = true } }

// Odd says that the request holds what no document shows, and may be refused: where it gets no answer, a good login
// tells whether the target is there.
func Odd() Option { return func(c *call) { c.odd = true } }
