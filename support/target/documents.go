package target

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"session-conformance/support/sink"
)

// document is a text with `targets:` at its top: a file, or a part of one.
type document struct {
	path   string // as errors name it
	folder string // where relative paths in it start
	text   string
	before int // lines of the file before the text's first one; one less where that one is ours
	indent int // characters of ours before each line
}

// StandardInput is the name of the file that holds what standard input gave. Errors call it that, and relative paths in
// it start at the working directory.
const StandardInput = "standard-input.jsonl"

// filesLimit bounds how many files a folder of targets may hold.
const filesLimit = 10_000

// documentsAt reads what targets are written in: a file, all .yaml, .yml, .json and .jsonl files of a folder in the
// order of their names, or a .jsonl file with a target in each line. A file is at most 1 MiB, but for .jsonl, where a
// line is.
func documentsAt(path string) ([]document, error) {
	if path == Embedded {
		return []document{{path: Embedded, text: embeddedFile()}}, nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	if !info.IsDir() {
		return documentsOf(path)
	}
	entries, err := os.ReadDir(path) // by name
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	var all []document
	files := 0
	for _, entry := range entries {
		if within := filepath.Join(path, entry.Name()); entry.IsDir() && holdsTargets(within) {
			return nil, fmt.Errorf("%s holds files of targets too, and a folder within a folder is not read: name it, or move "+
				"them up", within)
		}
		if entry.IsDir() || !ofTargets(entry.Name()) {
			continue
		}
		found, err := documentsOf(filepath.Join(path, entry.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		if files++; files > filesLimit {
			return nil, fmt.Errorf("%s holds more than %d files of targets; give a target a line in a .jsonl file", path,
				filesLimit)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s holds no file of targets: .yaml, .yml, .json, or .jsonl with a target in each line", path)
	}
	return all, nil
}

// ofTargets says whether a file of a folder is one of targets, by its name.
func ofTargets(name string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json", ".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(name))) &&
		!strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".schema.json")
}

// holdsTargets says whether a file of a folder begins as those of targets do.
func holdsTargets(folder string) bool {
	entries, _ := os.ReadDir(folder)
	return !strings.HasPrefix(filepath.Base(folder), ".") && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		if e.IsDir() || !ofTargets(e.Name()) {
			return false
		}
		text, _ := readFile(filepath.Join(folder, e.Name()))
		return beginsTargets.MatchString(text)
	})
}

var beginsTargets = regexp.MustCompile(`(?m)^(?:targets:|\{"name":)`)

func documentsOf(path string) ([]document, error) {
	if slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(path))) {
		return documentsOfLines(path)
	}
	text, err := readFile(path)
	return []document{{path: path, folder: filepath.Dir(path), text: text}}, err
}

// documentsOfLines makes a document of each line of JSON.
func documentsOfLines(path string) ([]document, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	defer file.Close()
	folder := filepath.Dir(path)
	if filepath.Base(path) == StandardInput {
		path, folder = "standard input", "."
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(make([]byte, 0, 64<<10), sizeLimit)
	var all []document
	number := 1
	for ; lines.Scan(); number++ {
		line := strings.TrimSuffix(strings.TrimPrefix(lines.Text(), string(byteOrderMark)), "\r")
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case !utf8.ValidString(line):
			return nil, lineError(path, number, "this line is not UTF-8; save the file as UTF-8")
		case !strings.HasPrefix(strings.TrimSpace(line), "{") || !json.Valid([]byte(line)):
			return nil, lineError(path, number, "this line is no JSON object: a .jsonl file holds one target in each "+
				"line, as {\"name\": …}")
		}
		const head, item = "targets:\n", "- "
		all = append(all, document{path: path, folder: folder, text: head + item + asYAML(line), before: number - 2,
			indent: len(item)})
	}
	switch err := lines.Err(); {
	case err != nil:
		return nil, lineError(path, number, "this line cannot be read ("+err.Error()+"); a target is at most 1 MiB")
	case len(all) == 0:
		return nil, fmt.Errorf("%s holds no target: write one in each line, as {\"name\": …}", path)
	}
	return all, nil
}

func lineError(path string, line int, what string) error {
	return &Error{Problems: []Problem{{File: path, Line: line, Column: 1, Message: what}}}
}

// asYAML makes YAML of a line of JSON. A tab may stand between JSON's words, and not in YAML's; within a text JSON has
// none. YAML has no pairs of \u escapes: where there may be one, the line is written anew.
func asYAML(line string) string {
	if strings.Contains(line, `\u`) {
		var value any
		d := json.NewDecoder(strings.NewReader(line))
		d.UseNumber()
		if err := d.Decode(&value); err == nil { // it is valid
			return string(sink.Compact(value))
		}
	}
	return strings.ReplaceAll(line, "\t", " ")
}

// embeddedFile is the targets.yaml that Embedded stands for.
func embeddedFile() string {
	text := "targets:\n"
	for _, api := range APIs() {
		text += fmt.Sprintf("  - {name: %s-embedded, api: %[1]s, url: embedded}\n", api)
	}
	return text
}
