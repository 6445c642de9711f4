package hostile

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// values are well-formed answers with values that nobody expects.
func values() []Case {
	return []Case{
		{Name: "time-zone-of-1-mib", Says: "The time zone is 1 MiB long.", APIs: []string{"sessions"}, alter: func(t *turn) {
			t.said.Body = zone.ReplaceAll(t.said.Body, []byte(`"uiTimeZone":"`+strings.Repeat("Europe/", 1<<20/7)+`Warsaw"`))
		}},
		{Name: "time-zone-with-escapes", Says: "The time zone has escape sequences, ]]>, a script and a formula.",
			APIs: []string{"sessions"}, alter: func(t *turn) {
				t.said.Body = zone.ReplaceAll(t.said.Body,
					[]byte(`"uiTimeZone":"=1+1\u001b[31m]]><script>alert(1)</script>\u0000\u202e"`))
			}},
		sessionID("session-id-of-1-mib", "The session ID is 1 MiB long.", "", strings.Repeat("0a1b2c3d", 1<<17)),
		sessionID("session-id-of-100-kib", "The session ID is 100 KiB long.", "", strings.Repeat("0a1b2c3d", 100<<7)),
		sessionID("session-id-with-escapes", "The session ID has terminal escape sequences.", "\x1b]0;owned\x07",
			"\x1b[2J\x1b[31m"),
		sessionID("session-id-with-cdata-end", "The session ID has ]]> in it.", "]]>", "]]>"),
		sessionID("session-id-with-script", "The session ID is a script.", "<script>alert(1)</script>",
			"<img src=x onerror=alert(2)>"),
		sessionID("session-id-formula", "The session ID is a formula.", "=HYPERLINK(0)+", "+cmd|x!A0"),
		sessionID("session-id-with-line-ends", "The session ID has line ends and header fields in it.", "",
			"\r\nX-Injected: 1"),
		sessionID("session-id-with-path", "The session ID climbs out of folders.", "../../../../", "/../../etc/passwd"),
		clock("clock-an-hour-ahead", "Its clock is an hour ahead.", time.Hour),
		clock("clock-an-hour-behind", "Its clock is an hour behind.", -time.Hour),
	}
}

var zone = regexp.MustCompile(`"uiTimeZone":"[^"]*"`)

// sessionID puts something before and after each session ID of the good server, in cookies and in bodies, and takes it
// away again from requests, so that the session works.
func sessionID(name, says, before, after string) Case {
	return Case{Name: name, Says: says, when: opens, alter: func(t *turn) {
		for i, line := range t.said.Header["Set-Cookie"] {
			if pair, attributes, found := strings.Cut(line, ";"); found {
				name, id, _ := strings.Cut(pair, "=")
				t.said.Header["Set-Cookie"][i] = name + "=" + before + id + after + ";" + attributes
			}
		}
		t.said.Body = bodyID.ReplaceAllFunc(t.said.Body, func(id []byte) []byte {
			opening, closing := string(id[:1]), string(id[len(id)-1:])
			if opening == ">" {
				return []byte(opening + inXML(before) + string(id[1:len(id)-1]) + inXML(after) + closing)
			}
			return []byte(opening + inJSON(before) + string(id[1:len(id)-1]) + inJSON(after) + closing)
		})
	}, asked: func(r *http.Request) {
		for name, list := range r.Header {
			for i := range list {
				r.Header[name][i] = strings.NewReplacer(orNothing(before), "", orNothing(after), "").Replace(list[i])
			}
		}
	}}
}

// bodyID is a session ID as the good servers write it: a UUID, or 32 digits with a route.
var bodyID = regexp.MustCompile(`["'>]([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{32}(\.[a-z0-9]+)?)["'<]`)

// orNothing is a text that can be replaced: an empty one stands everywhere.
func orNothing(s string) string {
	if s == "" {
		return "\x00"
	}
	return s
}

func inJSON(s string) string {
	quoted := strconv.QuoteToASCII(s)
	return strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`).Replace(quoted[1 : len(quoted)-1])
}

// inXML leaves control characters out: XML has no way to write them.
func inXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s))
}

var (
	milliseconds = regexp.MustCompile(`\b[12]\d{12}\b`)
	expires      = regexp.MustCompile(`(?i)expires=([^;]+)`)
)

// clock moves all times that the good server tells. No document forbids it.
func clock(name, says string, by time.Duration) Case {
	moved := func(text string) string {
		at, err := http.ParseTime(text)
		if err != nil {
			return text
		}
		return at.Add(by).UTC().Format(http.TimeFormat)
	}
	return Case{Name: name, Says: says, alter: func(t *turn) {
		t.said.Header.Set("Date", moved(t.said.Header.Get("Date")))
		for i, line := range t.said.Header["Set-Cookie"] {
			t.said.Header["Set-Cookie"][i] = expires.ReplaceAllStringFunc(line, func(found string) string {
				return "Expires=" + moved(found[len("expires="):])
			})
		}
		t.said.Body = milliseconds.ReplaceAllFunc(t.said.Body, func(found []byte) []byte {
			at, _ := strconv.ParseInt(string(found), 10, 64)
			return fmt.Append(nil, at+by.Milliseconds())
		})
	}}
}

// cookies are answers whose Set-Cookie is too much, or broken. The good cookie comes first, so that a session can be
// used.
func cookies() []Case {
	return []Case{
		{Name: "cookies-10000", Says: "A login sets 10,000 cookies besides its own.", when: opens,
			alter: numbered("c%d=v%[1]d; Path=/")},
		{Name: "cookies-10000-of-a-name", Says: "A login sets a cookie 10,000 times besides its own, each for another path.",
			when: opens, alter: numbered("again=%d; Path=/p%[1]d")},
		{Name: "cookie-of-1-mib", Says: "The fourth answer sets a cookie of 1 MiB.", when: once,
			alter: moreCookies("large=" + strings.Repeat("x", 1<<20))},
		{Name: "cookie-of-500-kib", Says: "A login sets a cookie of 500 KiB besides its own.", when: opens,
			alter: moreCookies("large=" + strings.Repeat("x1", 250<<10))},
		{Name: "cookie-attributes-10000", Says: "A login sets a cookie with 10,000 attributes besides its own.", when: opens,
			alter: moreCookies("many=1" + strings.Repeat("; Path=/x", 10_000))},
		{Name: "cookies-nameless", Says: "A login sets cookies without a name besides its own.", when: opens,
			alter: moreCookies("=value", "value", "", ";", "=")},
		{Name: "cookies-broken", Says: "A login sets cookies with broken quotation marks besides its own.", when: opens,
			alter: moreCookies(`broken="a`, `broken2=a"b"c; Path="/`, `broken3=""""`, `"=";";"`)},
		{Name: "cookies-with-control-characters", Says: "A login sets cookies with control characters besides its own.",
			when: opens, alter: moreCookies("bell=\x07\x1b[31mred", "\x1b[31m=1", "tab=a\tb")},
	}
}

func moreCookies(lines ...string) func(*turn) {
	return func(t *turn) { t.said.Header["Set-Cookie"] = append(t.said.Header["Set-Cookie"], lines...) }
}

// numbered sets 10,000 cookies.
func numbered(line string) func(*turn) {
	return func(t *turn) {
		for i := range 10_000 {
			moreCookies(fmt.Sprintf(line, i))(t)
		}
	}
}
