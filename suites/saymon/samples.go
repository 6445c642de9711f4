package saymon

import (
	files "embed"
	"strings"

	. "session-conformance/support/evidence"
	"session-conformance/support/exchange"
	"session-conformance/support/session"
	"session-conformance/support/vary"
)

// What the documents' sample clients send, as it was recorded. {login} and {password} stand for the values as JSON.
//
//go:embed samples/*.http
var recorded files.FS

// sample is a client of the documents: its login, and its request for the current user with the session.
type sample struct {
	session.Sample
	name       string // of its file, and as texts call it
	login, use *Step
	scenario   *Scenario
}

// samples are all of them.
var samples = []*sample{sampleOf("curl", asUTF8), sampleOf("fetch", asUTF8), sampleOf("nodejs", asUTF8),
	sampleOf("python", asEscapes)}

func asUTF8(value string) string { return vary.JSON(value) }

// asEscapes writes \uXXXX for what is not ASCII.
func asEscapes(value string) string { return vary.JSONEscaped(value, false) }

func sampleOf(name string, write func(string) string) *sample {
	text, err := recorded.ReadFile("samples/" + name + ".http")
	if err != nil {
		panic(err) // it is embedded
	}
	steps := &Steps{}
	s := &sample{Sample: session.ReadSample(string(text), write), name: name, login: steps.Step("log in"),
		use: steps.Step("who am I")}
	s.scenario = saymon.Scenario("log in as the sample for "+name+" does", steps, s.run, Account("user"))
	return s
}

// run logs in and asks for the current user as the client does, with the text of the answer without its quotation marks
// as the session ID.
func (s *sample) run(t *Caller) {
	t.Alone("user", func() {
		login := logIn(t, s.login, s.Body(byLogin.Right(t)), append(s.options(), Opens("user"))...)
		if id := asClientsRead(login); id != "" {
			t.Get(s.use, currentPath, append(s.options(), Cookie("sid", id))...)
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
func (s *sample) options() []Option { return s.Options(Lacking("User-Agent", "Accept-Encoding")) }
