package saymon

import (
	"context"
	files "embed"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/vary"
)

// What the documents' sample clients send, as it was recorded. {login} and {password} stand for the values as JSON.
//
//go:embed samples/*.http
var recorded files.FS

// sample is a client of the documents: its login, and its request for the current user with the session.
type sample struct {
	name       string // of its file, and as texts call it
	login, use *Step
	escapes    bool // it writes \uXXXX for what is not ASCII
	headers    map[string]string
	body       string
	scenario   *Scenario
}

// samples are all of them.
var samples = []*sample{sampleOf("curl", false), sampleOf("fetch", false), sampleOf("nodejs", false),
	sampleOf("python", true)}

func sampleOf(name string, escapes bool) *sample {
	text, err := recorded.ReadFile("samples/" + name + ".http")
	if err != nil {
		panic(err) // it is embedded
	}
	steps := &Steps{}
	s := &sample{name: name, login: steps.Step("log in"), use: steps.Step("who am I"), escapes: escapes,
		headers: map[string]string{}}
	head, body, _ := strings.Cut(string(text), "\r\n\r\n")
	s.body = body
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, value, _ := strings.Cut(line, ": ")
		s.headers[name] = value
	}
	s.scenario = saymon.Scenario("log in as the sample for "+name+" does", steps, s.run, Account("user"))
	return s
}

// run logs in and asks for the current user as the client does, with the text of the answer without its quotation marks
// as the session ID.
func (s *sample) run(ctx context.Context, t *Caller) {
	t.Alone("user", func() {
		write := func(text string) string { return vary.JSON(text) }
		if s.escapes {
			write = func(text string) string { return vary.JSONEscaped(text, false) }
		}
		body := strings.NewReplacer("{login}", write(t.User.Login), "{password}", write(t.User.Password)).Replace(s.body)
		login := logIn(ctx, t, s.login, JSONText(body), append(s.options(), Opens("user"))...)
		if id := asClientsRead(login); id != "" {
			t.Get(ctx, s.use, currentPath, append(s.options(), Cookie("sid", id))...)
		}
	})
}

// asClientsRead is the session ID as a client reads it by the documents: the text of the body without its quotation
// marks.
func asClientsRead(login *exchange.Exchange) string {
	if !login.Succeeded() {
		return ""
	}
	return strings.Trim(strings.TrimSpace(string(login.Body())), `"`)
}

// options are the client's header fields, and none of those that it does not send.
func (s *sample) options() []Option {
	all := []Option{Lacking("User-Agent", "Accept-Encoding")}
	for name, value := range s.headers {
		switch name {
		case "Transfer-Encoding":
			all = append(all, Chunked())
		case "Content-Type": // the body brings it
		default:
			all = append(all, Header(name, value))
		}
	}
	return all
}
