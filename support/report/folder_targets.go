package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"session-conformance/support/target"
)

// writeTargets writes the page and the certificate of each target whose name may name a file, and what they share.
func (d Dir) writeTargets(r *Results) error {
	api := &apiView{Results: r}
	for i := range r.Targets {
		t := &r.Targets[i]
		if !safeName.MatchString(t.Name) {
			continue
		}
		err := write(d.target(t.Name), func(to io.Writer) error {
			return writePage(to, "target.html", pageOf(api, t, len(r.Targets) > manyTargets))
		})
		if err == nil {
			digest, _ := Digest(d.Evidence(t.Name)) // it may not be there
			err = write(d.certificate(t.Name),
				func(to io.Writer) error { return writePage(to, "certificate.html", r.certificate(t, digest)) })
		}
		for _, script := range t.Scripts {
			if err == nil && script.Text != "" && safeName.MatchString(script.Clause) {
				err = write(d.Script(t.Name, script.Clause), entire([]byte(script.Text)))
			}
		}
		if err != nil {
			return err
		}
	}
	if len(r.Appendix) > 0 {
		return write(d.appendix(r.API), entire(r.Appendix))
	}
	return nil
}

// Script is the file that reproduces what failed of a clause.
func (d Dir) Script(name, clause string) string {
	return filepath.Join(d.Path, "repro", name, clause+".sh")
}

// readScripts reads the scripts of a target.
func (d Dir) readScripts(t *Target) {
	const longest = 256 << 10
	for i := range t.Scripts {
		if s := &t.Scripts[i]; safeName.MatchString(t.Name) && safeName.MatchString(s.Clause) {
			if text, err := target.ReadRegular(d.Script(t.Name, s.Clause), longest); err == nil {
				s.Text = string(text)
			}
		}
	}
}

// ofTarget are the page of a target, its certificate, and the files that reproduce what failed at it.
func (d Dir) ofTarget(name string) []string {
	paths := []string{d.target(name), d.certificate(name)}
	if !safeName.MatchString(name) {
		return paths
	}
	entries, _ := os.ReadDir(filepath.Join(d.Path, "repro", name))
	for _, entry := range entries {
		if clause, ok := strings.CutSuffix(entry.Name(), ".sh"); ok && safeName.MatchString(clause) {
			paths = append(paths, d.Script(name, clause))
		}
	}
	return paths
}

// ForgetTargets removes the page and the certificate of each target.
func (d Dir) ForgetTargets(r *Results) error {
	var paths []string
	for _, t := range r.Targets {
		paths = append(paths, d.ofTarget(t.Name)...)
	}
	return remove(paths)
}

// remove removes files, as far as they are there.
func remove(paths []string) error {
	var wrong []error
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			wrong = append(wrong, err)
		}
	}
	return errors.Join(wrong...)
}

// Digest is the SHA-256 of a file, in hexadecimal digits. A pipe or a device, which may never end, has none.
func Digest(path string) (string, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", cmp.Or(err, fmt.Errorf("%s is no file", path))
	}
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
