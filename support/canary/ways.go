package canary

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Way is a place of an answer, and an encoding, in which a server echoes secrets.
type Way struct {
	Name string
	Body bool // it replaces the body
	// Large says that the body has some megabytes.
	Large bool
	// Dropped says that a client of ours takes no notice of the place, so that nothing of it can leave.
	Dropped bool
	// Breaks says that the answer is no HTTP: the client says so, and repeats nothing of it.
	Breaks bool
	Echo   func(a *answer, secrets []string)
}

// Ways are all ways, those of bodies first.
func Ways() []Way {
	var all []Way
	for _, list := range [][]Way{bodies, compressed, heads, broken} {
		all = append(all, list...)
	}
	return all
}

// heads are ways in what stands before the body, and behind it.
var heads = []Way{
	{Name: "header", Echo: func(a *answer, secrets []string) {
		a.header.Add("X-Debug", "you sent "+oneLine(secrets, url.PathEscape))
	}},
	{Name: "header-as-it-stands", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.more = append(a.more, "X-Debug: you sent "+unbroken.Replace(s))
		}
	}},
	{Name: "header-base64", Echo: func(a *answer, secrets []string) {
		a.header.Add("X-Debug", "seen="+base64.StdEncoding.EncodeToString([]byte("user:"+strings.Join(secrets, " "))))
	}},
	{Name: "header-name", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.more = append(a.more, "X-"+token(s)+": refused", token(s)+": refused")
		}
	}},
	{Name: "status-text", Echo: func(a *answer, secrets []string) {
		a.line = fmt.Sprintf("HTTP/1.1 %d No %s", a.status, oneLine(secrets, unbroken.Replace))
	}},
	{Name: "redirect", Body: true, Echo: func(a *answer, secrets []string) {
		a.status = http.StatusFound
		a.header.Set("Location", "/login?was="+oneLine(secrets, url.QueryEscape))
	}},
	{Name: "cookie-attribute", Echo: func(a *answer, secrets []string) {
		first := token(secrets[0])
		a.header.Add("Set-Cookie", "seen=1; Path=/"+oneLine(secrets, url.PathEscape)+"; Domain="+first+"; "+first)
	}},
	{Name: "cookie-name", Echo: func(a *answer, secrets []string) {
		for _, s := range secrets {
			a.header.Add("Set-Cookie", token(s)+"=1; Path=/")
		}
	}},
	{Name: "realm", Echo: func(a *answer, secrets []string) {
		a.header.Add("Www-Authenticate", `Basic realm="`+hex.EncodeToString([]byte(strings.Join(secrets, ",")))+`"`)
	}},
	{Name: "media-type", Echo: func(a *answer, secrets []string) {
		a.header.Set("Content-Type", a.header.Get("Content-Type")+"; was="+oneLine(secrets, url.PathEscape))
	}},
	{Name: "interim", Dropped: true, Echo: func(a *answer, secrets []string) {
		a.before = "HTTP/1.1 103 Early Hints\r\nLink: </" + oneLine(secrets, url.PathEscape) + ">; rel=preload\r\n\r\n"
	}},
	{Name: "trailer", Dropped: true, Echo: func(a *answer, secrets []string) {
		a.header.Set("Trailer", "X-Seen")
		if a.status == http.StatusNoContent {
			return
		}
		if len(a.body) > 0 {
			a.chunks = fmt.Sprintf("%x\r\n%s\r\n", len(a.body), a.body)
		}
		a.chunks += "0\r\nX-Seen: " + oneLine(secrets, url.PathEscape) + "\r\n\r\n"
	}},
}

// broken are ways that end in an error of net/http, which quotes what it read: a status line, or a line of the header.
var broken = []Way{
	breaks("no-status-line", "ERROR ", ""),
	breaks("no-status", "HTTP/1.1 ", ""),
	breaks("no-protocol", "HTTP/", " 200 OK"),
	breaks("no-header", "", ""),
	breaks("no-length", "Content-Length: ", ""),
	breaks("no-transfer-encoding", "Transfer-Encoding: ", ""),
}

func breaks(name, before, after string) Way {
	return Way{Name: name, Body: true, Breaks: true, Echo: func(a *answer, secrets []string) {
		line := before + oneLine(secrets, token) + after
		if strings.HasPrefix(line, "HTTP/") || strings.HasPrefix(line, "ERROR") {
			a.line = line
		} else {
			a.more = []string{line}
		}
	}}
}

// unbroken takes out what would end a line.
var unbroken = strings.NewReplacer("\r", "", "\n", "")

// oneLine joins secrets, each encoded, to what may stand in a header.
func oneLine(secrets []string, encode func(string) string) string {
	var all []string
	for _, s := range secrets {
		all = append(all, encode(s))
	}
	return strings.Join(all, ",")
}

// token is a secret as it may stand where HTTP allows few characters: it is kept where it has no others, else in
// hexadecimal.
func token(secret string) string {
	for _, c := range []byte(secret) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '.' || c == '_') {
			return hex.EncodeToString([]byte(secret))
		}
	}
	return secret
}

func seen(secrets []string) string { return asJSON(map[string]any{"message": "no", "seen": secrets}) }

func asJSON[T any](value T) string {
	text, _ := json.Marshal(value)
	return string(text)
}
