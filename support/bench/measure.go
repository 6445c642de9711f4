package bench

import (
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
const patience = 5 * time.Minute

// measure runs the program to its end and gives its cost and its output. The exit is the caller's to judge.
func measure(cmd *exec.Cmd) (Cost, []byte, error) {
	began := time.Now()
	timer := time.AfterFunc(patience, func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill()
		}
	})
	defer timer.Stop()
	output, err := cmd.CombinedOutput()
	c := Cost{Wall: time.Since(began)}
	if cmd.ProcessState == nil {
		return c, output, fmt.Errorf("%s did not start: %w", cmd.Path, err)
	}
	c.CPU = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		c.RSS = usage.Maxrss * 1024 // Linux counts kilobytes
	}
	return c, output, err
}
