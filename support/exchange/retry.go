package exchange

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"
)

const (
	// A request waits for what Retry-After asks, in all, three times the target's timeout and at most 30 seconds. All requests of
	// a target together wait ten times as long.
	retryWaitTimeouts, retryWaitLimit = 3, 30 * time.Second
	retryWaitRequests                 = 10
	// retries is how often a request is sent again for it: a target may ask to wait no time at all.
	retries = 10
)

// patience is how long a request waits in all for what Retry-After asks.
func (c *Client) patience() time.Duration {
	return min(retryWaitTimeouts*c.settings.Timeout, retryWaitLimit)
}

// retryNote is the note that says what came of a Retry-After.
const retryNote = "retry-after"

// sleep waits, and says whether it was not interrupted.
func sleep(ctx context.Context, wait time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return true
	}
}

// retryAfter is how long a 429 or 503 asks to wait, and whether it asks.
func retryAfter(e *Exchange) (time.Duration, bool) {
	if e.NoAnswer != "" || e.Status() != http.StatusTooManyRequests && e.Status() != http.StatusServiceUnavailable {
		return 0, false
	}
	value := strings.TrimSpace(e.Header("Retry-After"))
	var seconds int
	if _, err := fmt.Sscanf(value, "%d", &seconds); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, 1<<20)) * time.Second, true
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at)), true
	}
	return 0, false
}
