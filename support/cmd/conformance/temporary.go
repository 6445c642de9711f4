package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
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
	unwatched.Do(endEarly) // before there is a folder, which nothing would remove
	making.Lock()
	folder, err := os.MkdirTemp("", temporaryName)
	if err == nil {
		temporaries.Store(folder, true)
	}
	making.Unlock()
	if err != nil {
		return "", func() {}, err
	}
	path = filepath.Join(folder, name)
	err = os.WriteFile(path, text, 0o600)
	return path, func() { _ = os.RemoveAll(folder) }, err
}

var (
	temporaries sync.Map   // folders
	making      sync.Mutex // one
	unwatched   sync.Once
	watched     atomic.Bool // something else ends what runs when an interrupt comes
)

// removeTemporaries removes them before the program ends: no further one is made.
func removeTemporaries() {
	making.Lock()
	temporaries.Range(func(folder, _ any) bool { return os.RemoveAll(folder.(string)) == nil })
}

// temporaryName begins the names of our folders among the temporary files.
const temporaryName = "session-conformance-targets-"

// removeOrphaned removes the file of targets that a program left behind which started this suite and was killed.
func removeOrphaned() {
	file := os.Getenv("TARGETS_FILE")
	folder := filepath.Dir(file)
	if strings.HasPrefix(filepath.Base(folder), temporaryName) && filepath.Dir(folder) == filepath.Clean(os.TempDir()) {
		_, _ = os.Remove(file), os.Remove(folder)
	}
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
