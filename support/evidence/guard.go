package evidence

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	"session-conformance/support/exchange"
)

// guarded looks for the target's secrets in its evidence as it is about to be written. Hiding has left none; where it
// has, that piece is masked, and the evidence says so. Evidence that cannot be masked is left out as a whole, and
// nothing else is.
func (r *recorder) guarded(har []byte) []byte {
	masked, labels, ok := r.hider.Mask(har)
	switch {
	case len(labels) == 0:
		return har
	case ok:
		r.masked = Mistake("the evidence", labels)
		if ev, err := Read(masked); err == nil { // once more, with the sentence
			ev.Target.Masked = r.masked
			masked, _, _ = r.hider.Mask(encode(ev.Target, ev.Exchanges, ev.Outcomes, Version()))
			return sealed(masked)
		}
	}
	r.leftOut = true
	return r.bare("its evidence is left out, because a secret in it (" + strings.Join(labels, ", ") +
		") could not be masked. " + OurMistake)
}

// ownWords are what each HAR file of ours says by itself, and the words of the protocol: who takes one of them for a
// password has it hidden where it stands for that, and nowhere else.
var ownWords = sync.OnceValue(func() []string {
	e := &exchange.Exchange{NoAnswer: "-", Notes: map[string]string{"-": "-"}, Resent: true, Resends: 1, Waited: 1,
		Mints: true, Configured: true,
		Request: exchange.Request{Body: []byte{'-'}, Chunked: true, LeftOut: 1, Header: http.Header{"Cookie": {"-=-"}}},
		Answer: &exchange.Answer{Header: http.Header{"Set-Cookie": {"-=-; HttpOnly"}}, Body: []byte{0xff}, TooLong: true,
			Undecoded: "-"}}
	words := []string{string(encode(Target{Course: Course{Stopped: "-", TooCommon: []string{"-"}, Masked: "-",
		StandIns: map[string]string{"-": "-"}, Made: map[string]Made{"-": {"-", "-"}},
		TookTurns: true, LeftOut: true}},
		[]*exchange.Exchange{e}, []Outcome{{Step: "-"}}, ""))}
	for status := 100; status < 600; status++ {
		if text := http.StatusText(status); text != "" {
			words = append(words, text)
		}
	}
	return append(words, strings.Fields(protocolWords)...)
})

// protocolWords are values and names of headers and attributes that verdicts may rest on.
const protocolWords = `HTTP/1.0 HTTP/1.1 HTTP/2.0 HTTP/3.0 application/json application/xml text/html text/plain
text/xml application/x-www-form-urlencoded application/octet-stream application/problem+json charset=utf-8
SameSite=Strict SameSite=Lax Max-Age Expires Partitioned keep-alive no-cache no-store must-revalidate chunked
identity Accept-Encoding Authorization Cache-Control Connection Content-Encoding Content-Length Content-Type
Retry-After Set-Cookie Transfer-Encoding User-Agent WWW-Authenticate X-Session-Id localhost 127.0.0.1`

// Mistake says that a piece held secrets, which only a mistake of the suite can cause.
func Mistake(piece string, labels []string) string {
	return fmt.Sprintf("%s held a secret (%s), which was masked where it stood. %s", piece, strings.Join(labels, ", "),
		OurMistake)
}

// OurMistake says whose mistake a secret is in what was to be written.
const OurMistake = "All secrets are replaced before anything is judged or written, so this is a mistake of the suite " +
	"and not of the product: please report it."
