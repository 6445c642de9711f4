package exchange

import (
	"cmp"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Cookie is one Set-Cookie header as it stands: net/http's own reader drops or mends what we have to judge.
type Cookie struct {
	Name       string
	Value      string // as it stands, with quotation marks where there are any
	Attributes []Attribute
	Line       string    // the header's value
	set        time.Time // by the clock of the answer that sets it
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

// Deletes says that the cookie is not set but taken back: it is empty, or expired.
func (c Cookie) Deletes() bool {
	return c.Value == "" || c.Value == `""` || c.Expired()
}

// Expired says that the cookie has no time to live: a Max-Age of zero or less, or else an Expires that is past by the
// answer's own clock. What a browser cannot read it ignores, and of doubled ones takes the last.
func (c Cookie) Expired() bool {
	expired := false
	for _, a := range c.Attributes {
		if at, ok := cookieDate(a.Value); ok && a.Name == "expires" {
			expired = !at.After(c.set)
		}
	}
	for _, a := range c.Attributes {
		if a.Name == "max-age" && wholeNumber.MatchString(a.Value) {
			expired = a.Value[0] == '-' || strings.Trim(a.Value, "0") == ""
		}
	}
	return expired
}

var wholeNumber = regexp.MustCompile(`^-?[0-9]+$`)

// domain is the host or domain that the cookie is for, where an answer of that host sets it.
func (c Cookie) domain(host string) string {
	domain, _ := c.Attribute("domain")
	return cmp.Or(inASCII(strings.TrimPrefix(domain, ".")), inASCII(host))
}

// host is the host that the request names, as cookies know it: that of a Host header among the target's headers, as
// curl takes it, else that of its address.
func (r Request) host() string {
	host := r.Header.Get("Host")
	if u, err := url.Parse("//" + host); err == nil && host != "" {
		return inASCII(u.Hostname())
	}
	if u, err := url.Parse(r.URL); err == nil {
		return inASCII(u.Hostname())
	}
	return ""
}

// inASCII is a host's name as it is sent: in small letters, and a name in other letters in its ASCII form.
func inASCII(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		return ascii
	}
	return strings.ToLower(host)
}

// ForHost says whether a client returns the cookie to the host that set it, as far as its Domain goes: RFC 6265, 5.1.3.
func (c Cookie) ForHost(host string) bool {
	host = inASCII(host)
	domain := c.domain(host)
	return domain == host || net.ParseIP(host) == nil && strings.HasSuffix(host, "."+domain)
}

// anyClock is a day before which no clock of today stands, for cookies of an answer that tells no time.
var anyClock = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// clockOff is by how much an answer without a Date may differ from this machine's clock.
const clockOff = 24 * time.Hour

// ParseSetCookie reads one Set-Cookie header. A line without a name gives a cookie with an empty name.
func ParseSetCookie(line string) Cookie {
	parts := strings.Split(line, ";")
	name, value, found := strings.Cut(parts[0], "=")
	if !found {
		name, value = "", parts[0]
	}
	c := Cookie{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value), Line: line, set: anyClock}
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
	set := anyClock
	if at, err := http.ParseTime(e.Header("Date")); err == nil {
		set = at
	} else if !e.Started.IsZero() {
		set = e.Started.Add(-clockOff)
	}
	var cookies []Cookie
	for _, line := range e.Answer.Header.Values("Set-Cookie") {
		c := ParseSetCookie(line)
		c.set = set
		cookies = append(cookies, c)
	}
	return cookies
}

// Cookie is the cookie of that name which a client would return to the call that set it, as a Jar has it. One that fits
// neither host nor path is taken where there is no other: the address may be that of a tunnel.
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

// returned are the cookies that a client would return to the call that set them, one of each name.
func (e *Exchange) returned() (list []Cookie) {
	if e == nil {
		return nil
	}
	var jar Jar
	jar.Keep(e)
	path := "/"
	if u, err := url.Parse(e.Request.URL); err == nil {
		path = cmp.Or(u.Path, "/")
	}
	named := map[string]bool{}
	for _, c := range jar.Cookies(path) {
		if !c.Deletes() && !named[c.Name] {
			list = append(list, c)
			named[c.Name] = true
		}
	}
	return list
}

// CookieHeader is the Cookie header that sends the answer's cookies back; empty if there are none.
func (e *Exchange) CookieHeader() string { return headerOf(e.returned()) }

// The parts of a cookie's date, each at the beginning of a word: RFC 6265, 5.1.1.
var (
	cookieTime  = regexp.MustCompile(`^(\d{1,2}):(\d{1,2}):(\d{1,2})(\D|$)`)
	cookieDay   = regexp.MustCompile(`^(\d{1,2})(\D|$)`)
	cookieMonth = regexp.MustCompile(`^(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`)
	cookieYear  = regexp.MustCompile(`^(\d{2,4})(\D|$)`)
)

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// cookieDate reads the date of a cookie's Expires as browsers do, who take many more forms than HTTP has: RFC 6265,
// 5.1.1.
func cookieDate(text string) (time.Time, bool) {
	var clock, day, year []string
	month := ""
	for _, word := range strings.FieldsFunc(text, dateDelimiter) {
		switch {
		case clock == nil && cookieTime.MatchString(word):
			clock = cookieTime.FindStringSubmatch(word)
		case day == nil && cookieDay.MatchString(word):
			day = cookieDay.FindStringSubmatch(word)
		case month == "" && cookieMonth.MatchString(word):
			month = strings.ToLower(word[:3])
		case year == nil && cookieYear.MatchString(word):
			year = cookieYear.FindStringSubmatch(word)
		}
	}
	if clock == nil || day == nil || month == "" || year == nil {
		return time.Time{}, false
	}
	number := func(digits string) int { n, _ := strconv.Atoi(digits); return n } // at most four digits
	y, d, h, m, s := number(year[1]), number(day[1]), number(clock[1]), number(clock[2]), number(clock[3])
	switch {
	case y >= 70 && y <= 99:
		y += 1900
	case y <= 69:
		y += 2000
	}
	at := time.Date(y, time.Month(strings.Index(monthNames, month)/3+1), d, h, m, s, 0, time.UTC)
	return at, at.Day() == d && y >= 1601 && h <= 23 && m <= 59 && s <= 59
}

func dateDelimiter(r rune) bool {
	return r == '\t' || r >= ' ' && r <= '/' || r >= ';' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~'
}
