package exchange

import (
	"context"
	"time"
)

// Within is context.WithTimeout for a process that may stand still: a container that is paused, a laptop that sleeps.
// An answer that came meanwhile is read when it goes on, so of such a pause no more than a small part of the timeout
// counts.
func Within(given context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	const parts = 10
	ctx, cancel := context.WithCancelCause(given)
	passed := 0
	var timer *time.Timer
	timer = time.AfterFunc(time.Hour, func() {
		if passed++; passed == parts {
			cancel(context.DeadlineExceeded)
		} else if ctx.Err() == nil {
			timer.Reset(timeout / parts)
		}
	})
	timer.Reset(timeout / parts)
	return ctx, func() {
		cancel(context.Canceled)
		timer.Stop()
	}
}

// lastAnswer is how long what is under way waits for its answer after the run was interrupted. A login that is cut off
// opens a session all the same, of which nobody knows then.
const lastAnswer = 3 * time.Second

// Lasting is the context of a request that does more than read: until its time is over, or a little longer than the
// given context, but not longer than that one's own deadline.
func Lasting(given context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	lasting, end := context.WithoutCancel(given), func() {}
	if deadline, bound := given.Deadline(); bound {
		lasting, end = context.WithDeadline(lasting, deadline)
	}
	ctx, cancel := Within(lasting, timeout)
	stop := context.AfterFunc(given, func() {
		select {
		case <-ctx.Done():
		case <-time.After(lastAnswer):
			cancel()
		}
	})
	return ctx, func() { stop(); cancel(); end() }
}
