//go:build unit

package exchange

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// queued starts a goroutine that waits for a slot, and returns when it waits.
func queued(s *slots, ctx context.Context, urgency int, then func(bool)) {
	before := s.length()
	go func() { then(s.take(ctx, urgency)) }()
	for s.length() == before {
		time.Sleep(time.Millisecond)
	}
}

func (s *slots) length() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting)
}

func TestTheMostUrgentGoesFirst(t *testing.T) {
	g := NewWithT(t)
	s := newSlots(1)
	g.Expect(s.take(context.Background(), 0)).To(BeTrue())
	went := make(chan int)
	for i, urgency := range []int{1, 3, 1, 3, 2} {
		queued(s, context.Background(), urgency, func(bool) { went <- 10*urgency + i })
	}
	for _, expected := range []int{31, 33, 24, 10, 12} {
		s.give()
		g.Expect(<-went).To(Equal(expected))
	}
	s.give()
	g.Expect(s.free).To(Equal(1))
}

func TestWhoGoesOnAtOnceKeepsTheSlot(t *testing.T) {
	g := NewWithT(t)
	s := newSlots(1)
	g.Expect(s.take(context.Background(), 0)).To(BeTrue())
	went := make(chan bool)
	queued(s, context.Background(), 9, func(ok bool) { went <- ok })
	s.handover = time.Hour
	s.give()
	g.Expect(s.take(context.Background(), 0)).To(BeTrue())
	g.Consistently(went, "10ms").ShouldNot(Receive())
	s.handover = 0
	s.give()
	g.Eventually(went).Should(Receive(BeTrue()))
}

func TestWhoeverComesTogetherGoesByUrgency(t *testing.T) {
	g := NewWithT(t)
	s := newSlots(2)
	letGo := s.hold()
	var mu sync.Mutex
	var went []int
	var all sync.WaitGroup
	for _, urgency := range []int{1, 2, 3, 4} {
		all.Add(1)
		queued(s, context.Background(), urgency, func(bool) {
			defer all.Done()
			mu.Lock()
			defer mu.Unlock()
			went = append(went, urgency)
		})
	}
	letGo()
	g.Eventually(func() []int { mu.Lock(); defer mu.Unlock(); return slices.Clone(went) }).Should(ConsistOf(3, 4))
	s.give()
	s.give()
	all.Wait()
	g.Expect(went[2:]).To(ConsistOf(1, 2))
}

func TestASlotIsNotLostWhereTheWaitEnds(t *testing.T) {
	g := NewWithT(t)
	s := newSlots(1)
	g.Expect(s.take(context.Background(), 0)).To(BeTrue())
	ctx, cancel := context.WithCancel(context.Background())
	got := make(chan bool)
	queued(s, ctx, 9, func(ok bool) { got <- ok })
	cancel()
	g.Expect(<-got).To(BeFalse())
	s.give()
	g.Expect(s.free).To(Equal(1))
}

func TestSlotsBoundWhatIsUnderWay(t *testing.T) {
	g := NewWithT(t)
	s := newSlots(3)
	var mu sync.Mutex
	under, most := 0, 0
	count := func(by int) {
		mu.Lock()
		defer mu.Unlock()
		under += by
		most = max(most, under)
	}
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Duration(i)*time.Millisecond/4)
			defer cancel()
			if s.take(ctx, i%5) {
				count(1)
				time.Sleep(time.Millisecond)
				count(-1)
				s.give()
			}
		})
	}
	all.Wait()
	g.Expect(most).To(Equal(3))
	g.Expect(s.free).To(Equal(3))
	g.Expect(s.waiting).To(BeEmpty())
}
