package evidence

import "sync/atomic"

// Progress counts while evidence is gathered. A nil Progress counts nothing.
type Progress struct {
	requests atomic.Int64
	targets  atomic.Int64
}

// Count gives the requests answered or given up so far, and the targets that are done.
func (p *Progress) Count() (requests, targets int64) {
	return p.requests.Load(), p.targets.Load()
}

func (p *Progress) asked() {
	if p != nil {
		p.requests.Add(1)
	}
}

func (p *Progress) finished(string) {
	if p != nil {
		p.targets.Add(1)
	}
}
