package exchange

import (
	"context"
	"slices"
	"sync"
	"time"
)

// slots bound how many requests are under way. Who gave a slot back and goes on at once has it again; of those that
// wait, the most urgent one goes first; of equally urgent ones, the one that came first.
type slots struct {
	mu       sync.Mutex
	free     int
	held     bool          // nobody gets a slot: see hold
	waiting  []*waiter     // the most urgent one first
	handover time.Duration // for how long a slot that comes back is there for whoever comes
}

type waiter struct {
	urgency int
	ready   chan struct{} // closed when it has a slot
}

func newSlots(number int) *slots { return &slots{free: number, handover: 100 * time.Microsecond} }

// take waits for a slot. It is false, and there is none, where the context ends before.
func (s *slots) take(ctx context.Context, urgency int) bool {
	if ctx.Err() != nil {
		return false
	}
	s.mu.Lock()
	if s.free > 0 && !s.held {
		s.free--
		s.mu.Unlock()
		return true
	}
	w := &waiter{urgency, make(chan struct{})}
	at := slices.IndexFunc(s.waiting, func(o *waiter) bool { return o.urgency < urgency })
	if at < 0 {
		at = len(s.waiting)
	}
	s.waiting = slices.Insert(s.waiting, at, w)
	s.mu.Unlock()
	select {
	case <-w.ready:
		return true
	case <-ctx.Done():
	}
	s.mu.Lock()
	at = slices.Index(s.waiting, w)
	if at >= 0 {
		s.waiting = slices.Delete(s.waiting, at, at+1)
	}
	s.mu.Unlock()
	if at < 0 { // it was given one just now
		s.give()
	}
	return false
}

// give takes a slot back.
func (s *slots) give() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free++; len(s.waiting) > 0 {
		time.AfterFunc(s.handover, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.deal()
		})
	}
}

// hold lets all who come wait, until they are let go, the most urgent ones first.
func (s *slots) hold() (letGo func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.held = false
		s.deal()
	}
}

// deal gives the free slots to those who wait.
func (s *slots) deal() {
	for s.free > 0 && !s.held && len(s.waiting) > 0 {
		s.free--
		close(s.waiting[0].ready)
		s.waiting = slices.Delete(s.waiting, 0, 1)
	}
}
