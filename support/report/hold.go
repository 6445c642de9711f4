package report

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"session-conformance/support/target"
)

// Two runs in one folder would take each other's verdicts for their own. So a run holds the folder, an API at a time,
// by a lock that dies with its process.

// holdLooks is how often a held folder is looked at again.
const holdLooks = 100 * time.Millisecond

// HeldError says who holds a folder.
type HeldError struct{ Folder, What, Who string }

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is in use: %s writes the reports of %s there. Wait until it has ended, or set REPORTS_DIR "+
		"to a folder of your own",
		e.Folder, e.Who, e.What)
}

// Hold takes a part of the folder, such as an API, until it is released or this process ends. Where another process
// holds it and goes on to for as long as patience, the error is a *HeldError. A file system without locks is not
// locked.
func (d Dir) Hold(what string, patience time.Duration) (release func(), err error) {
	if err := os.MkdirAll(d.Path, 0o700); err != nil {
		return nil, fmt.Errorf("the folder for reports cannot be made: %w", err)
	}
	if foreign := d.foreign(); foreign != "" {
		return nil, fmt.Errorf("%s holds %s, which no run wrote, and a run would replace it: name another folder for the "+
			"reports with REPORTS_DIR", d.Path, foreign)
	}
	path := filepath.Join(d.Path, "."+what+".lock")
	// in a folder from elsewhere a pipe would be waited for, and through a link another file be written
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file, but a link, a pipe or a folder, which no run made: remove it", path)
	}
	lock := flock.New(path, flock.SetPermissions(0o600))
	patient, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	taken, err := lock.TryLockContext(patient, holdLooks)
	switch {
	case taken:
	case errors.Is(err, context.DeadlineExceeded):
		return nil, &HeldError{d.Path, what, holder(path)}
	case errors.Is(err, errors.ErrUnsupported):
		return func() {}, nil
	default:
		return nil, fmt.Errorf("%s cannot be held: %w", d.Path, err)
	}
	// for who waits
	_ = os.WriteFile(path, fmt.Appendf(nil, "process %d, since %s,", os.Getpid(), time.Now().Format(time.TimeOnly)), 0o600)
	return func() { _ = lock.Unlock() }, nil
}

// foreign names a file that a run would replace in a folder in which none has been; empty: there is none.
func (d Dir) foreign() string {
	entries, _ := os.ReadDir(d.Path)
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".lock") || junitName.MatchString(name) {
			return ""
		}
	}
	for _, api := range target.APIs() {
		file, err := target.OpenRegular(d.json(api), resultsLimit)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			begins, _ := io.ReadAll(io.LimitReader(file, 1<<10)) // results of very many targets are hundreds of megabytes
			_ = file.Close()
			if bytes.Contains(begins, []byte(`"format"`)) {
				return ""
			}
		}
		return filepath.Base(d.json(api))
	}
	for _, path := range []string{d.page(), d.summary(), d.csv()} {
		if _, err := os.Stat(path); err == nil {
			return filepath.Base(path)
		}
	}
	return ""
}

// holder is what the file says of the process that holds it.
func holder(path string) string {
	text, err := os.ReadFile(path)
	if who := strings.TrimSpace(string(text)); err == nil && strings.HasPrefix(who, "process ") && len(who) < 60 {
		return who
	}
	return "another process"
}
