package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"session-conformance/support/lang"
	"session-conformance/support/report"
	"session-conformance/support/sink"
)

// onScreen says that a person looks on at a terminal, who did not ask for Ginkgo's own output.
func (asked *runOptions) onScreen() bool {
	progress := os.Getenv("PROGRESS")
	return term.IsTerminal(int(os.Stdout.Fd())) && (progress == "" || progress == "tty") &&
		!asked.quiet && !asked.ginkgo.verbosity() && !asked.ginkgo.dry()
}

// said keeps what a suite prints, for a screen and where only verdicts and failures are to be printed. It is a file: a
// pipe would end with this program, and the suite by it. Where there can be none it is printed at once.
type said struct{ file *os.File }

func (asked *runOptions) listen() said {
	if !asked.onScreen() && (!asked.quiet || asked.ginkgo.verbosity() || asked.ginkgo.dry()) {
		return said{}
	}
	file, err := os.CreateTemp("", "said-")
	if err != nil {
		return said{}
	}
	_ = os.Remove(file.Name()) // Windows removes it in close
	return said{file}
}

func (s said) to(otherwise *os.File) *os.File {
	if s.file != nil {
		return s.file
	}
	return otherwise
}

// close prints what was kept, where the suite failed and left no results that say why.
func (s said) close(results *report.Results, failed error) {
	if s.file == nil {
		return
	}
	if failed != nil && (results == nil || report.Exit([]*report.Results{results}) == 0) {
		if _, err := s.file.Seek(0, io.SeekStart); err == nil {
			_, _ = io.Copy(os.Stdout, s.file)
		}
	}
	_ = s.file.Close()
	_ = os.Remove(s.file.Name())
}

// lastLine hands on what is written to it, and keeps the last line that is not empty, as far as it is no longer than
// lineLimit.
type lastLine struct {
	to   io.Writer
	tail []byte
}

const lineLimit = 1 << 10

func (l *lastLine) Write(text []byte) (int, error) {
	l.tail = append(l.tail, text...)
	l.tail = l.tail[max(0, len(l.tail)-16*lineLimit):]
	_, _ = l.to.Write(text) // whoever reads it may have gone
	return len(text), nil
}

// String is the line without what a terminal would obey.
func (l *lastLine) String() string {
	text := strings.TrimRight(string(l.tail), "\n")
	line := text[strings.LastIndexByte(text, '\n')+1:]
	return sink.Line(line[:min(len(line), lineLimit)])
}

// tellNext says what to do now.
func tellNext(folder report.Dir, runs []*report.Results) {
	stopped, failed := "", ""
	for _, t := range report.Each(runs) {
		if t.Stopped != "" && stopped == "" {
			stopped = t.Name
		}
		for _, r := range t.Results {
			if r.Verdict == report.Fail && failed == "" {
				failed = r.Clause
			}
		}
	}
	if stopped != "" {
		fmt.Println(lang.T("Settings:  TARGET=%s conformance check --online   tries the login alone", stopped))
	}
	if failed != "" {
		fmt.Println(lang.T("A clause:  conformance explain %s   tells its source, and how it is judged", failed))
	}
	fmt.Println(lang.T("All of it: %s", sink.Line(filepath.Join(folder.Path, "index.html"))))
}
