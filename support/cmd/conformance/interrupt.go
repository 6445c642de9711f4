package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"session-conformance/support/report"
)

// exitInterrupted is the exit of a run that was interrupted before anything was gathered, or twice: no report tells its verdicts.
const exitInterrupted = 130

// interrupts is what a run does about Ctrl-C, from its first command until the program ends: between two commands as well. The
// first interrupt is handed on to the command that runs, once to each of its processes, which then end by themselves: they still
// write the reports. The second one ends them and this program at once.
type interrupts struct {
	mu    sync.Mutex
	came  bool
	group int // of the processes of the command that runs; 0: none does
}

func watchInterrupts() *interrupts {
	i := &interrupts{}
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		i.first((<-signals).(syscall.Signal))
		<-signals
		i.second()
	}()
	return i
}

func (i *interrupts) first(s syscall.Signal) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.came = true
	if i.group != 0 {
		_ = syscall.Kill(-i.group, s)
	}
}

func (i *interrupts) second() {
	i.mu.Lock() // kept: no command starts any more
	if i.group != 0 {
		_ = syscall.Kill(-i.group, syscall.SIGKILL)
	}
	fmt.Fprintln(os.Stderr, "Interrupted twice: ended at once. The reports are not whole.")
	os.Exit(exitInterrupted)
}

func (i *interrupts) interrupted() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.came
}

// toItsEnd runs a command and waits until the last of its processes has ended.
func (i *interrupts) toItsEnd(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a terminal's Ctrl-C reaches only this program
	i.mu.Lock()
	before := i.came
	err := cmd.Start()
	if err == nil {
		i.group = cmd.Process.Pid
	}
	i.mu.Unlock()
	if err != nil {
		return err
	}
	err = cmd.Wait()
	waitForGroup(-cmd.Process.Pid)
	// Until it has a group of its own, a process is in this one's: it can be interrupted before this program knows of it.
	signalled := endedBySignal(err)
	if signalled && before {
		i.second()
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.group, i.came = 0, i.came || signalled
	return err
}

func endedBySignal(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	s := exit.Sys().(syscall.WaitStatus)
	return s.Signaled() && (s.Signal() == syscall.SIGINT || s.Signal() == syscall.SIGTERM)
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
func (i *interrupts) judgeGathered(dir string, folder report.Dir, runs []*report.Results, flags []string) error {
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
	return i.toItsEnd(cmd)
}

// uninterrupted does the work while interrupts are left to the programs that it runs, and says whether one came.
func uninterrupted(work func() error) (interrupted bool, err error) {
	interrupts := make(chan os.Signal, 4)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupts)
	err = work()
	return len(interrupts) > 0, err
}
