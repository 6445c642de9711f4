package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"sync/atomic"

	"session-conformance/support/lang"
	"session-conformance/support/suite"
)

// inputLimit bounds what is read from standard input, in bytes.
const inputLimit = 256 << 20

// temporary writes a file into a folder of its own, and gives what removes it. Targets with their secrets may stand in
// it, so it goes with the program, too, however that is interrupted.
func temporary(name string, from io.Reader) (path string, end func(), err error) {
	text, err := io.ReadAll(io.LimitReader(from, inputLimit+1)) // before there is a file: this may take long
	switch {
	case err != nil:
		return "", func() {}, err
	case len(text) > inputLimit:
		return "", func() {}, fmt.Errorf("standard input holds more than %d MiB of targets; give them as a folder of files",
			inputLimit>>20)
	}
	folder, err := os.MkdirTemp("", "targets-")
	if err != nil {
		return "", func() {}, err
	}
	temporaries.Store(folder, true)
	unwatched.Do(endEarly)
	path = filepath.Join(folder, name)
	err = os.WriteFile(path, text, 0o600)
	return path, func() { _ = os.RemoveAll(folder) }, err
}

var (
	temporaries sync.Map // folders
	unwatched   sync.Once
	watched     atomic.Bool // something else ends what runs when an interrupt comes
)

func removeTemporaries() {
	temporaries.Range(func(folder, _ any) bool { return os.RemoveAll(folder.(string)) == nil })
}

// endEarly ends the program at an interrupt that comes before anything else watches for one.
func endEarly() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, suite.Ends()...)
	go func() {
		<-signals
		if !watched.Load() {
			removeTemporaries()
			fmt.Fprintln(os.Stderr, lang.T("Interrupted before anything was gathered."))
			os.Exit(suite.ExitInterrupted)
		}
	}()
}
