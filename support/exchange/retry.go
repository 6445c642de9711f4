package exchange

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// A request waits for a target that is busy, in all, three times the target's timeout and at most 30 seconds. All
	// requests of a target together wait ten times as long.
	retryWaitTimeouts, retryWaitLimit = 3, 30 * time.Second
	retryWaitRequests                 = 10
	// A target that does not say how long to wait, or says it wrongly, is waited for so long, and half as long again each
	// time.
	backOff, backOffTimeouts = time.Second, 4 // at most a fourth of the target's timeout
)

// patience is how long a request waits in all for a target that is busy.
func (c *Client) patience() time.Duration {
	return min(retryWaitTimeouts*c.settings.Timeout, retryWaitLimit)
}

// retryNote is the note that says what came of waiting; steadyNote says that nothing but this one call is answered so,
// which is an answer then.
const retryNote, steadyNote = "retry-after", "steady"

// sleep waits, and says whether it was not interrupted.
func sleep(ctx context.Context, wait time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(wait):
		return true
	}
}

// busy says that the target put the request off: 429 or 503.
func (e *Exchange) busy() bool {
	return e.NoAnswer == "" && (e.Status() == http.StatusTooManyRequests || e.Status() == http.StatusServiceUnavailable)
}

// wait is how long to wait before the request that was put off goes out again. What the target says is taken at its
// word once; a limiter that rounds down, or says nothing, is waited for a little longer each time.
func (c *Client) wait(e *Exchange) time.Duration {
	said, says := retryAfter(e)
	if says && e.Resends == 0 {
		return said
	}
	step := min(backOff, c.settings.Timeout/backOffTimeouts)
	for range min(e.Resends, 20) {
		step += step / 2
	}
	return max(said, step)
}

// retryAfter is how long the answer asks to wait, and whether it does. A date is read by the answer's own clock.
func retryAfter(e *Exchange) (time.Duration, bool) {
	value := strings.TrimSpace(e.Header("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil {
		return time.Duration(min(seconds, 1<<20)) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	now, err := http.ParseTime(e.Header("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, at.Sub(now)), true
}

// lost notes that the request has waited in vain.
func (e *Exchange) lost(why string, a ...any) *Exchange {
	said := fmt.Sprintf(why, a...)
	if e.Resends > 0 {
		said = fmt.Sprintf("it was asked %d times in %s, and ", e.Resends+1, e.Waited.Round(time.Second)) + said
	}
	e.Note(retryNote, said)
	return e
}

// Steady notes that a 503 is the call's own answer: it came through all patience, while other calls were answered
// before and after.
func (e *Exchange) Steady() {
	if e.Notes[retryNote] != "" && e.Status() == http.StatusServiceUnavailable {
		e.Note(steadyNote, "other calls were answered before and after")
	}
}
