package exchange

import (
	"context"
	"time"
)

// lastAnswer is how long what is under way waits for its answer after the run was interrupted. A login that is cut off
// opens a session all the same, of which nobody knows then.
const lastAnswer = 3 * time.Second

// Lasting is the context of a request that does more than read: until its time is over, or a little longer than the
// given context, but not longer than that one's own deadline.
func Lasting(given context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	ends := time.Now().Add(timeout)
	if deadline, bound := given.Deadline(); bound && deadline.Before(ends) {
		ends = deadline
	}
	ctx, cancel := context.WithDeadline(context.WithoutCancel(given), ends)
	stop := context.AfterFunc(given, func() {
		select {
		case <-ctx.Done():
		case <-time.After(lastAnswer):
			cancel()
		}
	})
	return ctx, func() { stop(); cancel() }
}
