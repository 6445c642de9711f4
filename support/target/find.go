package target

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// FileName is the name that Find looks for.
const FileName = "targets.yaml"

// Embedded, in place of a path, names the embedded reference servers, one of each API. A file of that name is
// ./embedded.
const Embedded = "embedded"

// ErrNoFile is what Find ends with where there is no targets.yaml.
var ErrNoFile = errors.New("no " + FileName + " found")

// Find returns the path of targets.yaml: $TARGETS_FILE where it is set (relative to the module's root), else the
// nearest targets.yaml upwards of the working directory. The error names each path tried.
func Find() (string, error) {
	if given := os.Getenv("TARGETS_FILE"); given == Embedded {
		return Embedded, nil
	} else if given != "" {
		path, err := FromRoot(given)
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("TARGETS_FILE=%s: tried %s: %w", given, path, reason(err))
		}
		return path, nil
	}
	path, tried, err := upwards(FileName, func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
	if err != nil {
		return "", err
	}
	if path == "" {
		return "", fmt.Errorf("%w; set TARGETS_FILE, or write one (support/docs/vendor.md, \"Filling in a target\"). "+
			"Tried:\n  %s",
			ErrNoFile, strings.Join(tried, "\n  "))
	}
	return path, nil
}

// FromRoot makes a path of an environment variable absolute: a relative one starts at the root of this module's
// sources, or outside of them at the working directory.
func FromRoot(path string) (string, error) {
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	root, err := Sources()
	if err != nil || root == "" {
		return filepath.Abs(path)
	}
	return filepath.Join(root, path), nil
}

var ours = regexp.MustCompile(`(?m)^module session-conformance\r?$`)

// Sources is the root of this module's sources, at or above the working directory; empty outside of them.
func Sources() (string, error) {
	path, _, err := upwards("go.mod", func(path string) bool {
		text, err := os.ReadFile(path)
		return err == nil && ours.Match(text)
	})
	if path == "" {
		return "", err
	}
	return filepath.Dir(path), nil
}

// upwards returns the nearest file of that name that fits, from the working directory up, and the paths tried. The path
// is empty where there is none.
func upwards(name string, fits func(path string) bool) (path string, tried []string, err error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		path := filepath.Join(dir, name)
		if tried = append(tried, path); fits(path) {
			return path, tried, nil
		}
		if filepath.Dir(dir) == dir {
			return "", tried, nil
		}
	}
	return "", nil, fmt.Errorf("cannot tell the working directory: %w", err)
}

// Selection are the names in TARGET, which selects targets; none selects all. Commas without a name, as variables that
// are empty leave them, select a target that there is not: whoever wrote them meant some, and not all.
func Selection() []string {
	var names []string
	given := strings.TrimSpace(os.Getenv("TARGET"))
	for name := range strings.SplitSeq(given, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 && given != "" {
		return []string{given}
	}
	return names
}
