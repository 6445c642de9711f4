//go:build unit

package repro

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	_ "session-conformance/suites/apis" // whose settings scripts take from variables
	"session-conformance/support/exchange"
)

// lineOf is the line of a request of which the evidence has the secrets.
func lineOf(r exchange.Request, secrets map[string]string, earlier ...*exchange.Exchange) string {
	last := &exchange.Exchange{Number: 9, Request: r}
	return Finding{Run: &Run{Exchanges: append(earlier, last), Secrets: secrets,
		Variables: map[string]string{"user.password": "MINE", "token": "$(touch x)"}}, Last: last}.Line()
}

// wordsOf gives the words that a shell makes of a line.
func wordsOf(t *testing.T, line string) []string {
	t.Helper()
	cmd := exec.Command("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; "+line)
	cmd.Env = append(os.Environ(), `MINE=a <b> & "c\d"`, "TOKEN=x y&z+Ж")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%s%v", line, output, err)
	}
	return strings.Split(strings.TrimSpace(string(output)), "\n")
}

func TestALineTakesSecretsFromVariablesAndEscapesThem(t *testing.T) {
	g := NewWithT(t)
	secrets := map[string]string{"stand-in-of-it": "user.password", "token-1234": "token", "abcdefgh": "invented session",
		"made-of-it": "user.password twice"}
	post := func(body string) exchange.Request {
		return exchange.Request{Method: "POST", URL: "http://h/", Body: []byte(body)}
	}
	line := lineOf(exchange.Request{Method: "POST", URL: "http://h/a?b=c&d='x'", Chunked: true,
		Header: http.Header{"Content-Type": {"application/json"}, "Cookie": {"sid=abcdefgh"},
			"Authorization": {"Basic eDpzdGFuZC1pbi1vZi1pdA=="}, "User-Agent": {"u"}},
		Body: []byte(`{"a": "it's $HOME ` + "`id`" + `", "password": "stand-in-of-it"}`)}, secrets)
	g.Expect(wordsOf(t, line)).To(Equal([]string{"-sS", "-i", "-X", "POST", "http://h/a?b=c&d='x'", "-H",
		"Content-Type: application/json", "-H", "Cookie: sid=abcdefgh", "-u", `x:a <b> & "c\d"`, "-H",
		"Transfer-Encoding: chunked", "--data-binary",
		`{"a": "it's $HOME ` + "`id`" + `", "password": "a <b> & \"c\\d\""}`}))
	g.Expect(strings.Count(line, "\n")).To(BeZero())
	g.Expect(wordsOf(t, lineOf(post("<p>stand-in-of-it</p>"), secrets))).
		To(ContainElement(`<p>a &lt;b&gt; &amp; "c\d"</p>`))
	query := lineOf(exchange.Request{Method: "GET", URL: "http://h/?api-token=token-1234&a[b]=c"}, secrets)
	g.Expect(wordsOf(t, query)).To(Equal([]string{"-sS", "-i", "-g", "http://h/?api-token=x+y%26z%2B%D0%96&a[b]=c", "-H",
		"User-Agent:"}), "as it was sent, without one")
	g.Expect(lineOf(post(`"made-of-it"`), secrets)).To(BeEmpty(), "no line makes that")
	g.Expect(lineOf(post("a\x00"), nil)).To(BeEmpty(), "no shell passes that")
	g.Expect(lineOf(post(strings.Repeat("x", longestLine+1)), nil)).To(BeEmpty(), "nobody pastes that")
	login := &exchange.Exchange{Number: 1, Answer: &exchange.Answer{Status: 200, Body: []byte(`"0123456789abcdef"`),
		Header: http.Header{}}}
	g.Expect(lineOf(exchange.Request{Method: "GET", URL: "http://h/",
		Header: http.Header{"Cookie": {"sid=0123456789abcdef"}}},
		secrets, login)).To(BeEmpty(), "the session is an earlier answer's")
}

func TestVariablesAreNamedAfterTheirSettings(t *testing.T) {
	g := NewWithT(t)
	f := Finding{Run: &Run{Variables: map[string]string{"user.password": "$(touch x)", "token": "MINE"}}}
	g.Expect(f.variable("user.password")).To(Equal("USER_PASSWORD"))
	g.Expect(f.variable("9 lives")).To(Equal("_9_LIVES"))
	g.Expect(f.variable("token")).To(Equal("MINE"))
}
