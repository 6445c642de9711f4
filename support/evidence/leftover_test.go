//go:build unit

package evidence

import (
	"context"
	"strings"
	"testing"

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
			api.Add("leaves", nil, func(ctx context.Context, t *Caller) {
				t.Leaves("token", func(ctx context.Context, t *Caller) { t.Delete(ctx, nil, "/token") })
				t.Leaves("gone", func(ctx context.Context, t *Caller) { t.Delete(ctx, nil, "/gone") })
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
