package signing

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"session-conformance/support/report"
)

// EnvelopeName is the file in the folder of reports that holds the signed statement.
const EnvelopeName = "results.intoto.json"

// otherRuns are folders of reports below the folder of reports, of runs of their own.
var otherRuns = []string{"filtered", "judged", "proof"}

// digests are the SHA-256 of all files of a folder of reports, in hexadecimal digits, by their paths with slashes.
func digests(folder string) (map[string]string, error) {
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(folder, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case entry.IsDir() && (slices.Contains(otherRuns, name) || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir(), name == EnvelopeName, strings.HasPrefix(entry.Name(), "."):
			return nil
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no file, but a link, a pipe or a device: only files can be signed", path)
		}
		found[name], err = report.Digest(path)
		return err
	})
	return found, err
}
