package signing

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
		found[name], err = digest(path)
		return err
	})
	return found, err
}

func digest(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
