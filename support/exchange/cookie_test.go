//go:build unit

package exchange

import (
	"net/http"
	"strings"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

func answered(cookies ...string) *Exchange {
	return &Exchange{Answer: &Answer{Status: 200, Header: http.Header{"Set-Cookie": cookies}}}
}

func TestParseSetCookieKeepsWhatStandsThere(t *testing.T) {
	for line, want := range map[string]struct{ name, value, path string }{
		`sid=abc; Path=/`:                     {"sid", "abc", "/"},
		`sid="abc"; path=/a; HttpOnly`:        {"sid", `"abc"`, "/a"},
		` sid = a=b== ; PATH = / ; Path=/x`:   {"sid", "a=b==", "/x"},
		`novalue`:                             {"", "novalue", ""},
		`=x`:                                  {"", "x", ""},
		``:                                    {"", "", ""},
		"sid=\x01\x1b[31m; Path":              {"sid", "\x01\x1b[31m", ""},
		`sid=a,b c; Expires=Thu, 01 Jan 1970`: {"sid", "a,b c", ""},
	} {
		c := ParseSetCookie(line)
		path, _ := c.Attribute("path")
		NewWithT(t).Expect([]string{c.Name, c.Value, path}).To(Equal([]string{want.name, want.value, want.path}), line)
	}
}

func TestCookieDeletes(t *testing.T) {
	for line, want := range map[string]bool{
		`sid=a`: false, `sid=`: true, `sid=""`: true, `sid=a; Max-Age=0`: true, `sid=a; max-age=-1`: true,
		`sid=a; Max-Age=60`:                                        false,
		`sid=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT`:             true,
		`sid=a; Expires=Thu, 01-Jan-1970 00:00:00 GMT`:             true,
		`sid=a; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60`: false,
		`sid=a; Expires=Fri, 01 Jan 2100 00:00:00 GMT`:             false,
		`sid=a; Expires=whenever`:                                  false,
		`sid=a; Expires=Thu, 01-Jan-70 00:00:01 GMT`:               true,
		`sid=a; Expires=Thu, 1 Jan 1970 00:00:00 GMT`:              true,
		`sid=a; Expires="Thu, 01-Jan-1970 0:0:0 GMT"`:              true,
		`sid=a; Expires=Thu Jan  1 00:00:00 1970`:                  true,
		`sid=a; Expires=1970 jan/1 00:00:00`:                       true,
		`sid=a; Expires=Sun, 31 Feb 1999 00:00:00 GMT`:             false, // no day: ignored
		`sid=a; Expires=Thu, 01 Jan 1970`:                          false, // no time: ignored
		`sid=a; Expires=Thu, 01-Jan-68 00:00:00 GMT`:               false, // 2068
		`sid=a; Max-Age="0"`:                                       false, // no number: ignored
		`sid=a; Max-Age=0; Max-Age=soon`:                           true,  // of those that can be read, the last
		`sid=a; Max-Age=000`:                                       true,
	} {
		NewWithT(t).Expect(ParseSetCookie(line).Deletes()).To(Equal(want), line)
	}
}

// A cookie is expired by the clock of whoever sets it, as far as that is told.
func TestCookieExpiresByTheAnswersClock(t *testing.T) {
	g := NewWithT(t)
	e := answered("sid=a; Expires=Sat, 05 Jan 2030 00:00:00 GMT")
	expired := func() bool { return e.Cookies()[0].Expired() }
	e.Answer.Header.Set("Date", "Fri, 04 Jan 2030 00:00:00 GMT")
	g.Expect(expired()).To(BeFalse())
	e.Answer.Header.Set("Date", "Sat, 05 Jan 2030 00:00:00 GMT")
	g.Expect(expired()).To(BeTrue())
	e.Answer.Header.Del("Date")
	e.Started = time.Date(2030, 1, 5, 12, 0, 0, 0, time.UTC)
	g.Expect(expired()).To(BeFalse(), "its clock may be off")
	e.Started = e.Started.Add(clockOff)
	g.Expect(expired()).To(BeTrue())
}

func TestCookieHeaderSendsBackWhatIsSet(t *testing.T) {
	g := NewWithT(t)
	e := answered("a=1; Path=/x", "b=2", "a=3; Secure", "gone=; Max-Age=0", "noname")
	g.Expect(e.CookieHeader()).To(Equal("a=3; b=2"), "the path of the first a does not fit the call")
	last, found := e.Cookie("a")
	g.Expect(found).To(BeTrue())
	g.Expect(last.Value).To(Equal("3"))
	g.Expect((*Exchange)(nil).CookieHeader()).To(BeEmpty())
}

func TestCookiesOfOtherPathsAreOtherCookies(t *testing.T) {
	for name, test := range map[string]struct {
		set  []string
		want string
	}{
		"taken back for another path":  {[]string{"sid=right; Path=/", "sid=; Path=/legacy; Max-Age=0"}, "right"},
		"another one for another path": {[]string{"sid=right; Path=/", "sid=other; Path=/ui"}, "right"},
		"the other way round":          {[]string{"sid=other; Path=/ui", "sid=right; Path=/api"}, "right"},
		"set again for the same path":  {[]string{"sid=first; Path=/", "sid=right; path=/"}, "right"},
		"taken back for the same path": {[]string{"sid=gone; Path=/", "sid=; Path=/; Max-Age=0"}, ""},
		"no path fits: the last":       {[]string{"sid=first; Path=/a", "sid=right; Path=/b"}, "right"},
		"a default path fits":          {[]string{"sid=right", "sid=other; Path=/ui"}, "right"},
		"another one for another host": {[]string{"sid=right; Path=/", "sid=other; Path=/; Domain=elsewhere.test"}, "right"},
		"taken back for another host": {[]string{"sid=right; Path=/", "sid=; Path=/; Domain=elsewhere.test; Max-Age=0"},
			"right"},
		"only one for another host":     {[]string{"sid=right; Domain=elsewhere.test"}, "right"},
		"its own host is no other":      {[]string{"sid=gone; Path=/", "sid=; Path=/; Domain=.API.h.test; Max-Age=0"}, ""},
		"a domain above":                {[]string{"sid=other; Domain=other.test", "sid=right; Domain=h.test"}, "right"},
		"taken back, and set once more": {[]string{"sid=; Max-Age=0; Path=/", "sid=right; Path=/"}, "right"},
	} {
		e := answered(test.set...)
		e.Request.URL = "http://api.h.test/api/session/login"
		got, _, _ := strings.Cut(strings.TrimPrefix(e.CookieHeader(), "sid="), ";")
		NewWithT(t).Expect(got).To(Equal(test.want), name)
		c, found := e.Cookie("sid")
		NewWithT(t).Expect(found).To(BeTrue(), name)
		if test.want != "" {
			NewWithT(t).Expect(c.Value).To(Equal(test.want), name)
		}
	}
}

func FuzzParseSetCookie(f *testing.F) {
	for _, seed := range []string{"sid=abc; Path=/", `sid="a;b"`, "=", ";;;", "a=b=c; =; x", "\x00=\xff; \x1b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c := ParseSetCookie(line)
		c.Deletes()
		if got := answered(line).CookieHeader(); c.Name != "" && !c.Deletes() && got != c.Name+"="+c.Value {
			t.Errorf("%q is sent back as %q", line, got)
		}
	})
}

func answerSetting(lines ...string) *Exchange {
	return &Exchange{Request: Request{URL: "http://127.0.0.1/rest/v1.3/admin/login"},
		Answer: &Answer{Status: 200, Header: http.Header{"Set-Cookie": lines}}}
}

func TestJarReturns(t *testing.T) {
	for what, c := range map[string]struct {
		set  []string
		want string
	}{
		"none":                            {nil, ""},
		"one":                             {[]string{"a=1; Path=/rest"}, "a=1"},
		"as it stands":                    {[]string{`a="1 2"`}, `a="1 2"`},
		"in their order":                  {[]string{"b=1", "a=2"}, "b=1; a=2"},
		"no empty one":                    {[]string{"a=", `b=""`, "c=1"}, "c=1"},
		"no nameless one":                 {[]string{"1", "=2"}, ""},
		"the last of one path":            {[]string{"a=1; Path=/", "a=2; Path=/"}, "a=2"},
		"not what is emptied again":       {[]string{"a=1", "a="}, ""},
		"not what is cleared elsewhere":   {[]string{"a=1; Path=/rest", "a=x; Path=/console; Max-Age=0"}, "a=1"},
		"the one whose path fits":         {[]string{"a=1; Path=/rest", "a=2; Path=/console"}, "a=1"},
		"both, the longer path first":     {[]string{"a=1; Path=/", "a=2; Path=/rest"}, "a=2; a=1"},
		"one whose path does not fit":     {[]string{"a=1; Path=/console"}, "a=1"},
		"the last where no path fits":     {[]string{"a=1; Path=/console", "a=2; Path=/other"}, "a=2"},
		"one that has no time to live":    {[]string{"a=1; Max-Age=0"}, "a=1"},
		"the default path":                {[]string{"a=1", "a=2; Path=/rest/v1.3/admin"}, "a=2"},
		"a path that ends within a word":  {[]string{"a=1; Path=/res", "a=2; Path=/rest"}, "a=2"},
		"whatever Secure and Domain are":  {[]string{"a=1; Secure; Domain=elsewhere.example"}, "a=1"},
		"the value with its equals signs": {[]string{"a=b=="}, "a=b=="},
	} {
		var jar Jar
		jar.Keep(answerSetting(c.set...))
		NewWithT(t).Expect(jar.Header("/rest/v1.3/admin/serverInfo")).To(Equal(c.want), what)
	}
}

func TestJarTakesLaterAnswers(t *testing.T) {
	g := NewWithT(t)
	var jar Jar
	jar.Keep(answerSetting("a=1; Path=/rest"))
	jar.Keep(nil)
	jar.Keep(&Exchange{})
	jar.Keep(answerSetting("a=2; Path=/rest", "b=3"))
	g.Expect(jar.Header("/rest/x")).To(Equal("a=2; b=3"))
}

// A name in other letters is sent in its ASCII form, and a Host header names another host than the address.
func TestACookieIsForTheHostThatIsNamed(t *testing.T) {
	for _, c := range []struct {
		url, host, domain string
		other             string
	}{
		{"https://bücher.example/rest", "", "xn--bcher-kva.example", ""},
		{"https://api.bücher.example/rest", "", ".bücher.example", ""},
		{"https://bücher.example/rest", "", "buecher.example", "xn--bcher-kva.example"},
		{"https://ACME.example/rest", "", "acme.Example", ""},
		{"http://127.0.0.1:8080/rest", "acme.example:80", "acme.example", ""},
		{"http://acme.example/rest", "127.0.0.1", "acme.example", "127.0.0.1"},
		{"http://[::1]:8080/rest", "", "", ""},
	} {
		request := Request{URL: c.url, Header: http.Header{"Host": {c.host}}}
		want := ""
		if c.other != "" {
			want = "it is for another domain than " + c.other
		}
		NewWithT(t).Expect(ParseSetCookie("a=1; Path=/; Domain="+c.domain).KeptFrom(request, c.url)).To(Equal(want), c.url)
	}
}
