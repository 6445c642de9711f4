//go:build long

package sdm_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"session-conformance/support/reference/sdm"
)

// round makes every kind of call once and tells what came back, a line per call. Session IDs are replaced by numbers in
// the order in which they appear, so that two rounds with one server's behaviour read the same.
func round(c client) []string {
	n := &numbers{known: map[string]string{}}
	name, password := c.user.UserName, c.user.Password
	inXML, inJSON := xmlLogin(name, password), jsonLogin(name, password)

	first := n.note("login in XML", c.postXML(loginPath, inXML))
	call := n.note("call", c.probe(first.cookies()))
	if renewed := call.cookies(); renewed != "" {
		n.note("call with the new cookie", c.probe(renewed))
	}
	n.note("call again", c.probe(first.cookies()))
	second := n.note("login in JSON", c.postJSON(loginPath, inJSON))
	n.note("call", c.probe(second.cookies()))
	n.note("first session", c.probe(first.cookies()))
	n.note("no session", c.probe(""))
	for _, id := range invented(second.cookies()) {
		n.note("invented session", c.probe(id))
	}
	n.note("XML for JSON", c.do("POST", loginPath, inJSON, "Content-Type: application/json", "Accept: application/xml"))
	n.note("JSON for XML", c.do("POST", loginPath, inXML, "Content-Type: application/xml", "Accept: application/json"))
	n.note("charset", c.do("POST", loginPath, inJSON, "Content-Type: application/json;charset=utf-8", "Accept: application/json"))
	n.note("one more field", c.postJSON(loginPath, strings.Replace(inJSON, "{", `{"more": 1, `, 1)))

	for what, body := range inOrder(refusedXML(name, password)) {
		n.refused(c, "XML "+what, c.postXML(loginPath, body))
	}
	for what, body := range inOrder(refusedJSON(name, password)) {
		n.refused(c, "JSON "+what, c.postJSON(loginPath, body))
	}
	for _, version := range []string{"v1.1", "v9.9", "v1.3beta"} {
		n.refused(c, version, c.postXML("/rest/"+version+"/admin/login", inXML))
	}

	n.note("logout without a session", c.do("POST", v13+"/logout", ""))
	last := n.note("last login", c.postJSON(loginPath, inJSON))
	n.note("logout", c.do("POST", v13+"/logout", "", "Cookie: "+last.cookies()))
	n.note("call after the logout", c.probe(last.cookies()))
	return n.lines
}

func refusedXML(name, password string) map[string]string {
	good := xmlLogin(name, password)
	return map[string]string{
		"a wrong password": xmlLogin(name, "not the password"), "b unknown user": xmlLogin("nobody", password),
		"c empty password": xmlLogin(name, ""), "d malformed": strings.TrimSuffix(good, "</session>"), "e empty": "",
		"f root": strings.ReplaceAll(good, "session>", "login>"), "g external entity": externalBody, "h bomb": bombBody,
		"i no user":     "<session><password>" + sdm.Escaped(password) + "</password></session>",
		"j no password": "<session><userName>" + sdm.Escaped(name) + "</userName></session>",
	}
}

func refusedJSON(name, password string) map[string]string {
	good := jsonLogin(name, password)
	return map[string]string{
		"a wrong password": jsonLogin(name, "not the password"), "b unknown user": jsonLogin("nobody", password),
		"c empty password": jsonLogin(name, ""), "d malformed": strings.TrimSuffix(good, "}"), "e empty": "",
		"f root": `["session"]`, "g case": jsonLogin(name, strings.ToUpper(password)),
		"h cut off": jsonLogin(name, password[:len(password)-1]),
		"i no user": `{"password": ` + sdm.Quoted(password) + `}`, "j no password": `{"userName": ` + sdm.Quoted(name) + `}`,
	}
}

// inOrder goes through the requests by their names.
func inOrder(requests map[string]string) func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for _, what := range slices.Sorted(maps.Keys(requests)) {
			if !yield(what, requests[what]) {
				return
			}
		}
	}
}

// invented makes Cookie headers that look like the live one.
func invented(cookies string) []string {
	name, id, _ := strings.Cut(cookies, "=")
	if len(id) < 24 {
		return nil
	}
	other := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0' + (r-'0'+1)%10
		}
		return r
	}, id[:24])
	last := "0"
	if id[23] == '0' {
		last = "1"
	}
	return []string{name + "=" + other + id[24:], name + "=" + id[:23] + last + id[24:], name + "=x.tomcat1", name + "=x"}
}

type numbers struct {
	known map[string]string
	lines []string
}

var anID = regexp.MustCompile(`(?i)[0-9a-f]{32}|[\w+/]{22}==`)

// note adds what came back to the lines.
func (n *numbers) note(what string, a answered) answered {
	header := a.header.Clone()
	header.Del("Date")
	header.Del("Content-Length")
	line := fmt.Sprintf("%s: %d %q %.400q", what, a.status, header, a.body)
	n.lines = append(n.lines, anID.ReplaceAllStringFunc(line, func(id string) string {
		if n.known[id] == "" {
			n.known[id] = fmt.Sprintf("#%d", len(n.known)+1)
		}
		return n.known[id]
	}))
	return a
}

// refused notes a refusal and whether a session came with it, in a cookie or in the body.
func (n *numbers) refused(c client, what string, a answered) {
	n.note(what, a)
	n.note(what+", then its cookie", c.probe(a.cookies()))
	if id := a.sessionID(); id != "" {
		n.note(what+", then its sessionId", c.probe("JSESSIONID="+id))
	}
}
