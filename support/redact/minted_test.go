//go:build unit

package redact

import (
	"html"
	"net/url"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// Answers that mint something, with § around what is to be hidden.
var answers = map[string]string{
	"one JSON string":                `"§a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d§"`,
	"one JSON string, spaced":        " \n\"§a5§\"\r\n",
	"one JSON string, escaped":       `"§ab c\/d§"`,
	"one JSON string, quoted":        `"\"§a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d§\""`,
	"a bare ID":                      `§a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d§`,
	"a number":                       "§1234567890123456§\n",
	"a short number":                 "123456789012345",
	"an ID in other quotation marks": `'§a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d§'`,
	"a string and more":              `"§short§" and §a5f946dc-4c21-4ccd§`,
	"an object":                      `{"sessionId": "§37366B7ECFF47D540C87705CF7584AD9.tomcat1§", "aVeryLongNameOfAField": "short"}`,
	"times and counts":               `{"lastSuccessfulLogin": 1451677502000, "micro": 1451677502000000, "f": 1.451677502000001E+12}`,
	"dates and zones":                `{"a": "2026-11-22T10:00:00.000000+02:00", "b": "20261122T100000.000Z", "z": "America/Argentina/Buenos_Aires", "y": "America/New_York"}`,
	"media types and paths":          `{"type": "application/x-www-form-urlencoded", "a": "/node/api/users/current", "b": "https://saymon.acme.test/node/api/users/current"}`,
	"an ID in an address":            `{"href": "https://saymon.acme.test/node/api/sessions/§5f0c2b1a9e5f0c2b1a9e§?a=b"}`,
	"an ID among words":              `{"message": "Welcome. Your session is §5f0c2b1a9e5f0c2b1a9e§, use Bearer §eyJhbGciOi.JIUzI1NiJ9.zz§."}`,
	"a name before an ID":            `{"line": "aVeryLongNameOfACookie=§5f0c2b1a9e5f0c2b1a9e§; Path=/"}`,
	"base64":                         `{"token": "§p/Y+6mLrXk2Vn4a§=", "short": "p/Y+6mLrXk="}`,
	"versions and names":             `{"version": "5.2.0-20241101.build7", "host": "backup-server-12.example.com", "status": "AUTHENTICATED_SUCCESSFULLY"}`,
	"kept words":                     `{"userName": "engineer@quality-assurance.test", "id": "64f1c0a2b7e9d3001c8a4e11"}`,
	"a learnt value":                 `{"sid": "§abc123§", "other": "abc1234", "kept": "word4"}`,
	"XML":                            `<?xml version="1.0" encoding="UTF-8"?><session xmlns="http://www.w3.org/2001/XMLSchema-instance1" a-very-long-attribute="x"><sessionId>§37366B7ECFF47D540C87705CF7584AD9.tomcat1§</sessionId><aVeryLongElementName>§abc123§</aVeryLongElementName><validUntil>valid until logout</validUntil></session>`,
	"XML, spaced": "<session>\n <sessionId>\n  " +
		"§37366B7ECFF47D540C87705CF7584AD9§\n</sessionId></session>",
	"HTML":            `<html><input name=csrf value="§5f0c2b1a9e5f0c2b1a9e§"><script src="/static/application.js"></script></html>`,
	"broken JSON":     `{sid: §5f0c2b1a9e5f0c2b1a9e§, "token": "§5f0c2b1a9e5f0c2b1a9f§`,
	"nothing":         ``,
	"an empty string": `""`,
}

// minted learns and hides what an accepted login's answer mints.
func minted(h *Hider, body []byte) []byte {
	h.LearnBody("a minted value", Minting, body)
	return h.Body(Minting, body)
}

func TestWhatAnAnswerMintsIsHidden(t *testing.T) {
	for name, marked := range answers {
		t.Run(name, func(t *testing.T) {
			h := hider()
			h.Keep("engineer@quality-assurance.test", "64f1c0a2b7e9d3001c8a4e11", "word4")
			h.Learn("cookie", "abc123")
			h.Learn("word", "word4")
			for _, part := range expectMarked(t, marked, func(was []byte) []byte { return minted(h, was) }) {
				NewWithT(t).Expect(len(part) < 16 || len(h.Leaks([]byte(part))) > 0).To(BeTrue(), "it is learnt: "+part)
			}
		})
	}
}

func TestMintedFirstOrLastIsTheSame(t *testing.T) {
	g := NewWithT(t)
	const id = "37366B7ECFF47D540C87705CF7584AD9"
	h := New()
	h.LearnBody("session ID", Minting, []byte(`{"sessionId": "`+id+`"}`))
	g.Expect(h.Text("JSESSIONID=" + id)).To(Equal("JSESSIONID=" + h.StandIn(id)))
	g.Expect(string(minted(h, []byte(`"`+id+`"`)))).To(Equal(`"` + h.StandIn(id) + `"`))
	g.Expect(h.Leaks([]byte(id))).To(Equal([]string{"session ID"}))
}

func TestHidingOfOneRunInParallel(t *testing.T) {
	h := New()
	done := make(chan string)
	for range 8 {
		go func() {
			h.Learn("a", "5f0c2b1a9e5f0c2b")
			h.Keep("word")
			minted(h, []byte(`{"sid": "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"}`))
			h.Leaks([]byte("5f0c2b1a9e5f0c2b"))
			done <- h.Text("5f0c2b1a9e5f0c2b")
		}()
	}
	first := <-done
	for range 7 {
		NewWithT(t).Expect(<-done).To(Equal(first))
	}
}

// A run of ID characters within a password is none of its own, or the rest of the password would stay.
func TestMintedHidesAPasswordWithARunAsAWhole(t *testing.T) {
	g := NewWithT(t)
	const password, id = `My "dog" & <long-word-within-it>`, "a5f946dc-4c21-4ccd-b78b-f0a5fce94f4d"
	escaped := strings.ReplaceAll(password, `"`, `\"`)
	for _, body := range []string{
		`{"message": "no ` + escaped + ` here"}`,
		`{"message": "no ` + escaped + ` here", "id": "` + id + `"}`,
		`{"message": "` + id + ` and ` + escaped + ` and sid-` + id + `"}`,
		`{"message": "` + url.QueryEscape(password) + `"}`,
		"<e>" + html.EscapeString(password) + "</e>",
		password,
	} {
		h := hider(password)
		h.LearnBody("minted", Minting, []byte(body))
		h.Learn("id", id)
		hidden := string(minted(h, []byte(body)))
		g.Expect(hidden).NotTo(ContainSubstring("My"), body)
		g.Expect(hidden).NotTo(ContainSubstring("dog"), body)
		g.Expect(hidden).NotTo(ContainSubstring(id[:8]), body)
		g.Expect(h.Leaks([]byte(hidden))).To(BeEmpty(), body)
		g.Expect(h.StandIn("long-word-within-it")).NotTo(BeEmpty())
		g.Expect(h.Leaks([]byte("a long-word-within-it"))).To(BeEmpty(), "a part of a password is no secret of its own")
	}
	h := hider("hunter2-x!!")
	g.Expect(string(h.Body(Answered, []byte(`{"password": "Xy;hunter2-x!!"}`)))).
		NotTo(Or(ContainSubstring("Xy"), ContainSubstring("hunter2")), "nor does what stands before it stay")
	token := "e30.eyJzZWNyZXQiOiJzZWNyZXQtOTk5In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ" // {"secret":"secret-999"} is within
	h = hider("secret-999")
	g.Expect(string(minted(h, []byte(`{"token": "`+token+`"}`)))).To(Equal(`{"token": "`+h.StandIn(token)+`"}`),
		"a token is hidden as a whole")
}
