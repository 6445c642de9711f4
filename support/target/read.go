package target

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sizeLimit bounds one file of targets, in bytes: a thousand targets fit well.
const sizeLimit = 1 << 20

// readFile returns the file's text with Unix line ends and no byte order mark.
func readFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, sizeLimit+1))
	if err != nil {
		return "", fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	if len(raw) > sizeLimit {
		return "", fmt.Errorf("%s is larger than 1 MiB; split it into files of a folder, or give a target a line in a "+
			".jsonl file", path)
	}
	raw = bytes.TrimPrefix(raw, byteOrderMark)
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(raw))
	return text, checkCharacters(path, text)
}

// ReadRegular reads a file as OpenRegular opens it.
func ReadRegular(path string, limit int64) ([]byte, error) {
	file, err := OpenRegular(path, limit)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err == nil && int64(len(text)) > limit {
		err = tooLong(path, limit)
	}
	return text, err
}

// OpenRegular opens a file of at most so many bytes that others may have made. It must be a file, or a link to one: a
// pipe or a device may never end. A byte order mark at its beginning, as Windows tools write it, is left out. Of a file
// that grows meanwhile, no more than a byte beyond the limit is read.
func OpenRegular(path string, limit int64) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is no file, but a folder, a pipe or a device")}
	case info.Size() > limit:
		return nil, tooLong(path, limit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	text := bufio.NewReader(io.LimitReader(file, limit+1))
	if start, _ := text.Peek(len(byteOrderMark)); bytes.Equal(start, byteOrderMark) {
		_, _ = text.Discard(len(start))
	}
	return struct {
		io.Reader
		io.Closer
	}{text, file}, nil
}

func tooLong(path string, limit int64) error {
	return &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("it is longer than %d MiB", limit>>20)}
}

var byteOrderMark = []byte("\ufeff")

// checkCharacters refuses what YAML does not allow in a file.
func checkCharacters(path, text string) error {
	for i, r := range text {
		what := ""
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			what = "this byte is not UTF-8; save the file as UTF-8"
		case unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\u0085':
			what = fmt.Sprintf("the control character U+%04X is not allowed; remove it, or write it as \\x%02X in double "+
				"quotation marks", r, r)
		default:
			continue
		}
		before := text[:i]
		line := 1 + strings.Count(before, "\n")
		column := 1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
		return &Error{Problems: []Problem{{File: path, Line: line, Column: column, Message: what}}}
	}
	return nil
}

// reason is a file's error without the path, which the sentence around it names.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
