package suite

import (
	"fmt"
	"io"
	"os"
	"time"

	"session-conformance/support/lang"
)

// showProgress tells on the terminal how far the gathering has come, until the returned function is called. PROGRESS
// says how: off; lines, ever more seldom, for logs; tty, one line that updates. Without it a terminal gets the one, CI
// the other.
func (s *Suite) showProgress(targets int) (done func()) {
	mode := os.Getenv("PROGRESS")
	if mode == "off" {
		return func() {}
	}
	var out io.WriteCloser
	if mode != "lines" && os.Getenv("CI") == "" {
		// Ginkgo reads our output through a pipe, so the terminal is asked for by its own name.
		if tty, err := os.OpenFile("/dev/tty", os.O_WRONLY, 0); err == nil {
			out = tty
		}
	}
	began := time.Now()
	line := func() string {
		requests, ended := s.progress.Count()
		text := lang.T("%s: %d requests done, %d of %d targets done, %s", s.description, requests, ended, targets,
			time.Since(began).Round(time.Second))
		if names := s.progress.UnderWay(); names != "" && targets > 1 {
			text += lang.T("; under way: %s", names)
		}
		return text
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		pause := 2 * time.Second
		if out != nil {
			pause = 250 * time.Millisecond
		}
		for {
			select {
			case <-stop:
				if out != nil {
					fmt.Fprint(out, "\r\x1b[K")
					_ = out.Close()
				}
				return
			case <-time.After(pause):
			}
			if out != nil {
				fmt.Fprintf(out, "\r%s\x1b[K", line())
				continue
			}
			if !s.interrupted() {
				fmt.Println(line())
			}
			pause = min(2*pause, 30*time.Second)
		}
	}()
	return func() { close(stop); <-stopped }
}
