//go:build unit

package match

import (
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"session-conformance/support/exchange"
)

func answer(status int, body string, header ...string) *exchange.Exchange {
	h := http.Header{}
	for i := 0; i+1 < len(header); i += 2 {
		h.Add(header[i], header[i+1])
	}
	return &exchange.Exchange{Answer: &exchange.Answer{Status: status, Header: h, Body: []byte(body)}}
}

func TestMatchersDecide(t *testing.T) {
	isNumber := func(v gjson.Result) bool { return v.Type == gjson.Number }
	long := answer(200, `"x"`)
	long.Answer.TooLong = true
	brotli := answer(200, `"x"`)
	brotli.Answer.Undecoded = "br"
	for name, test := range map[string]struct {
		matcher types.GomegaMatcher
		e       *exchange.Exchange
		met     bool
		got     string // where it is not met
	}{
		"2xx":               {BeSuccess(), answer(204, ""), true, ""},
		"3xx is no success": {BeSuccess(), answer(302, ""), false, "302 Found, no body"},
		"a refusal":         {BeRefused(), answer(302, ""), true, ""},
		"no refusal":        {BeRefused(), answer(200, "hello"), false, "200 OK, body hello"},
		"one of":            {HaveStatus(400, 401), answer(401, ""), true, ""},
		"none of":           {HaveStatus(400, 401), answer(403, ""), false, "403 Forbidden"},
		"4xx":               {BeClientError(), answer(499, ""), true, ""},
		"400 is 4xx":        {BeClientError(), answer(400, ""), true, ""},
		"500 is 5xx":        {NotBeServerError(), answer(500, ""), false, "500"},
		"5xx":               {BeClientError(), answer(500, ""), false, "500"},
		"no 5xx":            {NotBeServerError(), answer(404, ""), true, ""},
		"no content":        {HaveNoContent(), answer(204, ""), true, ""},
		"content":           {HaveNoContent(), answer(204, " "), false, "the body "},
		"media type": {HaveMediaType("application/json"),
			answer(200, "", "Content-Type", `Application/JSON; charset="utf-8"`), true, ""},
		"other media type": {HaveMediaType("application/json"), answer(200, "", "Content-Type", "text/html"), false,
			"text/html"},
		"no media type":           {HaveMediaType("application/json"), answer(200, ""), false, "no Content-Type"},
		"quoted":                  {BeQuotedString(), answer(200, " \"a\"\r\n"), true, ""},
		"unquoted":                {BeQuotedString(), answer(200, "a"), false, "the body a"},
		"two strings":             {BeQuotedString(), answer(200, `"a" "b"`), false, `"a" "b"`},
		"a BOM before it":         {BeQuotedString(), answer(200, "\ufeff\"a\""), false, `\ufeff`},
		"a raw control character": {BeQuotedString(), answer(200, "\"a\x01\""), false, `\x01`},
		"too long":                {BeQuotedString(), long, false, "the answer was longer than 4 MiB"},
		"encoded unasked":         {BeQuotedString(), brotli, false, "encoded as br"},
		"a member":                {HaveMember("a.b", "a number", isNumber), answer(200, `{"a.b": 1}`), true, ""},
		"another type":            {HaveMember("n", "a number", isNumber), answer(200, `{"n": "1"}`), false, `n: "1"`},
		"no member": {HaveMember("n", "a number", isNumber), answer(200, `{"m": 1}`), false,
			"no n in the body"},
		"a member of no object": {HaveMember("n", "a number", isNumber), answer(200, `[{"n": 1}]`), false, "no n"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			met, err := test.matcher.Match(test.e)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(met).To(Equal(test.met))
			if !met {
				g.Expect(test.matcher.FailureMessage(test.e)).
					To(And(HavePrefix("  expected  "), ContainSubstring("\n  got       "), ContainSubstring(test.got)))
			}
		})
	}
}

func TestCookieMatchers(t *testing.T) {
	g := NewWithT(t)
	e := answer(200, "", "Set-Cookie", "sid=old", "Set-Cookie", "other=1; HttpOnly", "Set-Cookie", "sid=new")
	value := func(want string) func(exchange.Cookie) bool {
		return func(c exchange.Cookie) bool { return c.Value == want }
	}
	g.Expect(e).To(HaveCookie("sid", "sid=new", value("new")))
	g.Expect(e).NotTo(HaveCookie("sid", "sid=old", value("old")), "the last one of a name counts")
	g.Expect(e).To(HaveAnyCookie("some cookie of 1", value("1")))
	m := HaveCookie("none", "none=1", value("1"))
	_, _ = m.Match(e)
	g.Expect(m.FailureMessage(e)).
		To(And(ContainSubstring("expected  Set-Cookie: none=1"), ContainSubstring("Set-Cookie: other=1; HttpOnly")))
	_, _ = m.Match(answer(200, ""))
	g.Expect(m.FailureMessage(answer(200, ""))).To(ContainSubstring("no Set-Cookie header"))
}

func TestMatchersTakeExchangesOnly(t *testing.T) {
	for _, wrong := range []any{nil, "x", (*exchange.Exchange)(nil)} {
		_, err := BeSuccess().Match(wrong)
		NewWithT(t).Expect(err).To(HaveOccurred())
	}
}

func TestExcerptIsSafeToPrint(t *testing.T) {
	g := NewWithT(t)
	shown := Excerpt(answer(200, "\x1b[31mred\x00\u202e\n"+strings.Repeat("é", 500)))
	g.Expect(shown).NotTo(MatchRegexp(`[\x00-\x1f\x7f\x{202e}]`))
	g.Expect(len(shown)).To(BeNumerically("<", 600))
	g.Expect(shown).To(HaveSuffix("…"))
}

func FuzzJSONString(f *testing.F) {
	for _, seed := range []string{`"a"`, ` "\ud800" `, `"`, `""`, `"a" "b"`, "\"\x00\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if s, err := JSONString(body); err == nil && !gjson.ValidBytes(body) {
			t.Errorf("%q is read as %q", body, s)
		}
		ParseJSON(answer(200, string(body)))
	})
}
