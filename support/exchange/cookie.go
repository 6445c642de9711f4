package exchange

import (
	"net/http"
	"strings"
)

// Cookie is one Set-Cookie header as it stands: net/http's own reader drops or mends what we have to judge.
type Cookie struct {
	Name       string
	Value      string // as it stands, with quotation marks where there are any
	Attributes []Attribute
	Line       string // the header's value
}

// Attribute is one attribute of a cookie, with the name in lower case.
type Attribute struct{ Name, Value string }

// Attribute gives an attribute's value, and whether it is there. Of doubled ones the last counts, as in browsers.
func (c Cookie) Attribute(name string) (string, bool) {
	for i := len(c.Attributes) - 1; i >= 0; i-- {
		if c.Attributes[i].Name == strings.ToLower(name) {
			return c.Attributes[i].Value, true
		}
	}
	return "", false
}

// Deletes says that the cookie is not set but taken back: it is empty, has an age of zero or less, or expired in an earlier
// year than any clock of today can be off by.
func (c Cookie) Deletes() bool {
	if c.Value == "" || c.Value == `""` {
		return true
	}
	if age, ok := c.Attribute("max-age"); ok { // it goes before Expires
		return age == "0" || strings.HasPrefix(age, "-")
	}
	expires, ok := c.Attribute("expires")
	if !ok {
		return false
	}
	// Browsers read more forms than net/http; a form that neither reads keeps the cookie.
	at, err := http.ParseTime(strings.ReplaceAll(expires, "-", " "))
	if err != nil {
		at, err = http.ParseTime(expires)
	}
	return err == nil && at.Year() < 2001
}

// ParseSetCookie reads one Set-Cookie header. A line without a name gives a cookie with an empty name.
func ParseSetCookie(line string) Cookie {
	parts := strings.Split(line, ";")
	name, value, found := strings.Cut(parts[0], "=")
	if !found {
		name, value = "", parts[0]
	}
	c := Cookie{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value), Line: line}
	for _, part := range parts[1:] {
		key, val, _ := strings.Cut(part, "=")
		c.Attributes = append(c.Attributes, Attribute{strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(val)})
	}
	return c
}

// Cookies are the cookies that the answer sets, in order.
func (e *Exchange) Cookies() []Cookie {
	if e == nil || e.Answer == nil {
		return nil
	}
	var cookies []Cookie
	for _, line := range e.Answer.Header.Values("Set-Cookie") {
		cookies = append(cookies, ParseSetCookie(line))
	}
	return cookies
}

// Cookie is the last cookie of that name that the answer sets: the one a client would keep.
func (e *Exchange) Cookie(name string) (Cookie, bool) {
	cookies := e.Cookies()
	for i := len(cookies) - 1; i >= 0; i-- {
		if cookies[i].Name == name {
			return cookies[i], true
		}
	}
	return Cookie{}, false
}

// CookieHeader is the Cookie header that sends all cookies of the answer back, taken-back ones left out; empty if none.
func (e *Exchange) CookieHeader() string {
	var pairs []string
	at := map[string]int{}
	for _, c := range e.Cookies() {
		if c.Name == "" || c.Deletes() {
			continue
		}
		if i, again := at[c.Name]; again {
			pairs[i] = c.Name + "=" + c.Value
			continue
		}
		at[c.Name] = len(pairs)
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}
