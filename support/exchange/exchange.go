// Package exchange sends one request within bounds and records what came of it.
package exchange

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// BodyLimit is how much of an answer's body is read, in bytes after decompression.
	BodyLimit = 4 << 20
	// reasonShown is how much of a reason phrase is shown, in bytes.
	reasonShown = 80
	// LongBodyKept is what is kept of a body longer than BodyLimit, in bytes.
	LongBodyKept = 32 << 10
)

// Request is what is asked. Its URL is absolute.
type Request struct {
	Method  string
	URL     string
	Header  http.Header
	Body    []byte
	Chunked bool // the body is sent in chunks, without a length
	// NoLength says that it went out with neither a length nor chunks, as curl sends a POST without a body.
	NoLength bool
	Fresh    bool // on a connection of its own, which nothing used before
	// Again is asked before a request that was put off goes out again; nil: it may.
	Again   func() bool
	Urgency int // of the requests that wait for a slot, the most urgent one goes first
	LeftOut int // bytes of a repeated character that were sent, and that Body leaves out now: see Abridge
}

// Answer is what came back, decompressed.
type Answer struct {
	Status int
	Reason string // the status line's text after the code; may be empty
	Proto  string // HTTP/1.1
	Header http.Header
	Body   []byte
	// TooLong says that the body was longer than BodyLimit; Body holds its first LongBodyKept bytes.
	TooLong bool
	// Undecoded names a Content-Encoding that nobody asked for or that did not decode; Body holds the bytes as they came.
	Undecoded string
	document  atomic.Pointer[document]
}

// document is what a parser made of a body.
type document struct {
	root any
	err  error
}

// Document gives what a parser makes of the body. It is called once only: many specs ask, and a body does not change;
// so nobody must change the document either.
func (a *Answer) Document(parse func() (root any, err error)) (root any, err error) {
	known := a.document.Load()
	if known == nil {
		known = &document{}
		known.root, known.err = parse()
		a.document.Store(known)
	}
	return known.root, known.err
}

// Exchange is one request and its answer, or how it failed to answer.
type Exchange struct {
	Number   int // within the target's evidence, from 1; by scenario, then step
	Scenario string
	Step     string
	// the step, in the same scenario, of the refused login whose answer left what this request uses; mostly empty
	TryOf   string
	Request Request
	Answer  *Answer // nil where none came
	// NoAnswer says in words why no whole answer came; empty otherwise.
	NoAnswer string
	// Unsendable says that NoAnswer is not the target's silence: the request could not be sent.
	Unsendable bool
	// Unsent says that there was no connection to send the request on: so NoAnswer is not what the target does about it.
	// It is known while the target is asked only.
	Unsent bool
	// NotAsked says why the request was never sent; empty otherwise. Such an exchange is in no evidence.
	NotAsked string
	Started  time.Time
	Took     time.Duration
	Resent   bool          // went out once more, because a kept connection had closed idle
	Waited   time.Duration // in all for a target that was busy, before it was sent again
	Resends  int           // how often it was sent again for that
	// Mints says that the answer makes a secret: a session, a token.
	Mints bool
	// Configured says that the request carried the credentials of the target's settings as they stand.
	Configured bool
	// Account is the one of which a login may open a session, as targets.yaml has it: user, other_user, node. It is known
	// while the target is asked only.
	Account string
	// Notes are facts that a scenario recorded while it knew the real values.
	Notes map[string]string
}

// Unanswered says why there is nothing to judge, or is empty. A status that speaks for somebody on the way or for load
// refuses nothing: it is no answer. Nor is a firewall's page.
func (e *Exchange) Unanswered() string {
	switch {
	case e.NotAsked != "":
		return "not asked: " + e.NotAsked
	case e.Notes[voidNote] != "":
		return "not judged: " + e.Notes[voidNote]
	case e.NoAnswer != "" && e.Notes[ThereNote] != "":
		return ""
	case e.NoAnswer != "":
		return "no answer: " + e.NoAnswer
	case e.Answer == nil:
		return "no answer"
	case SpeaksForAnother(e.Answer.Status) && e.Notes[steadyNote] == "":
		return e.spokenForAnother()
	}
	return e.HeldBack()
}

// ThereNote says how it was found that the target is there, though it gave no answer to what it must refuse: that
// silence is then what it does, and can be judged.
const ThereNote = "there"

const voidNote = "void"

// Void says why the answer tells nothing about the product.
func (e *Exchange) Void(why string) { e.Note(voidNote, why) }

// Answered says that there is an answer to judge.
func (e *Exchange) Answered() bool { return e != nil && e.Unanswered() == "" }

// Status is the answer's status code, 0 without an answer.
func (e *Exchange) Status() int {
	if e == nil || e.Answer == nil {
		return 0
	}
	return e.Answer.Status
}

// Succeeded says that a whole answer with a status 2xx came.
func (e *Exchange) Succeeded() bool {
	return e != nil && e.NoAnswer == "" && e.Status() >= 200 && e.Status() < 300
}

// StatusLine is the status as people write it: "401 Unauthorized".
func (e *Exchange) StatusLine() string {
	if e.Status() == 0 {
		return "no answer"
	}
	if http.StatusText(e.Status()) == "" {
		return strings.TrimSpace(fmt.Sprintf("%d %s", e.Status(), Printable(e.Answer.Reason, reasonShown)))
	}
	return statusText(e.Status())
}

// statusText is a status as people write it, as far as its code has a name.
func statusText(status int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
}

// Body is the answer's body, nil without an answer.
func (e *Exchange) Body() []byte {
	if e == nil || e.Answer == nil {
		return nil
	}
	return e.Answer.Body
}

// Header is the answer's first header of that name, or empty.
func (e *Exchange) Header(name string) string {
	if e == nil || e.Answer == nil {
		return ""
	}
	return e.Answer.Header.Get(name)
}

// Note records a fact of the real values under a name, for specs, which see only stand-ins.
func (e *Exchange) Note(name, value string) {
	if e.Notes == nil {
		e.Notes = map[string]string{}
	}
	e.Notes[name] = value
}

// MediaType is the answer's Content-Type without parameters, in lower case.
func (e *Exchange) MediaType() string {
	mediaType, _, _ := strings.Cut(e.Header("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(mediaType))
}
