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
	return r.bare("its evidence is left out, because a secret in it could not be masked: " +
		Mistake("the evidence", labels))
}

// ownWords are what each HAR file of ours says by itself.
var ownWords = sync.OnceValue(func() string {
	e := &exchange.Exchange{NoAnswer: "-", Notes: map[string]string{"-": "-"}, Resent: true, Resends: 1, Waited: 1,
		Mints: true, Configured: true,
		Request: exchange.Request{Body: []byte{'-'}, Chunked: true, LeftOut: 1, Header: http.Header{"Cookie": {"-=-"}}},
		Answer: &exchange.Answer{Header: http.Header{"Set-Cookie": {"-=-; HttpOnly"}}, Body: []byte{0xff}, TooLong: true,
			Undecoded: "-"}}
	return string(encode(Target{Course: Course{Stopped: "-", TooCommon: []string{"-"}, Masked: "-",
		StandIns: map[string]string{"-": "-"}, Made: map[string]Made{"-": {"-", "-"}},
		TookTurns: true, LeftOut: true}},
		[]*exchange.Exchange{e}, []Outcome{{Step: "-"}}, ""))
})

// Mistake says that a piece held secrets, which only a mistake of the suite can cause.
func Mistake(piece string, labels []string) string {
	return fmt.Sprintf("%s held a secret (%s), which was masked where it stood. All secrets are replaced before "+
		"anything is judged or written, "+
		"so this is a mistake of the suite and not of the product: please report it.", piece, strings.Join(labels, ", "))
}
