package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
)

// writeTargets writes the page and the certificate of each target whose name may name a file.
func (d Dir) writeTargets(r *Results) error {
	api := &apiView{Results: r, Title: titleOf(r.API)}
	for i := range r.Targets {
		t := &r.Targets[i]
		if !safeName.MatchString(t.Name) {
			continue
		}
		err := write(d.target(t.Name), func(to io.Writer) error {
			return writePage(to, "target.html", pageOf(api, t, len(r.Targets) > manyTargets))
		})
		if err == nil {
			err = write(d.certificate(t.Name),
				func(to io.Writer) error { return writePage(to, "certificate.html", r.certificate(t, d.digest(t.Name))) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ForgetTargets removes the page and the certificate of each target.
func (d Dir) ForgetTargets(r *Results) error {
	var wrong []error
	for _, t := range r.Targets {
		for _, path := range []string{d.target(t.Name), d.certificate(t.Name)} {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				wrong = append(wrong, err)
			}
		}
	}
	return errors.Join(wrong...)
}

// digest is the SHA-256 of a target's evidence, in hexadecimal digits; empty where it cannot be read.
func (d Dir) digest(name string) string {
	file, err := os.Open(d.Evidence(name))
	if err != nil {
		return ""
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}
