package suite

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// ExitInterrupted is the exit of a run that was interrupted twice, or before anything was gathered: no report tells its
// verdicts.
const ExitInterrupted = 130

// OneWish is how long after an interrupt another one is taken for the same: `go tool` relays every signal to a program
// that the terminal has sent it too.
const OneWish = time.Second

// Ends are the signals that ask a run to end. One that was ignored before this program started, as nohup has it, stays
// so.
func Ends() []os.Signal {
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		ends = append(ends, syscall.SIGHUP)
	}
	return ends
}

// interrupts end the asking of a suite: what was gathered until then is judged.
type interrupts struct {
	came   chan struct{} // closed by the first
	once   sync.Once
	ends   []os.Signal
	took   chan os.Signal
	orders io.Reader // in place of signals: see Suite.Judge
}

// watch follows the orders of the program that started this one, or else signals and the end of that program.
func (i *interrupts) watch() {
	i.came, i.ends, i.took = make(chan struct{}), Ends(), make(chan os.Signal, 8)
	signal.Ignore(syscall.SIGPIPE) // whoever reads what is printed may go; the reports are written all the same
	if i.orders != nil {
		signal.Ignore(i.ends...) // a terminal's Ctrl-C reaches the other program too, which decides what it means
		go func() {
			_, _ = i.orders.Read(make([]byte, 1)) // a byte interrupts, and so does the end of the orders
			i.interrupt()
		}()
		return
	}
	signal.Notify(i.took, i.ends...)
	go i.follow(os.Getppid())
}

// takeOver keeps signals from Ginkgo, which would print where each goroutine stands and skip all specs.
func (i *interrupts) takeOver() {
	signal.Ignore(i.ends...)
	if i.orders == nil {
		signal.Notify(i.took, i.ends...)
	}
}

// follow takes a signal, or the death of the parent, for an interrupt, and a second signal for the wish to end at once.
func (i *interrupts) follow(parent int) {
	look := time.NewTicker(500 * time.Millisecond)
	defer look.Stop()
	var first time.Time
	for {
		select {
		case <-i.took:
			switch {
			case first.IsZero():
				first = time.Now()
				fmt.Println("\nInterrupted: what was gathered until now is judged. Once more ends it at once.")
				i.interrupt()
			case time.Since(first) > OneWish:
				os.Exit(ExitInterrupted)
			}
		case <-look.C:
			if os.Getppid() != parent {
				i.interrupt()
			}
		}
	}
}

func (i *interrupts) interrupt() { i.once.Do(func() { close(i.came) }) }

// within is a context that ends with the given one, or at the first interrupt.
func (i *interrupts) within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if i.came != nil {
		go func() {
			select {
			case <-i.came:
				cancel()
			case <-ctx.Done():
			}
		}()
	}
	return ctx, cancel
}
