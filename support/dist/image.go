package main

import (
	"bytes"
	"encoding/pem"
	"io"
	"os"
	"path/filepath"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// image makes the image for both Linux processors on an empty base, writes it as an OCI layout to image/, and pushes it
// where asked. It gives the digest. The program runs as nobody; the root can be read-only: what is written goes to the
// volume /judge/reports.
func (r release) image(push string) (string, error) {
	index := mutate.IndexMediaType(empty.Index, types.OCIImageIndex)
	for _, p := range r.systems {
		if p.os != "linux" {
			continue
		}
		image, err := r.imageFor(p)
		if err != nil {
			return "", err
		}
		index = mutate.AppendManifests(index, mutate.IndexAddendum{Add: image,
			Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: p.os, Architecture: p.arch}}})
	}
	digest, err := index.Digest()
	if err != nil {
		return "", err
	}
	path, err := layout.Write(filepath.Join(r.out, "image"), empty.Index)
	if err != nil {
		return "", err
	}
	if err := path.AppendIndex(index,
		layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": "conformance"})); err != nil {
		return "", err
	}
	if push != "" {
		to, err := name.ParseReference(push)
		if err != nil {
			return "", err
		}
		if err := remote.WriteIndex(to, index); err != nil {
			return "", err
		}
	}
	return digest.String(), nil
}

func (r release) imageFor(p platform) (v1.Image, error) {
	built, err := os.ReadFile(filepath.Join(r.out, "build", p.os+"_"+p.arch, program(p)))
	if err != nil {
		return nil, err
	}
	var layer bytes.Buffer
	if err := r.tar(&layer, []entry{
		{"etc/", 0o755, nil}, {"etc/ssl/", 0o755, nil}, {"etc/ssl/certs/", 0o755, nil},
		{"etc/ssl/certs/ca-certificates.crt", 0o644, authorities()},
		{"tmp/", 0o1777, nil}, {"judge/", 0o755, nil}, {"judge/reports/", 0o777, nil},
		{"conformance", 0o755, built},
	}); err != nil {
		return nil, err
	}
	added, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(layer.Bytes())), nil
	},
		tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, err
	}
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	if image, err = mutate.Append(image,
		mutate.Addendum{Layer: added, History: v1.History{Created: v1.Time{Time: r.date},
			CreatedBy: "make dist"}}); err != nil {
		return nil, err
	}
	return mutate.ConfigFile(image, &v1.ConfigFile{OS: p.os, Architecture: p.arch, Created: v1.Time{Time: r.date},
		RootFS: mustRootFS(image), History: []v1.History{{Created: v1.Time{Time: r.date}, CreatedBy: "make dist"}},
		Config: v1.Config{Entrypoint: []string{"/conformance"}, WorkingDir: "/judge", User: "65532:65532",
			Env: []string{"SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt", "REPORTS_DIR=/judge/reports",
				"TMPDIR=/judge/reports"}, // the only place that can be written where the root is read-only
			Volumes: map[string]struct{}{"/judge/reports": {}},
			Labels:  map[string]string{"org.opencontainers.image.version": r.version, "org.opencontainers.image.revision": r.commit}}})
}

func mustRootFS(image v1.Image) v1.RootFS {
	config, err := image.ConfigFile()
	if err != nil { // it was made in memory a moment ago
		panic(err)
	}
	return config.RootFS
}

// authorities are the roots that Mozilla's list trusts without a condition: a file cannot say one.
func authorities() []byte {
	var text bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil {
			_ = pem.Encode(&text, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}) // a buffer takes everything
		}
	}
	return text.Bytes()
}
