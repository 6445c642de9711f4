package evidence

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Progress counts while evidence is gathered. A nil Progress counts nothing.
type Progress struct {
	mu       sync.Mutex
	requests int
	done     int            // targets
	underWay map[string]int // requests by target
}

// Count gives the requests answered or given up so far, and the targets that are done.
func (p *Progress) Count() (requests, targets int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.requests, p.done
}

// namedTargets is how many targets UnderWay names.
const namedTargets = 3

// UnderWay names targets that are being asked, with the requests that each has answered: "lab 12, staging 40"; empty
// where none is.
func (p *Progress) UnderWay() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, name := range slices.Sorted(maps.Keys(p.underWay)) {
		all = append(all, fmt.Sprintf("%s %d", name, p.underWay[name]))
	}
	if more := len(all) - namedTargets; more > 0 {
		all = append(all[:namedTargets], fmt.Sprintf("and %d more", more))
	}
	return strings.Join(all, ", ")
}

func (p *Progress) asked(target string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.underWay == nil {
		p.underWay = map[string]int{}
	}
	p.requests++
	p.underWay[target]++
}

func (p *Progress) finished(target string) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	delete(p.underWay, target)
}
