//go:build windows

// Command ctrlc starts a program in its own console, presses Ctrl-C there after a while, and ends with its exit.
package main

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	wait, err := time.ParseDuration(os.Args[1])
	if err != nil {
		panic(err)
	}
	signal.Notify(make(chan os.Signal, 1), os.Interrupt) // it reaches this program too
	cmd := exec.Command(os.Args[2], os.Args[3:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	time.Sleep(wait)
	pressed, _, err := syscall.NewLazyDLL("kernel32.dll").NewProc("GenerateConsoleCtrlEvent").Call(0, 0)
	if pressed == 0 {
		panic(err)
	}
	_ = cmd.Wait()
	os.Exit(cmd.ProcessState.ExitCode())
}
