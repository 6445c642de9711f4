package exchange

import "net/http"

// Size is about how many bytes the exchange takes in memory.
func (e *Exchange) Size() int {
	size := len(e.Request.URL) + headerSize(e.Request.Header) + len(e.Request.Body)
	if e.Answer != nil {
		size += headerSize(e.Answer.Header) + len(e.Answer.Reason) + len(e.Answer.Body) + len(e.Answer.Undecoded)
	}
	return size
}

// fieldSize is what a header field takes besides its text.
const fieldSize = 64

func headerSize(h http.Header) int {
	size := 0
	for name, values := range h {
		for _, value := range values {
			size += fieldSize + len(name) + len(value)
		}
	}
	return size
}

// Forget drops the answer, and what of the request is long. why says so in its place.
func (e *Exchange) Forget(why string) {
	e.Answer, e.NoAnswer = nil, why
	for name, values := range e.Request.Header {
		if headerSize(http.Header{name: values}) > 4<<10 {
			delete(e.Request.Header, name)
		}
	}
}

// Runs of one character from so many bytes on are shortened to so few: nobody wants to read them, and a thousand
// targets' worth takes longer to hide and to write than all the rest.
const (
	longRun  = 1024
	shortRun = 64
)

// Abridge shortens the first long run of one character in the body of a request that was sent, and says in LeftOut by
// how much.
func (r *Request) Abridge() {
	for from := 0; from < len(r.Body); {
		to := from
		for to < len(r.Body) && r.Body[to] == r.Body[from] {
			to++
		}
		if to-from >= longRun {
			r.LeftOut = to - from - shortRun
			r.Body = append(append([]byte{}, r.Body[:from+shortRun]...), r.Body[to:]...)
			return
		}
		from = to
	}
}
