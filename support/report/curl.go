package report

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"session-conformance/support/exchange"
)

// ownHeaders are not worth repeating in a curl line.
var ownHeaders = []string{"User-Agent", "Accept-Encoding", "Authorization", "Cookie", "Transfer-Encoding"}

// Curl is the line that sends an exchange's request again. Secrets in it are the stand-ins of the evidence; where a
// secret's place is known, a variable of the shell takes it.
func Curl(e *exchange.Exchange) string {
	line := []string{"curl -sS -i"}
	if e.Request.Method != http.MethodGet {
		line = append(line, "-X "+e.Request.Method)
	}
	line = append(line, quote(e.Request.URL))
	names := make([]string, 0, len(e.Request.Header))
	for name := range e.Request.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !slices.Contains(ownHeaders, name) {
			line = append(line, "-H "+quote(name+": "+e.Request.Header.Get(name)))
		}
	}
	if scheme, _, ok := strings.Cut(e.Request.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Basic") {
		line = append(line, `-u "$LOGIN:$PASSWORD"`)
	}
	if cookie := e.Request.Header.Get("Cookie"); cookie != "" {
		name, _, _ := strings.Cut(cookie, "=")
		line = append(line, fmt.Sprintf(`-H "Cookie: %s=$SESSION"`, strings.Map(plain, name)))
	}
	if e.Request.Chunked {
		line = append(line, "-H 'Transfer-Encoding: chunked'")
	}
	if len(e.Request.Body) > 0 {
		line = append(line, "--data-raw "+quote(string(e.Request.Body)))
	}
	return strings.Join(line, " ")
}

// quote makes a word for the shell.
func quote(word string) string {
	quoted, err := syntax.Quote(word, syntax.LangBash)
	if err != nil { // it holds a NUL, which no shell can pass
		return "'…'"
	}
	return quoted
}

// plain keeps what a cookie's name may hold and a shell leaves alone between double quotes.
func plain(c rune) rune {
	if c > ' ' && c < 0x7f && !strings.ContainsRune("\"`$\\", c) {
		return c
	}
	return -1
}
