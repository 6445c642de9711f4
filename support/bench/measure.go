package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"syscall"
	"time"
)

// Cost is what one run of a program took, its start included, and the programs that it waited for.
type Cost struct {
	Wall time.Duration
	CPU  time.Duration // user and system
	RSS  int64         // the most memory it held at once, in bytes
}

// patience ends a program that hangs.
const patience = 30 * time.Minute

// measure runs the program to its end and gives its cost and its output. The exit is the caller's to judge.
func measure(cmd *exec.Cmd) (Cost, []byte, error) {
	began := time.Now()
	cmd.WaitDelay = time.Second // for a program of its own that holds its output open
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	err := cmd.Start()
	if err == nil {
		timer := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
		err = cmd.Wait()
		if !timer.Stop() {
			err = fmt.Errorf("it was ended after %s", patience)
		}
	}
	c, output := Cost{Wall: time.Since(began)}, text.Bytes()
	if cmd.ProcessState == nil {
		return c, output, fmt.Errorf("%s did not start: %w", cmd.Path, err)
	}
	c.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.RSS = usage.Maxrss * 1024 // Linux counts kilobytes
	}
	return c, output, err
}
