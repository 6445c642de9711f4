//go:build unit

package redact

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"session-conformance/support/canary"
)

// wordsOfErrors are what codes, messages, paths and frames of stacks are made of.
var wordsOfErrors = strings.Fields(
	`Invalid Credentials Unauthorized Authentication Failed Exception auth-service-params session login email token is absent
	expired NotEmptyValidator org.springframework.security.authentication com.acme.rest.SessionResource.login node_modules/restify/lib/server.js:912:30
	/node/api/users/session ERR_AUTH_0042 E11000 HTTP401 user.password must not be blank; field "login" 'api-token' (401) v3.21.0 2026-11-28T20:15:30Z
	application/json; Неверный пароль Ungültiges Kennwort ログインに失敗しました AUTHENTICATION_REQUIRED invalid_grant BadCredentialsException`)

var errorBodies = []string{`{"code":"%s","message":"%s"}`, `{"error":"%s","error_description":"%s"}`,
	"<html><head><title>%s</title></head><body><h1>%s</h1></body></html>",
	`<error><code>%s</code><message>%s</message></error>`, "%s: %s\n",
	`{"message":"{\"errorCode\":3,\"reason\":\"%s\",\"message\":\"%s\"}"}`,
	`{"errors":{"password":["%s"],"detail":"%s"}}`, `[{"loc":["body","password"],"type":"%s","msg":"%s"}]`}

// FuzzWords looks for words of a refusal that change. The input chooses words and a body for them.
func FuzzWords(f *testing.F) {
	for i := range errorBodies {
		f.Add(byte(i), []byte{byte(3 * i), byte(5*i + 1), 9}, []byte{byte(7 * i), 20, 31, byte(i)})
	}
	f.Fuzz(func(t *testing.T, form byte, code, message []byte) {
		phrase := func(chosen []byte, between string) string {
			var words []string
			for _, c := range chosen[:min(len(chosen), 20)] {
				if word := wordsOfErrors[int(c)%len(wordsOfErrors)]; between == " " || !strings.ContainsAny(word, ":;=") {
					words = append(words, word)
				}
			}
			return strings.NewReplacer(`"`, "'", "<", "(", "&", "and").Replace(strings.Join(words, between))
		}
		shape := errorBodies[int(form)%len(errorBodies)]
		first := phrase(code, "_")
		if strings.Contains(shape, `"password":["%s"]`) {
			first = "The value: " + phrase(code, " ") // a sentence: a word alone under that name may be a password
		}
		body := []byte(fmt.Sprintf(shape, first, phrase(message, " ")))
		h := hider("a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", nasty)
		for _, from := range []Origin{Refused, RefusedLogin} {
			h.LearnBody("refusal", from, body)
			if got := h.Body(from, body); string(got) != string(body) {
				t.Errorf("%s became %s", body, got)
			}
		}
	})
}

// FuzzSecrets looks for places where a learnt secret survives. The search for it shares no code with hiding.
func FuzzSecrets(f *testing.F) {
	for i := range 8 {
		f.Add("hunter2-&-\"hunter3\" é", byte(i), byte(i*3), []byte("no answer"))
		f.Add("a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d", byte(i), byte(i+1), []byte(`{"a": `))
	}
	write := []func(string) string{func(s string) string { return s },
		func(s string) string { return encoders["JSON"](s) }, func(s string) string { return xml.plain(s) },
		url.QueryEscape, url.PathEscape, func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
		func(s string) string { return base64.URLEncoding.EncodeToString([]byte("qa:" + s)) },
		func(s string) string { return encoders["hexadecimal"](s) },
		func(s string) string { return encoders["gzip"](s) }, func(s string) string { return encoders["JSON in JSON"](s) }}
	f.Fuzz(func(t *testing.T, secret string, inner, outer byte, around []byte) {
		if !isChosen(secret) || len(secret) < shortest || !utf8.ValidString(secret) {
			t.Skip()
		}
		text := string(around) + write[int(outer)%len(write)](write[int(inner)%len(write)](secret)) + string(around)
		finder := canary.NewFinder([]string{secret})
		if len(finder.Find([]byte(text))) == 0 {
			t.Skip() // what is around it made it unreadable
		}
		h := hider(secret)
		for name, hidden := range map[string]string{"Text": h.Text(text), "Body": string(h.Body(Refused, []byte(text))),
			"Value": h.Value(Answered, "X-Debug", text)} {
			if len(finder.Find([]byte(hidden))) > 0 {
				t.Errorf("%s leaves %q in %q: %q", name, secret, text, hidden)
			}
		}
	})
}
