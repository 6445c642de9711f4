package exchange

import (
	"net/http"
	"net/url"
	"slices"
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

// Cookie is the cookie of that name which a client would return to the call that set it: a later one of the same path
// replaces an earlier one or takes it back; one that fits the call's path is preferred to others, and a later one to an
// earlier.
func (e *Exchange) Cookie(name string) (Cookie, bool) {
	for _, c := range e.returned() {
		if c.Name == name {
			return c, true
		}
	}
	// One that is taken back, or expired at once, is still the one that a failure should show.
	cookies := e.Cookies()
	for i := len(cookies) - 1; i >= 0; i-- {
		if cookies[i].Name == name {
			return cookies[i], true
		}
	}
	return Cookie{}, false
}

// returned are the cookies that a client would return, one of each name, in the order of the names.
func (e *Exchange) returned() []Cookie {
	if e == nil {
		return nil
	}
	type place struct{ name, path string }
	var names []string
	kept := map[place]Cookie{}
	latest := map[place]int{} // where the latest of a place stands
	paths := map[string][]string{}
	for i, c := range e.Cookies() {
		if c.Name == "" {
			continue
		}
		at := place{c.Name, c.PathFor(e.Request.URL)}
		if paths[c.Name] == nil {
			names = append(names, c.Name)
		}
		if _, again := latest[at]; !again {
			paths[c.Name] = append(paths[c.Name], at.path)
		}
		latest[at] = i
		if c.Deletes() {
			delete(kept, at)
			continue
		}
		kept[at] = c
	}
	asked := "/"
	if u, err := url.Parse(e.Request.URL); err == nil && u.Path != "" {
		asked = u.Path
	}
	var list []Cookie
	for _, name := range names {
		slices.SortFunc(paths[name], func(a, b string) int { return latest[place{name, a}] - latest[place{name, b}] })
		var best *Cookie
		fits := false
		for _, path := range paths[name] {
			c, there := kept[place{name, path}]
			if there && (PathMatches(path, asked) || !fits) {
				best, fits = &c, PathMatches(path, asked)
			}
		}
		if best != nil {
			list = append(list, *best)
		}
	}
	return list
}

// CookieHeader is the Cookie header that sends the answer's cookies back; empty if there are none.
func (e *Exchange) CookieHeader() string {
	var pairs []string
	for _, c := range e.returned() {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}
