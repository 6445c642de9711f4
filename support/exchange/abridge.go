package exchange

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
