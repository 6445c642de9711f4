package main

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// word is what may be a session ID or a token.
var word = regexp.MustCompile(`[A-Za-z0-9._~+/%-]{16,}=*`)

// Words are what may be session IDs or tokens in an answer: those of its cookies, then those of its body.
func Words(header http.Header, body []byte) []string {
	return word.FindAllString(strings.Join(header.Values("Set-Cookie"), "\n")+"\n"+string(body), -1)
}

func (q *Request) carries(value string) bool {
	return strings.Contains(q.Path, value) || bytes.Contains(q.Body, []byte(value)) ||
		slices.ContainsFunc(q.Header.Values("Cookie"), func(c string) bool { return strings.Contains(c, value) })
}

// With gives the request with the values that live answers made in place of the recorded ones.
func (q Request) With(live map[string]string) Request {
	q.Header = q.Header.Clone()
	for _, value := range q.Uses {
		if live[value] == "" {
			continue // not answered yet, where requests go out side by side
		}
		q.Path = strings.ReplaceAll(q.Path, value, live[value])
		q.Body = bytes.ReplaceAll(q.Body, []byte(value), []byte(live[value]))
		for i, cookie := range q.Header["Cookie"] {
			q.Header["Cookie"][i] = strings.ReplaceAll(cookie, value, live[value])
		}
	}
	return q
}
