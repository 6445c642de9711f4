package suite

import (
	"os"
	"os/signal"
	"syscall"
)

// exitInterrupted is the exit of a suite that was interrupted twice.
const exitInterrupted = 130

// endAtSecondInterrupt lets the first interrupt be Ginkgo's matter, which still has reports written, and ends the program at the
// second: Ginkgo would write the reports first, and end at the third.
func endAtSecondInterrupt() {
	interrupts := make(chan os.Signal, 2)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupts
		<-interrupts
		os.Exit(exitInterrupted)
	}()
}
