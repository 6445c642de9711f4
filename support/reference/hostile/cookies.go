package hostile

import (
	"fmt"
	"strings"
)

// cookies are answers whose Set-Cookie is too much, or broken. The good cookie comes first, so that a session can be
// used.
var cookies = []Case{
	{Name: "cookies-10000", Says: "A login sets 10,000 cookies besides its own.", when: opens, alter: func(t *turn) {
		for i := range 10_000 {
			t.said.Header.Add("Set-Cookie", fmt.Sprintf("c%d=v%d; Path=/", i, i))
		}
	}},
	{Name: "cookies-10000-of-a-name", Says: "A login sets a cookie 10,000 times besides its own, each for another path.",
		when: opens, alter: func(t *turn) {
			for i := range 10_000 {
				t.said.Header.Add("Set-Cookie", fmt.Sprintf("again=%d; Path=/p%d", i, i))
			}
		}},
	{Name: "cookie-of-1-mib", Says: "The fourth answer sets a cookie of 1 MiB.", when: once, alter: func(t *turn) {
		t.said.Header.Add("Set-Cookie", "large="+strings.Repeat("x", 1<<20))
	}},
	{Name: "cookie-of-500-kib", Says: "A login sets a cookie of 500 KiB besides its own.", when: opens,
		alter: func(t *turn) {
			t.said.Header.Add("Set-Cookie", "large="+strings.Repeat("x1", 250<<10))
		}},
	{Name: "cookie-attributes-10000", Says: "A login sets a cookie with 10,000 attributes besides its own.", when: opens,
		alter: func(t *turn) {
			t.said.Header.Add("Set-Cookie", "many=1"+strings.Repeat("; Path=/x", 10_000))
		}},
	{Name: "cookies-nameless", Says: "A login sets cookies without a name besides its own.", when: opens,
		alter: moreCookies("=value", "value", "", ";", "=")},
	{Name: "cookies-broken", Says: "A login sets cookies with broken quotation marks besides its own.", when: opens,
		alter: moreCookies(`broken="a`, `broken2=a"b"c; Path="/`, `broken3=""""`, `"=";";"`)},
	{Name: "cookies-with-control-characters", Says: "A login sets cookies with control characters besides its own.",
		when:  opens,
		alter: moreCookies("bell=\x07\x1b[31mred", "\x1b[31m=1", "tab=a\tb")},
}

func moreCookies(lines ...string) func(*turn) {
	return func(t *turn) {
		for _, line := range lines {
			t.said.Header.Add("Set-Cookie", line)
		}
	}
}
