package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"session-conformance/support/lang"
	"session-conformance/support/suite"
)

// interrupts is what a run does about Ctrl-C, from its first suite until the program ends: between two suites as well.
// The first interrupt is handed on to the suite that runs, which ends its asking and judges what it gathered. The
// second one ends the suite and this program at once.
type interrupts struct {
	mu     sync.Mutex
	came   bool
	runs   *exec.Cmd // nil: no suite does
	orders io.Writer // of the suite that runs
}

func watchInterrupts() *interrupts {
	i := &interrupts{}
	signal.Ignore(syscall.SIGPIPE) // whoever reads what is printed may go; the exit and the reports stay
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, suite.Ends()...)
	watched.Store(true)
	go func() {
		<-signals
		first := time.Now()
		i.first()
		for range signals {
			if time.Since(first) > suite.OneWish {
				i.second()
			}
		}
	}()
	return i
}

func (i *interrupts) first() {
	fmt.Println("\n" + lang.T("Interrupted: what was gathered until now is judged. Once more ends it at once."))
	i.mu.Lock()
	defer i.mu.Unlock()
	i.came = true
	i.handOn()
}

func (i *interrupts) handOn() {
	if i.runs != nil {
		_, _ = i.orders.Write([]byte{'\n'}) // where it fails the suite has ended
	}
}

func (i *interrupts) second() {
	i.mu.Lock() // kept: no suite starts any more
	if i.runs != nil {
		_ = i.runs.Process.Kill()
	}
	removeTemporaries()
	fmt.Fprintln(os.Stderr, "Interrupted twice: ended at once. The reports are not whole.")
	os.Exit(suite.ExitInterrupted)
}

func (i *interrupts) interrupted() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.came
}

// toItsEnd runs a suite and waits until it has ended.
func (i *interrupts) toItsEnd(cmd *exec.Cmd, orders io.Writer) error {
	i.mu.Lock()
	err := cmd.Start()
	if err == nil {
		i.runs, i.orders = cmd, orders
		if i.came {
			i.handOn()
		}
	}
	i.mu.Unlock()
	if err != nil {
		return err
	}
	err = cmd.Wait()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.runs = nil
	return err
}
