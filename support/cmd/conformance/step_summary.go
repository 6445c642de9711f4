package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"session-conformance/support/lang"
	"session-conformance/support/report"
)

// stepSummaryLimit is what GitHub takes of a step's summary, in bytes. Of a longer one it shows nothing.
const stepSummaryLimit = 1 << 20

// cutShort ends a summary that did not fit.
func cutShort() string {
	return "\n\n" + lang.T("(The summary is longer than GitHub shows: see summary.md among the reports.)") + "\n"
}

// appendStepSummary appends summary.md to the file that $GITHUB_STEP_SUMMARY names, where it is set. It takes the file
// as it lies there, since the suites searched it for secrets. What goes wrong is said and decides nothing.
func appendStepSummary(folder report.Dir) {
	path := os.Getenv("GITHUB_STEP_SUMMARY")
	if path == "" {
		return
	}
	text, err := os.ReadFile(filepath.Join(folder.Path, "summary.md"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil {
		err = appendWithin(path, text, stepSummaryLimit)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "GITHUB_STEP_SUMMARY:", err)
	}
}

// appendWithin appends as many whole lines of the text as the limit leaves room for.
func appendWithin(path string, text []byte, limit int64) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() > 0 {
		text = append([]byte("\n"), text...) // what stands there may end within a line
	}
	if room := limit - info.Size(); int64(len(text)) > room {
		room -= int64(len(cutShort()))
		end := -1
		if room > 0 {
			end = bytes.LastIndexByte(text[:room], '\n')
		}
		if end <= 0 {
			return fmt.Errorf("%s is full: %d bytes, of which GitHub takes %d", path, info.Size(), limit)
		}
		text = append(text[:end:end], cutShort()...)
	}
	if _, err := file.Write(text); err != nil {
		return err
	}
	return file.Close()
}
