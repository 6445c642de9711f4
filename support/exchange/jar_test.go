//go:build unit

package exchange

import (
	"net/http"
	"testing"

	. "github.com/onsi/gomega"
)

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
