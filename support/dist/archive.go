package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// entry is one file of an archive or a layer.
type entry struct {
	name string
	mode int64
	text []byte
}

// archive packs the program with licence, readme and changelog: a zip for Windows, else a tar.gz. It gives the file's
// path.
func (r release) archive(p platform, built string) (string, error) {
	var all []entry
	files := []struct {
		name, path string
		mode       int64
	}{
		{program(p), built, 0o755},
		{"LICENSE", filepath.Join(r.root, "LICENSE"), 0o644},
		{"README.md", filepath.Join(r.root, "README.md"), 0o644},
		{"CHANGELOG.md", filepath.Join(r.root, "CHANGELOG.md"), 0o644},
	}
	guides, err := filepath.Glob(filepath.Join(r.root, "support", "docs", "*.md"))
	if err != nil {
		return "", err
	}
	for _, path := range guides {
		files = append(files, struct {
			name, path string
			mode       int64
		}{"support/docs/" + filepath.Base(path), path, 0o644})
	}
	for _, file := range files {
		text, err := os.ReadFile(file.path)
		if err != nil {
			return "", err
		}
		all = append(all, entry{r.name(p) + "/" + file.name, file.mode, text})
	}
	packed, ending := &bytes.Buffer{}, ".tar.gz"
	if p.os == "windows" {
		ending, err = ".zip", r.zip(packed, all)
	} else {
		err = r.tarGzip(packed, all)
	}
	if err != nil {
		return "", err
	}
	path := filepath.Join(r.out, r.name(p)+ending)
	return path, os.WriteFile(path, packed.Bytes(), 0o644)
}

func (r release) tarGzip(to io.Writer, all []entry) error {
	packer := gzip.NewWriter(to)
	if err := r.tar(packer, all); err != nil {
		return err
	}
	return packer.Close()
}

func (r release) tar(to io.Writer, all []entry) error {
	w := tar.NewWriter(to)
	for _, e := range all {
		head := &tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.text)), ModTime: r.date, Typeflag: tar.TypeReg,
			Format: tar.FormatPAX}
		if strings.HasSuffix(e.name, "/") {
			head.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(head); err != nil {
			return err
		}
		if _, err := w.Write(e.text); err != nil {
			return err
		}
	}
	return w.Close()
}

func (r release) zip(to io.Writer, all []entry) error {
	w := zip.NewWriter(to)
	for _, e := range all {
		head := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: r.date}
		head.SetMode(os.FileMode(e.mode))
		file, err := w.CreateHeader(head)
		if err != nil {
			return err
		}
		if _, err := file.Write(e.text); err != nil {
			return err
		}
	}
	return w.Close()
}

// checksums writes SHA256SUMS as sha256sum -c reads it.
func (r release) checksums(files []string) error {
	var sums strings.Builder
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(text), filepath.Base(path))
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
