//go:build unit

package evidence

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
)

// What a run left is undone after a stop and an interrupt too.
func TestWhatIsLeftIsUndoneWhateverEndsTheRun(t *testing.T) {
	for _, how := range []string{"stop", "interrupt"} {
		t.Run(how, func(t *testing.T) {
			g := NewWithT(t)
			l := newLocking(t)
			ctx, interrupt := context.WithCancel(context.Background())
			api := counting(0, 1, 0)
			api.Add("leaves", nil, func(t *Caller) {
				t.Leaves("token", func(t *Caller) { t.Delete(nil, "/token") })
				t.Leaves("gone", func(t *Caller) { t.Delete(nil, "/gone") })
				t.Undone("gone")
				t.Await(t.rec.api.scenarios[1])
				if how == "stop" {
					t.Stop("enough")
				} else {
					interrupt()
				}
			}, Account("user"))
			Gather(ctx, api, []Job{job(l.URL)}, "test", nil, func(int, Gathered) {})
			g.Expect(l.order()).To(Equal("GGGRG"))
			paths := strings.Join(l.paths, " ")
			g.Expect(strings.Count(paths, "/out")).To(Equal(4))
			g.Expect(paths).To(ContainSubstring("/token"))
			g.Expect(paths).NotTo(ContainSubstring("/gone"))
		})
	}
}

// Whichever request the interrupt meets under way, no session stays open: a login that is cut off opens one all the
// same, so its answer is waited for.
func TestAnInterruptAtAnyRequestLeavesNoSession(t *testing.T) {
	requests := 1
	for at := 0; at <= requests; at++ {
		g := NewWithT(t)
		var mu sync.Mutex
		open, came := map[string]bool{}, 0
		ctx, interrupt := context.WithCancel(context.Background())
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			came++
			if came == at {
				interrupt()
				mu.Unlock()
				time.Sleep(10 * time.Millisecond) // it works on whether anybody waits or not
				mu.Lock()
			}
			defer mu.Unlock()
			cookie := r.Header.Get("Cookie")
			switch {
			case strings.HasPrefix(r.URL.Path, "/good"):
				cookie = fmt.Sprintf("sid=%d", came)
				open[cookie] = true
				w.Header().Set("Set-Cookie", cookie)
			case strings.HasPrefix(r.URL.Path, "/wrong"), !open[cookie]:
				w.WriteHeader(http.StatusUnauthorized)
			case r.URL.Path == "/out":
				delete(open, cookie)
			}
		})
		began := time.Now()
		Gather(ctx, counting(2, 1, 0), []Job{job(s.URL)}, "test", nil, func(int, Gathered) {})
		took := time.Since(began)
		interrupt()
		s.Close() // when all that is under way has ended
		g.Expect(maps.Keys(open)).To(BeEmpty(), "interrupted at request %d of %d", at, came)
		g.Expect(took).To(BeNumerically("<", tidyLimit))
		if at == 0 {
			requests = came
			g.Expect(requests).To(BeNumerically(">", 10))
		}
	}
}
