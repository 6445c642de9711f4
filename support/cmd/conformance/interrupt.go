package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"session-conformance/support/report"
)

// exitInterrupted is the exit of a run that was interrupted twice: no report tells its verdicts.
const exitInterrupted = 130

// toItsEnd runs a command. The first interrupt is handed on, once to each of the command's processes, which then end by
// themselves: they still write the reports. The second one ends them and this program at once.
func toItsEnd(cmd *exec.Cmd) (interrupted bool, err error) {
	interrupts := make(chan os.Signal, 4)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupts)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal's Ctrl-C reaches only this program
	if err := cmd.Start(); err != nil {
		return false, err
	}
	group := -cmd.Process.Pid
	ended := make(chan error, 1)
	go func() {
		err := cmd.Wait()
		waitForGroup(group)
		ended <- err
	}()
	for {
		select {
		case err := <-ended:
			return interrupted, err
		case s := <-interrupts:
			if interrupted {
				_ = syscall.Kill(group, syscall.SIGKILL)
				fmt.Fprintln(os.Stderr, "Interrupted twice: ended at once. The reports are not whole.")
				os.Exit(exitInterrupted)
			}
			interrupted = true
			_ = syscall.Kill(group, s.(syscall.Signal))
		}
	}
}

// lastReports is how long suites may write their reports after the program that started them has ended.
const lastReports = time.Minute

// waitForGroup waits until no process of a group is left: after an interrupt the go command ends before what it runs.
func waitForGroup(group int) {
	for began := time.Now(); time.Since(began) < lastReports; time.Sleep(20 * time.Millisecond) {
		if syscall.Kill(group, 0) != nil {
			return
		}
	}
}

// judgeGathered judges the evidence of a run that was interrupted: ginkgo skips all specs then, whatever was gathered.
func judgeGathered(dir string, folder report.Dir, runs []*report.Results, flags []string) error {
	var apis, names []string
	for _, r := range runs {
		there := false
		for _, t := range r.Targets {
			if _, err := os.Stat(folder.Evidence(t.Name)); err == nil {
				names, there = append(names, t.Name), true
			}
		}
		if there {
			apis = append(apis, r.API)
		}
	}
	if len(apis) == 0 {
		return nil
	}
	cmd := ginkgo(dir, apis, []string{"EVIDENCE=" + folder.Path, "TARGET=" + strings.Join(names, ",")}, flags...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	interrupted, err := toItsEnd(cmd)
	if interrupted {
		os.Exit(exitInterrupted)
	}
	return err
}

// uninterrupted does the work while interrupts are left to the programs that it runs, and says whether one came.
func uninterrupted(work func() error) (interrupted bool, err error) {
	interrupts := make(chan os.Signal, 4)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupts)
	err = work()
	return len(interrupts) > 0, err
}
