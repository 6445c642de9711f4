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

	"github.com/onsi/ginkgo/v2/formatter"

	"session-conformance/support/lang"
	"session-conformance/support/report"
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
	// At SIGQUIT (Ctrl-\) Go would print where each goroutine stands, and no report would be written.
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGQUIT}
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
	alone  bool      // no other program speaks for this one: neither the command nor, of processes of -p, Ginkgo
}

// watch follows the orders of the program that started this one, or else signals and the end of that program.
func (i *interrupts) watch(processes int) {
	i.came, i.ends, i.took = make(chan struct{}), Ends(), make(chan os.Signal, 8)
	signal.Ignore(syscall.SIGPIPE) // whoever reads what is printed may go; the reports are written all the same
	formatter.ColorableStdOut, i.alone = i, i.orders == nil && processes == 1
	if i.orders != nil {
		i.only(i.took) // which nobody reads: a terminal's Ctrl-C reaches the other program too, which decides what it means
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
	i.only(i.took)
}

// only takes signals from all who listen, and gives them to one. Without any, Ctrl-C would end the program on Windows,
// where ignoring it does not keep it alive.
func (i *interrupts) only(to chan os.Signal) {
	signal.Ignore(i.ends...)
	signal.Notify(to, i.ends...)
}

// leave keeps signals from a process of -p that is not the first, until the returned function is called: the first one
// decides what they mean, while this one would skip all specs. Ginkgo listens from some moment on that it tells nobody.
func (i *interrupts) leave() (done func()) {
	stop := make(chan struct{})
	go func() {
		look, nobody := time.NewTicker(20*time.Millisecond), make(chan os.Signal, 1)
		defer look.Stop()
		for {
			i.only(nobody)
			select {
			case <-stop:
				return
			case <-look.C:
			}
		}
	}()
	return sync.OnceFunc(func() { close(stop) })
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
				i.interrupt() // first: what Ginkgo says from now on is not shown
				if i.alone {
					fmt.Println("\n" + lang.T("Interrupted: what was gathered until now is judged. Once more ends it at once."))
				}
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

func (i *interrupts) interrupted() bool {
	select {
	case <-i.came:
		return true
	default:
		return false
	}
}

// Write is the console of Ginkgo, which says nothing after an interrupt: it would show what that left open as failures,
// in a dozen lines and more.
func (i *interrupts) Write(text []byte) (int, error) {
	if i.interrupted() {
		return len(text), nil
	}
	return os.Stdout.Write(text)
}

// lastWords are, after an interrupt, the verdicts on what was gathered and where the reports lie, in place of what
// Ginkgo would say.
func (s *Suite) lastWords() {
	if !s.alone || !s.interrupted() || s.written == nil {
		return
	}
	if folder, err := s.folder(); err == nil {
		fmt.Println(report.Brief([]*report.Results{s.written}) + "\n" + lang.T("Reports: %s", folder.Path))
	}
}

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
